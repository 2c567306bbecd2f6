"""A hall in which matters are deliberated for real: our flows in force, people at work.

The case around the deliberation is a small one: a matter is filed, checked by the tables,
deliberated, and lies on a desk with what came of it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.matters.keep_record import KeepRecord
from service.features.processes.contents import File
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do, told
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.matters.conftest import asking, ordered
from tests.features.matters.upward import SPOKEN
from tests.features.meetings.conftest import CHAIR, DEPUTIES, DIRECTOR, MEMBERS, House, staff
from tests.features.processes.cases import pass_time, rows, worked
from tests.people import MAY, MAY_READ

PARTY_SECRETARY = "party-secretary"
BPMN = Path(__file__).parents[2] / "bpmn"
_DIAGRAMS = {
    "deliberation",
    "office_study",
    "commission_study",
    "agenda_preparation",
    "matter_vote",
    "upward_request",
    "upward_submission",
    "violation_gate",
}
ANSWERED = [{"number": number, "is_answered": True} for number in range(1, 6)]
ART16 = {
    "leadership": "有利于。",
    "conformity": "符合。",
    "need_and_means": "确有需要。",
    "science": "内部已无法调剂。",
    "foresight": "风险可控。",
}


def _decided(decision: str, variable: str) -> str:
    return (
        f'<businessRuleTask id="{decision}"><extensionElements><zeebe:calledDecision '
        f'decisionId="{decision}" bindingType="deployment" resultVariable="{variable}"/>'
        "</extensionElements></businessRuleTask>"
    )


_GATHERED = "".join(
    f'<zeebe:output source="={name}" target="{name}"/>'
    for name in ("matter", "deltas", "bodies", "city", "applicant", "given", "directory")
)
_GIVEN = "".join(
    f'<zeebe:input source="={source}" target="{name}"/>'
    for name, source in (
        ("enter_at", "&quot;OFFICE&quot;"),
        ("legality", "&quot;PASS&quot;"),
        ("missed_agendas", "0"),
    )
)
_CAME = "".join(
    f'<zeebe:output source="={name}" target="{name}"/>'
    for name in ("outcome", "voted_deltas", "authority", "restudies", "round_branches")
)
#: What a command answers stays out of the case.
_KEPT = '<zeebe:output source="=matter_id" target="matter_id"/>'
FLOW = diagram(
    "request_approval",
    chain(
        START,
        ordered("matters.file_application", inputs=_KEPT),
        _decided("step_limits", "limits"),
        ordered("matters.gather_facts", inputs=_GATHERED),
        _decided("matter_facts", "facts"),
        _decided("authority", "authority"),
        ordered(
            "matters.record_facts",
            inputs='<zeebe:input source="=authority" target="authority"/>'
            '<zeebe:input source="=facts" target="facts"/>' + _KEPT,
        ),
        '<callActivity id="deliberation"><extensionElements><zeebe:calledElement '
        'processId="deliberation" bindingType="deployment" propagateAllParentVariables="true" '
        f'propagateAllChildVariables="false"/><zeebe:ioMapping>{_GIVEN}{_CAME}'
        "</zeebe:ioMapping></extensionElements></callActivity>",
        user_task("after"),
        END,
    ),
    name="机构编制事项审批",
)


@dataclass(frozen=True, slots=True)
class Hall:
    """Matters, meetings and tasks, each by the people whose they are."""

    do: Do
    house: House
    database: Database
    city: City

    @property
    def settings(self) -> Settings:
        return self.house.settings

    async def ask_for(self, *deltas: dict[str, Any], is_spoken: bool = True, **more: Any) -> str:
        """A matter of our body that waits for the office's meeting; its id."""
        made = await self.do(asking(self.city, *deltas, **more), who=MAY_READ)
        assert made.status == 201, made.body
        matter = str(told(made)["id"])
        await self.go_on()
        if is_spoken:
            await self.speak(matter)
        return matter

    async def speak(self, matter: str) -> None:
        """Put prior communication with the superior on record."""
        record = {"matter_id": matter, "kind": "PRIOR_COMMUNICATION", "content": SPOKEN}
        answer = await Executor(self.database).execute(
            KeepRecord.model_validate(record), Caller(is_process=True)
        )
        assert answer.status < 400, answer.body

    async def go_on(self) -> None:
        """Let the worker carry what follows; nothing may get stuck."""
        await worked(self.database)
        stuck = await rows(self.settings, "SELECT element, message FROM incident")
        assert stuck == [], stuck

    async def wait(self, days: int) -> None:
        """Let days pass, the worker looking each day."""
        for _ in range(days):
            await pass_time(self.settings, days=1)
            await self.go_on()

    async def item(self, matter: str, level: str) -> str:
        """The item by which a matter waits for a meeting of a level."""
        listed = await self.house.done("GET", f"/agenda-items?subject_id={matter}")
        waiting = [
            each["id"]
            for each in listed["items"]
            if (each["level"], each["state"]) == (level, "PENDING")
        ]
        assert len(waiting) == 1, listed
        return str(waiting[0])

    async def meet(self, level: str, results: dict[str, Any]) -> str:
        """Hold one meeting about several matters; the id of its minutes.

        Args:
            results: Of each matter what the meeting came to: a choice, or one with what goes
                with it.
        """
        items = {matter: await self.item(matter, level) for matter in results}
        meeting, voters, closer = await self._opened(level, *items.values())
        for matter, came in results.items():
            given = came if isinstance(came, dict) else {"result": came}
            result, more = given["result"], {k: v for k, v in given.items() if k != "result"}
            for who, member in voters:
                more_of = {"member_id": member} if who == MAY else {}
                await self.house.vote(items[matter], who, choice=result, **more_of)
            await self.house.record(items[matter], result, **more)
        await self.house.minute(meeting)
        await self.house.close(meeting, closer)
        await self.go_on()
        return str((await self.house.done("GET", f"/meetings/{meeting}/minutes"))["document_id"])

    async def _opened(self, level: str, *items: str) -> tuple[str, list[tuple[str, str]], str]:
        """A meeting, who votes there for whom, and who closes it."""
        house = self.house
        if level == "COMMISSION":
            meeting = await house.opened(*items)
            return meeting, [(who, "") for who in (CHAIR, *MEMBERS[:2])], CHAIR
        if level == "OFFICE":
            meeting = await house.plan(*items, level=level)
            await house.open(meeting, *DEPUTIES, chair=DIRECTOR)
            return meeting, [(who, "") for who in (DIRECTOR, *DEPUTIES)], DIRECTOR
        members = [{"name": "市委书记"}, {"name": "市委副书记"}]
        meeting = await house.plan(*items, level=level, members=members)
        whole = await house.done("GET", f"/meetings/{meeting}")
        there = [each["member_id"] for each in whole["members"]]
        opening = {"present": there, "chair_id": there[0]}
        await house.done("POST", f"/meetings/{meeting}/open", opening)
        return meeting, [(MAY, member) for member in there], PARTY_SECRETARY

    async def open_tasks(self, matter: str) -> dict[str, str]:
        """The open tasks of a matter's case, by element."""
        found = await rows(
            self.settings,
            """SELECT t.element, t.id FROM task t JOIN matter m ON m.instance_id = t.instance_id
               WHERE m.id = $1 AND t.state IN ('OPEN', 'CLAIMED')""",
            matter,
        )
        return {element: str(id_) for element, id_ in found}

    async def complete(
        self, who: str, matter: str, element: str, action: str | None = None, **data: Any
    ) -> None:
        """Do a task of a matter, and let the worker carry what follows."""
        tasks = await self.open_tasks(matter)
        assert element in tasks, tasks
        place = f"/tasks/{tasks[element]}"
        seen = await self.house.ask("GET", place, who=who)
        given: dict[str, Any] = {"variables": data, "comment": "如上。"}
        if action:
            given["action"] = action
        match = {"if_match": seen.headers.get("etag", '"1"')}
        await self.house.done("POST", f"{place}/complete", given, who=who, **match)
        await self.go_on()

    async def matter(self, matter: str) -> Any:
        return await self.house.done("GET", f"/matters/{matter}")

    async def outcome(self, matter: str) -> Any:
        """What came of the deliberation; the matter lies on the desk with it."""
        assert set(await self.open_tasks(matter)) == {"after"}
        return (await self.known(matter))["outcome"]

    async def known(self, matter: str) -> dict[str, Any]:
        """The variables of a matter's case, as history last told them."""
        said = await rows(
            self.settings,
            """SELECT h.data->>'name', h.data->'value' FROM history h
               JOIN matter m ON m.instance_id = h.instance_id
               WHERE m.id = $1 AND h.kind = 'variable_changed' AND h.data->>'scope' = '1'
               ORDER BY h.version, h.nth""",
            matter,
        )
        return {name: orjson.loads(value) for name, value in said}


