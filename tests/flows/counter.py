"""The counter of the office: the real flows of matters in force, under a short way through them.

The way stands in the place of the whole: filed, admitted or not, explained, closed. So the parts
are played without those that lie between.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from service.core.auth.actor import Caller
from service.core.auth.dev_issuer import DevIssuer
from service.core.command import Executor
from service.core.ids import new_id
from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.processes.contents import File
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.diagrams import chain, diagram
from tests.features.matters.conftest import asking, ordered
from tests.features.processes.cases import pass_time, rows, worked
from tests.people import MAY_READ

INTAKE, OTHER_INTAKE, OFFICER = "intake", "other-intake", "case-officer"
DEPUTY, OTHER_DEPUTY, DIRECTOR, CHAIR = "deputy", "other-deputy", "director", "chair"
UNIT = MAY_READ
_DUTIES = {
    INTAKE: "office_intake",
    OTHER_INTAKE: "office_intake",
    OFFICER: "office_case_officer",
    DEPUTY: "office_deputy",
    OTHER_DEPUTY: "office_deputy",
    DIRECTOR: "office_director",
    CHAIR: "commission_chair",
}
_BPMN = Path(__file__).parents[2] / "bpmn"
_REOPENED = '<message id="reopened" name="MatterReopened"/>'


def _called(process: str, *mappings: str) -> str:
    inside = "".join(mappings)
    return (
        f'<callActivity id="{process}"><extensionElements>'
        f'<zeebe:calledElement processId="{process}" bindingType="deployment"'
        ' propagateAllParentVariables="true" propagateAllChildVariables="false"/>'
        f"<zeebe:ioMapping>{inside}</zeebe:ioMapping></extensionElements></callActivity>"
    )


def _given(target: str, source: str) -> str:
    return f'<zeebe:input source="={source}" target="{target}"/>'


def _kept(target: str, source: str = "") -> str:
    return f'<zeebe:output source="={source or target}" target="{target}"/>'


_ADMISSION = _called(
    "admission",
    _given("enter_at", "get or else(enter_at, &quot;PRECHECK&quot;)"),
    _given("struck_hits", "get or else(struck_hits, [])"),
    _given("choices", "get or else(choices, [])"),
    _kept("outcome"),
    _kept("supplement_rounds"),
    _kept("choices", "get or else(choices, [])"),
    _kept("intake_by", "get or else(intake_by, null)"),
)
_END = "if outcome = &quot;NOT_ADMITTED&quot; then &quot;E3&quot; else &quot;E2&quot;"
_EXPLANATION = _called(
    "feedback_explanation",
    _given("end_code", _END),
    _given("is_admitted", "false"),
    _given("legal_by", "null"),
    _kept("outcome"),
    _kept("end_code"),
    _kept("enter_at", "&quot;INTAKE&quot;"),
)
_CLOSE = ordered("matters.close_matter", inputs=_given("outcome", "end_code"))
_LIMITS = (
    '<businessRuleTask id="step_limits"><extensionElements><zeebe:calledDecision'
    ' decisionId="step_limits" bindingType="deployment" resultVariable="limits"/>'
    "</extensionElements></businessRuleTask>"
)


def _when(source: str, target: str, condition: str) -> str:
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f'<conditionExpression xsi:type="tFormalExpression">={condition}</conditionExpression>'
        "</sequenceFlow>"
    )


_WAY = diagram(
    "request_approval",
    chain(
        '<startEvent id="start"/>',
        ordered("matters.file_application"),
        _LIMITS,
        _ADMISSION,
        '<exclusiveGateway id="is_admitted" default="to_feedback_explanation"/>',
        _EXPLANATION,
        '<exclusiveGateway id="is_explained" default="to_close_matter"/>',
        _CLOSE,
        '<endEvent id="end"/>',
    )
    + '<endEvent id="taken_in"/>'
    + _when("is_admitted", "taken_in", "outcome = &quot;ADMITTED&quot;")
    + _when("is_explained", "admission", "outcome = &quot;WRONG_PROPOSAL&quot;")
    + '<startEvent id="matter_reopened"><messageEventDefinition messageRef="reopened"/>'
    "</startEvent>"
    + '<sequenceFlow id="anew" sourceRef="matter_reopened" targetRef="step_limits"/>',
    shared=_REOPENED,
    name="机构编制事项审批",
)


@dataclass(frozen=True, slots=True)
class Counter:
    """The people at the counter, over the API."""

    api: Api
    settings: Settings
    database: Database
    city: City
    ids: dict[str, str]

    async def ask(self, who: str, method: str, path: str, json: Any = None) -> httpx.Response:
        return await self.api(method, path, json, who=None, **self._proof(who))

    async def done(self, who: str, method: str, path: str, json: Any = None) -> Any:
        answer = await self.ask(who, method, path, json)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        return answer.json()

    def _proof(self, who: str) -> dict[str, str]:
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        return {"authorization": f"Bearer {token}", "accept-language": "en"}

    async def filed(self, **changed: Any) -> str:
        """A request of our body that lies at the counter."""
        asked = asking(self.city, **changed).model_dump(mode="json")
        matter = str((await self.done(UNIT, "POST", "/matters", asked))["id"])
        await self._require_no_incident()
        return matter

    async def matter(self, matter: str, who: str = OFFICER) -> Any:
        return await self.done(who, "GET", f"/matters/{matter}")

    async def file(self, matter: str, kind: str) -> Any:
        """What the file of a matter has of one kind."""
        return (await self.done(OFFICER, "GET", f"/matters/{matter}/records?kind={kind}"))["items"]

    async def paper(self, document_id: str, who: str = UNIT) -> Any:
        return await self.done(who, "GET", f"/documents/{document_id}/content")

    async def complete(
        self, who: str, matter: str, element: str, action: str | None = None, **data: Any
    ) -> None:
        """Do the open task of a matter."""
        answer = await self._complete(who, matter, element, action, data)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        await self._require_no_incident()

    async def _require_no_incident(self) -> None:
        found = await rows(self.settings, "SELECT element, message FROM incident")
        assert found == [], found

    async def not_completed(
        self, who: str, matter: str, element: str, action: str | None = None, **data: Any
    ) -> str:
        """The code with which doing a task is refused."""
        answer = await self._complete(who, matter, element, action, data)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def _complete(
        self, who: str, matter: str, element: str, action: str | None, data: Any
    ) -> httpx.Response:
        (task,) = await rows(
            self.settings,
            """SELECT t.id FROM task t JOIN instance i ON i.id = t.instance_id
               WHERE i.business_key = $1 AND t.element = $2 AND t.ended_at IS NULL""",
            matter,
            element,
        )
        proof = self._proof(who)
        seen = await self.api("GET", f"/tasks/{task[0]}", who=None, **proof)
        proof["if_match"] = seen.headers.get("etag", '"1"')
        given = {"variables": data, **({"action": action} if action else {})}
        if action and action not in ("admit", "sign"):
            given["comment"] = "请按说明办理"
        return await self.api("POST", f"/tasks/{task[0]}/complete", given, who=None, **proof)

    async def open_tasks(self, matter: str) -> set[str]:
        found = await rows(
            self.settings,
            """SELECT t.element FROM task t JOIN instance i ON i.id = t.instance_id
               WHERE i.business_key = $1 AND t.ended_at IS NULL""",
            matter,
        )
        return {element for (element,) in found}

    async def wait(self, days: int) -> None:
        """Let days pass, the worker looking each day."""
        for _ in range(days):
            await pass_time(self.settings, days=1)
            await worked(self.database)


async def counter_of(api: Api, settings: Settings, database: Database, city: City) -> Counter:
    """The counter with its people, its letterheads and its flows in force."""
    ids = await _staff(settings)
    executor, process = Executor(database), Caller(is_process=True)
    for series, duty in (("青编办", "office_deputy"), ("青编", "commission_chair")):
        head = SetLetterhead.model_validate(
            {"series": series, "issuer": "中共青澜市委编办", "signers": [duty]}
        )
        assert (await executor.execute(head, process)).status < 400
    folders = tuple(_folder(each.name) for each in sorted(_BPMN.iterdir()) if each.is_dir())
    answer = await executor.execute(InstallRelease(folders=folders), process)
    assert {each["state"] for each in told(answer)["items"]} == {"IN_FORCE"}, answer.body
    return Counter(api, settings, database, city, ids)


def _folder(name: str) -> InstalledFolder:
    """A folder as it is; of matters with the short way in the place of the whole."""
    files = read_flow(_BPMN / name).files
    if name == "matters":
        files = [each for each in files if "request_approval" not in each.path]
        files.append(File(path="request_approval.bpmn", content=_WAY))
    return InstalledFolder(flow=name, files=tuple(files))


async def _staff(settings: Settings) -> dict[str, str]:
    connection = await asyncpg.connect(settings.migration_database_url)
    for subject, duty in _DUTIES.items():
        person = new_id()
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
