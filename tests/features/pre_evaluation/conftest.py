"""People who evaluate, a body that asks for posts, and the flows themselves in force."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from service.core.auth.actor import Caller
from service.core.auth.dev_issuer import DevIssuer
from service.core.command import Answer, Executor
from service.core.ids import new_id
from service.core.operation import Command
from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.matters.conftest import asking, draw
from tests.features.processes.cases import pass_time, rows, worked
from tests.features.quota.conftest import Ledger
from tests.features.quota.conftest import ledger as ledger
from tests.people import CALLERS, MAY, MAY_READ

PLANNER, UNIT = MAY, MAY_READ
DEPUTY, DIRECTOR = "deputy", "director"
LEAD, FIRST, SECOND, SPARE = "lead", "evaluator-1", "evaluator-2", "evaluator-3"
EXPERT = "expert"
_DUTIES = {
    DEPUTY: "office_deputy",
    DIRECTOR: "office_director",
    LEAD: "evaluator",
    FIRST: "evaluator",
    SECOND: "evaluator",
    SPARE: "third_party_evaluator",
    EXPERT: "expert",
}
_BPMN = Path(__file__).parents[3] / "bpmn"
#: Words enough to stand before a number.
WORDS = (
    "依据充分，职责明确，新增任务有文件可查，现有人员满负荷运转，"
    "内部调剂已经用尽，建议予以考虑，理由如上所述。"
)
_WORTH = {"LEGALITY": 20, "NECESSITY": 18, "FEASIBILITY": 10, "ALTERNATIVES": 15, "DISCIPLINE": 10}


#: A case of a matter that needs an evaluation, and hears where its body did not do its part.
_CALLING = diagram(
    "request_approval",
    chain(
        START,
        '<callActivity id="evaluate"><extensionElements><zeebe:calledElement'
        ' processId="pre_evaluation" bindingType="latest" propagateAllChildVariables="false"/>'
        '<zeebe:ioMapping><zeebe:output source="=result" target="evaluation_result"/>'
        "</zeebe:ioMapping></extensionElements></callActivity>",
        user_task("work"),
        END,
    )
    + '<boundaryEvent id="overdue" attachedToRef="evaluate"><errorEventDefinition errorRef="e"/>'
    "</boundaryEvent>" + user_task("explain") + '<endEvent id="explained"/>'
    '<sequenceFlow id="a" sourceRef="overdue" targetRef="explain"/>'
    '<sequenceFlow id="b" sourceRef="explain" targetRef="explained"/>',
    '<error id="e" errorCode="SelfEvaluationOverdue"/>',
    name="机构编制事项审批",
)


@dataclass(frozen=True, slots=True)
class Evaluating:
    """Evaluations over the API, as the people concerned."""

    api: Api
    settings: Settings
    database: Database
    city: City
    ledger: Ledger
    ids: dict[str, str]

    async def ask(self, method: str, path: str, json: Any = None, who: str = UNIT) -> Any:
        answer: httpx.Response = await self.api(method, path, json, who=None, **self._proof(who))
        return answer

    async def done(self, method: str, path: str, json: Any = None, who: str = UNIT) -> Any:
        answer = await self.ask(method, path, json, who)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        return answer.json()

    async def order(self, command: Command[Any]) -> Answer:
        """Give a command as a diagram does."""
        caller = Caller(is_process=True, language="en")
        return await Executor(self.database).execute(command, caller)

    async def request(self, posts: int = 2, **changed: Any) -> str:
        """Our body asks for an evaluation of more administrative posts; its id."""
        return str((await self.done("POST", "/evaluations", self.asked(posts, **changed)))["id"])

    def asked(self, posts: int = 2, **changed: Any) -> dict[str, Any]:
        delta = {
            "ledger": "QUOTA",
            "body_id": str(self.city.body),
            "kind": "ADMIN",
            "funding": "FULL",
            "before": 5,
            "after": 5 + posts,
            "source": "POOL",
        }
        return {
            "title": "关于增加行政编制的事前评估",
            "body_id": str(self.city.body),
            "deltas": [delta],
            "statement": "新承担职责。",
            **changed,
        }

    async def see(self, evaluation: str, who: str = PLANNER) -> Any:
        return await self.done("GET", f"/evaluations/{evaluation}", who=who)

    async def open_tasks(self, evaluation: str) -> list[tuple[str, str | None]]:
        """What is open: the step, and whose it is."""
        found = (await self.see(evaluation))["tasks"]
        return [(each["element"], each["assignee_name"]) for each in found]

    async def complete(
        self, who: str, evaluation: str, element: str, action: str | None = None, **data: Any
    ) -> None:
        """Do a task of an evaluation, and let the worker carry what follows."""
        answer = await self._complete(who, evaluation, element, action, data)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        incidents = "SELECT element, message FROM incident WHERE resolved_at IS NULL"
        assert await rows(self.settings, incidents) == []

    async def not_completed(
        self, who: str, evaluation: str, element: str, action: str | None = None, **data: Any
    ) -> str:
        """The code with which doing a task is refused."""
        answer = await self._complete(who, evaluation, element, action, data)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def wait(self, days: int) -> None:
        """Let days pass, the worker looking each day."""
        for _ in range(days):
            await pass_time(self.settings, days=1)
            await worked(self.database)

    async def of_matter(self) -> str:
        """A matter of our body whose case calls for an evaluation; the evaluation's id."""
        await draw(self.settings, _CALLING)
        answer = await Executor(self.database).execute(asking(self.city), CALLERS[UNIT])
        assert answer.status == 201, answer.body
        page = await self.done("GET", f"/evaluations?matter_id={told(answer)['id']}", who=PLANNER)
        return str(page["items"][0]["id"])

    async def tasks_of_matter(self) -> list[str]:
        """What the case of the matter waits for beside its evaluation."""
        is_open = "SELECT element FROM task WHERE process = 'request_approval' AND ended_at IS NULL"
        return [element for (element,) in await rows(self.settings, is_open)]

    async def full(self) -> None:
        """Our body has five posts and none free: what it asks for is no early veto."""
        assert (await self.ledger.grant(5)).status == 201
        assert (await self.ledger.reserve(5)).status == 201

    async def planned(self, **changed: Any) -> str:
        """A request that is admitted, planned, and whose team has declared no interests."""
        evaluation = await self.admitted()
        await self.complete(PLANNER, evaluation, "plan_evaluation", **self.plan(**changed))
        for who in (LEAD, FIRST, SECOND):
            await self.complete(who, evaluation, "declare_interest", has_conflict=False)
        return evaluation

    async def admitted(self) -> str:
        await self.full()
        evaluation = await self.request()
        await self.complete(DEPUTY, evaluation, "admit_evaluation", "admit")
        return evaluation

    async def reviewed(self, **changed: Any) -> str:
        """An evaluation whose review is done: the evaluators score now."""
        evaluation = await self.planned(**changed)
        await self.complete(UNIT, evaluation, "self_evaluation", **self_evaluation())
        await self.complete(LEAD, evaluation, "desk_and_field_review", "done", **review())
        return evaluation

    async def scored(self, *lows: str) -> str:
        """An evaluation that everybody has scored; of these people, low."""
        evaluation = await self.reviewed()
        for who in (LEAD, FIRST, SECOND):
            share = 0.4 if who in lows else 0.9
            await self.complete(who, evaluation, "score_indicators", "done", scores=scores(share))
        return evaluation

    def plan(self, **changed: Any) -> dict[str, Any]:
        return {
            "scope": "增编的必要性",
            "methods": ["DESK", "FIELD"],
            "lead": self.ids[LEAD],
            "members": [self.ids[FIRST], self.ids[SECOND]],
            **changed,
        }

    def _proof(self, who: str) -> dict[str, str]:
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        return {"authorization": f"Bearer {token}", "accept-language": "en"}

    async def _complete(
        self, who: str, evaluation: str, element: str, action: str | None, data: Any
    ) -> httpx.Response:
        proof = self._proof(who)
        open_ones = [
            each
            for each in (await self.see(evaluation))["tasks"]
            if each["element"] == element and each["assignee_name"] in (None, who)
        ]
        assert open_ones, await self.open_tasks(evaluation)
        task = open_ones[0]["task_id"]
        seen = await self.api("GET", f"/tasks/{task}", who=None, **proof)
        proof["if_match"] = seen.headers.get("etag", '"1"')
        said = {"comment": data.pop("comment")} if "comment" in data else {}
        given = {"variables": data, **said, **({"action": action} if action else {})}
        return await self.api("POST", f"/tasks/{task}/complete", given, who=None, **proof)