def _is_needed(path: str) -> bool:
    """Whether a file of the flow is one that a deliberation comes to: its diagrams, any table."""
    return path.removesuffix(".bpmn") in _DIAGRAMS or path.endswith((".dmn", ".schema.json"))


async def a_hall(api: Api, do: Do, settings: Settings, database: Database, city: City) -> Hall:
    """Our flows in force, the house's people, and the commission's letterhead."""
    ids = await staff(settings)
    await give_duty(settings, MAY, "superior_liaison")
    await give_duty(settings, MAY, "office_director")
    head = SetLetterhead.model_validate(
        {"series": "青编", "issuer": "中共青澜市委机构编制委员会", "signers": ["commission_chair"]}
    )
    assert (await do(head)).status < 400
    flows = {name: read_flow(BPMN / name) for name in ("meetings", "rectification", "matters")}
    files = {name: list(flow.files) for name, flow in flows.items()}
    files["matters"] = [
        *(each for each in files["matters"] if _is_needed(each.path)),
        File(path="request_approval.bpmn", content=FLOW),
    ]
    folders = tuple(InstalledFolder(flow=flow, files=tuple(held)) for flow, held in files.items())
    answer = await Executor(database).execute(
        InstallRelease(folders=folders), Caller(is_process=True)
    )
    assert answer.status < 400, answer.body
    assert {each["state"] for each in told(answer)["items"]} == {"IN_FORCE"}
    return Hall(do, House(api, settings, ids), database, city)


def person(hall: Hall, who: str) -> UUID:
    return UUID(hall.house.ids[who])
