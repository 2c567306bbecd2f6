"""A decided matter and the drawn flows that issue it and have it implemented, played by people."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.matters.record_decision import RecordDecision
from service.features.processes.contents import File
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from tests.builders import City, give_duty
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.matters.conftest import Deciding
from tests.features.meetings.conftest import CHAIR, DEPUTIES
from tests.features.processes.cases import pass_time, rows, worked
from tests.people import MAY, MAY_READ

_BPMN = Path(__file__).parents[2] / "bpmn"
LEGAL, INTAKE = DEPUTIES
#: What the rule task of the overview gives every flow.
_LIMITS = "{A06d: 60, A24: 2, A24a: 1, A25: 1, A25b: 5, A29: 30, A30: 5}"


def called(process: str) -> str:
    """A call of one of the drawn processes, its outcome kept."""
    return (
        f'<callActivity id="{process}"><extensionElements><zeebe:calledElement '
        f'processId="{process}" bindingType="latest" propagateAllChildVariables="false"/>'
        '<zeebe:ioMapping><zeebe:output source="=outcome" target="outcome"/></zeebe:ioMapping>'
        "</extensionElements></callActivity>"
    )


def _set(variable: str, expression: str) -> str:
    quoted = expression.replace('"', "&quot;")
    return (
        f'<scriptTask id="set_{variable}"><extensionElements><zeebe:script '
        f'expression="={quoted}" resultVariable="{variable}"/></extensionElements></scriptTask>'
    )


def overview(city: City, *processes: str) -> str:
    """The way of a matter with everything before its decision left out."""
    facts = (
        '{is_increase: true, areas: ["QUOTA"], is_pure_reduction: false, '
        f'gaining_bodies: ["{city.body}"], pure_superior_order: false}}'
    )
    return diagram(
        "request_approval",
        chain(
            START,
            user_task("decide"),
            _set("limits", _LIMITS),
            _set("facts", facts),
            _set("authority", '{final_authority: "COMMISSION"}'),
            _set("title", '"关于增加编制的请示"'),
            *(called(process) for process in processes),
            END,
        ),
        name="机构编制事项审批",
    )


class Approving:
    """The people of a decided matter at work over the API, and the worker between them."""

    def __init__(self, deciding: Deciding, database: Database) -> None:
        self.deciding, self.database = deciding, database
        self.house, self.city, self.settings = deciding.house, deciding.city, deciding.city.settings

    async def staffed(self) -> None:
        """Legal reviewer, intake, and who signs in which series."""
        await give_duty(self.settings, MAY, "office_director")
        for who, duty in {LEGAL: "office_legal_reviewer", INTAKE: "office_intake"}.items():
            await give_duty(self.settings, who, duty)
        head = SetLetterhead(
            series="青编", issuer="中共青澜市委机构编制委员会", signers=["commission_chair"]
        )
        assert (await self.deciding.do(head)).status < 400

    async def drawn(self, *processes: str) -> None:
        """Put the house's own flows into force, under a small overview of the matters' way."""
        folders = []
        for name in ("matters", "rectification"):
            files = {each.path: each.content for each in read_flow(_BPMN / name).files}
            if name == "matters":
                files = _of(files, *processes, "release_gate")
                files["request_approval.bpmn"] = overview(self.city, *processes)
            kept = tuple(File(path=path, content=text) for path, text in files.items())
            folders.append(InstalledFolder(flow=name, files=kept))
        answer = await Executor(self.database).execute(
            InstallRelease(folders=tuple(folders)), Caller(is_process=True)
        )
        assert answer.status < 400, answer.body

    async def decided(self, *deltas: dict[str, Any], **more: Any) -> str:
        """A matter that the commission has approved; its case comes to its drafting."""
        matter = await self.deciding.filed(*deltas, **more)
        item = await self.deciding.voted(matter)
        await self.deciding.done(RecordDecision(matter_id=matter, agenda_item_id=item))
        await self.do(matter, MAY, "decide")
        return matter

    async def ask(self, method: str, path: str, json: Any = None, who: str = MAY) -> httpx.Response:
        return await self.house.ask(method, path, json, who=who)

    async def matter(self, matter: str) -> Any:
        return (await self.ask("GET", f"/matters/{matter}")).json()

    async def tasks(self, matter: str) -> Mapping[str, str]:
        """The open tasks of a matter by their elements."""
        found = await rows(
            self.settings,
            """SELECT t.element, t.id::text FROM task t
               JOIN instance i ON i.id = t.instance_id JOIN instance r ON r.id = i.root_id
               WHERE r.business_key = $1 AND t.ended_at IS NULL""",
            matter,
        )
        return dict(found)

    async def shown(self, matter: str, element: str, who: str = MAY) -> Any:
        """A task as the one who has it sees it."""
        task = (await self.tasks(matter))[element]
        return (await self.ask("GET", f"/tasks/{task}", who=who)).json()

    async def do(
        self, matter: str, who: str, element: str, action: str | None = None, **data: Any
    ) -> None:
        """Do a task, and let the worker carry what follows."""
        answer = await self._complete(matter, who, element, action, data)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        incidents = await rows(self.settings, "SELECT element, message FROM incident")
        assert incidents == [], incidents

    async def not_done(
        self, matter: str, who: str, element: str, action: str | None = None, **data: Any
    ) -> str:
        """The code with which doing a task is refused."""
        answer = await self._complete(matter, who, element, action, data)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def _complete(
        self, matter: str, who: str, element: str, action: str | None, data: Any
    ) -> httpx.Response:
        open_tasks = await self.tasks(matter)
        assert element in open_tasks, open_tasks
        path = f"/tasks/{open_tasks[element]}"
        seen = await self.ask("GET", path, who=who)
        tag = seen.headers.get("etag", '"1"')
        given = {"variables": data, **({"action": action} if action else {})}
        comment = given["variables"].pop("comment", None)
        if comment:
            given["comment"] = comment
        return await self.house.ask("POST", f"{path}/complete", given, who=who, if_match=tag)

    async def to_signature(self, matter: str) -> None:
        """Drafted and found right; the signer has it."""
        await self.do(matter, MAY, "draft_document", "submit", **drafted())
        await self.do(matter, LEGAL, "check_text", "right", **right())

    async def issued(self, matter: str) -> Any:
        await self.to_signature(matter)
        await self.do(matter, CHAIR, "sign_document", "sign")
        return await self.matter(matter)

    async def report(self, matter: str, **told: Any) -> Any:
        """The unit reports; what is still open then, None where nothing is."""
        await self.do(matter, MAY_READ, "report_implementation", **reported(self.city, **told))
        if "report_implementation" not in await self.tasks(matter):
            return None
        return (await self.shown(matter, "report_implementation", MAY_READ))["data"]["differences"]

    async def published(self, matter: str) -> None:
        told = {"contains_secrets": False, "contains_personal_data": False, "summary": "同意"}
        await self.do(matter, INTAKE, "publication_check", "publish", **told)

    async def outcome(self, matter: str) -> Any:
        """What the flow gave to the case that called it."""
        case = (await self.matter(matter))["instance_id"]
        scopes = (await self.ask("GET", f"/instances/{case}")).json()["variables"]
        return scopes[0]["variables"]["outcome"]

    async def line(self, body: Any) -> tuple[int, int, int]:
        """Authorised, actual and frozen posts of a body."""
        balances = (await self.ask("GET", f"/bodies/{body}/balances")).json()["balances"]
        first = balances[0]
        return first["authorised"], first["actual"], first["frozen"]

    async def wait(self, days: int) -> None:
        """Let days pass at once, then let the worker look."""
        await pass_time(self.settings, days=days)
        await worked(self.database)


def _of(files: Mapping[str, str], *processes: str) -> dict[str, str]:
    """Tables, forms and the diagrams of these processes and of those that they call."""
    wanted = {f"{process}.bpmn" for process in processes}
    if "implementation.bpmn" in wanted:
        wanted.add("implementation_feedback.bpmn")
    return {
        path: text
        for path, text in files.items()
        if path in wanted or path.endswith(".dmn") or path.startswith("forms/")
    }


def drafted(effective_on: str = "2026-11-24", **changed: Any) -> dict[str, Any]:
    """What the case officer fills in."""
    return {
        "title": "关于增加编制的批复",
        "main_recipient": "青澜市第1局",
        "text": "经审议，同意增加编制。",
        "effective_on": effective_on,
        "copies_to": ["FINANCE", "HR"],
        "tasks": [{"text": "办理登记", "due": "2026-12-20"}],
        **changed,
    }


def reported(city: City, **changed: Any) -> dict[str, Any]:
    """What the unit fills in."""
    return {"details": "已落实", "evidence": [str(city.document)], **changed}


def right() -> dict[str, Any]:
    """What the legal reviewer fills in."""
    return {"agrees_with_decision": True, "agrees_with_ledger": True}