def self_evaluation() -> dict[str, Any]:
    """What the unit says of itself: its workload has grown by a third."""
    return {
        "answers": [{"indicator": "NECESSITY", "text": "新承担两项职责。"}],
        "workload": [
            {"year": 2023, "number": 300},
            {"year": 2025, "number": 400},
            {"year": 2024, "number": 350},
        ],
    }


def review(**changed: Any) -> dict[str, Any]:
    """What the lead found."""
    return {
        "findings": "资料齐全，现场核实无误。",
        "comparison": "低于同类单位中位数。",
        "comparison_ratio": 0.95,
        "fiscal_opinion": "FULL",
        **changed,
    }


def scores(share: float = 0.9, **changed: Any) -> list[dict[str, Any]]:
    """A score of each indicator that people score, as a share of what it is worth."""
    return [
        {"indicator": code, "text": WORDS, "score": points * share, **changed}
        for code, points in _WORTH.items()
    ]


def report() -> dict[str, Any]:
    return {"summary": "按方案评估。", "alternatives": "周转池借用。", "conclusion": "同系统结论。"}


async def _staff(settings: Settings) -> dict[str, str]:
    connection = await asyncpg.connect(settings.migration_database_url)
    for subject, duty in _DUTIES.items():
        person: UUID = new_id()
        await connection.execute(
            """INSERT INTO actor (id, version, subject, name, is_program, is_active)
               VALUES ($1, 1, $2, $2, false, true)""",
            person,
            subject,
        )
        await connection.execute(
            """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
               VALUES ($1, 1, $2, $3, 'CITY', '2020-01-01')""",
            new_id(),
            person,
            duty,
        )
    found = await connection.fetch("SELECT subject, id FROM actor")
    await connection.close()
    return {each["subject"]: str(each["id"]) for each in found}


@pytest.fixture
async def evaluating(
    api: Api, settings: Settings, database: Database, city: City, ledger: Ledger
) -> Evaluating:
    ids = await _staff(settings)
    flows = [read_flow(_BPMN / name) for name in ("meetings", "rectification", "pre_evaluation")]
    folders = tuple(InstalledFolder(flow=each.flow, files=tuple(each.files)) for each in flows)
    here = Evaluating(api, settings, database, city, ledger, ids)
    answer = await here.order(InstallRelease(folders=folders))
    assert {each["state"] for each in told(answer)["items"]} == {"IN_FORCE"}, answer.body
    head = SetLetterhead(
        series="青编办", issuer="中共青澜市委机构编制委员会办公室", signers=["office_deputy"]
    )
    assert (await here.order(head)).status < 400
    return here
