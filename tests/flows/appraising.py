"""The people around an appraisal at work over the API, on the flow as it is drawn."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.sax.saxutils import quoteattr

import httpx

from service.core.auth.actor import Caller
from service.core.auth.dev_issuer import DevIssuer
from service.core.command import Executor
from service.core.store.db import Database
from service.features.documents.set_letterhead import SetLetterhead
from service.features.processes.contents import File
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.diagrams import END, START, chain, diagram, user_task
from tests.features.matters.conftest import asking, staff
from tests.features.processes.cases import pass_time, rows, worked

LEGAL, OFFICER, DEPUTY, LIAISON, EXPERT = "legal", "case-officer", "deputy", "liaison", "expert"
#: Of our body, which asks: its officer and its Party group.
UNIT, GROUP = "unit", "party-group"
#: Of the other body, which is asked: its officer and its leader.
CONSULTED, LEADER = "consulted", "consulted-leader"
_DUTIES = {
    LEGAL: "office_legal_reviewer",
    OFFICER: "office_case_officer",
    DEPUTY: "office_deputy",
    LIAISON: "office_liaison",
    EXPERT: "expert",
    UNIT: "applicant_officer",
    GROUP: "applicant_party_group",
    CONSULTED: "consulted_officer",
    LEADER: "applicant_party_group",
}
_OURS, _THEIRS = (UNIT, GROUP), (CONSULTED, LEADER)
_BPMN = Path(__file__).parents[2] / "bpmn"
#: What an appraisal runs through; what comes before and after it is not played here.
_PLAYED = {
    f"{name}.bpmn"
    for name in (
        "appraisal",
        "appraisal_evaluation",
        "appraisal_round",
        "expert_study",
        "hearing",
        "opinion",
        "prior_communication",
        "put_changes",
        "superior_view",
    )
}
_OUTPUTS = ("outcome", "legality", "legal_by", "prior_recorded", "authority")
#: In place of the evaluation itself: somebody says what it came to.
_EVALUATION = diagram("pre_evaluation", chain(START, user_task("evaluate"), END))


def flow(enter_at: str = "ROUND", **variables: str) -> str:
    """A matter's way from its first draft straight into appraisal, and to a desk after it."""
    unknown = dict.fromkeys(("intake_by", "facts", "authority"), "=null")
    given = {"round_branches": "=[]", "prior_recorded": "=false", **unknown, **variables}
    inputs = "".join(
        f'<zeebe:input source={quoteattr(source)} target="{target}"/>'
        for target, source in {"enter_at": enter_at, "legality": '=""', **given}.items()
    )
    outputs = "".join(f'<zeebe:output source="={x}" target="{x}"/>' for x in _OUTPUTS)
    limits = (
        '<businessRuleTask id="step_limits"><extensionElements><zeebe:calledDecision '
        'decisionId="step_limits" bindingType="latest" resultVariable="limits"/>'
        "</extensionElements></businessRuleTask>"
    )
    call = (
        '<callActivity id="call"><extensionElements><zeebe:calledElement processId="appraisal" '
        'bindingType="latest" propagateAllParentVariables="true" '
        'propagateAllChildVariables="false"/>'
        f"<zeebe:ioMapping>{inputs}{outputs}</zeebe:ioMapping></extensionElements></callActivity>"
    )
    return diagram("request_approval", chain(START, limits, call, user_task("after"), END))


@dataclass(frozen=True, slots=True)
class Desk:
    """Everybody around one matter."""

    api: Api
    settings: Settings
    database: Database
    city: City
    ids: dict[str, UUID]

    async def begin(self, *deltas: dict[str, Any], drawn: str = "", **changed: Any) -> str:
        """A matter of our body in appraisal; its id."""
        await self._install(drawn or flow())
        asked = asking(self.city, *deltas, **changed)
        made = await self.ask("POST", "/matters", asked.model_dump(mode="json"), UNIT)
        assert made.status_code == 201, made.text
        await worked(self.database)
        await self.require_no_incident()
        return str(made.json()["id"])

    async def _install(self, drawn: str) -> None:
        files = read_flow(_BPMN / "matters").files
        played = [x for x in files if not x.path.endswith(".bpmn") or x.path in _PLAYED]
        own = File(path="request_approval.bpmn", content=drawn)
        kept = [x for x in played if not x.path.startswith("scenarios/")]
        tables = [x for x in read_flow(_BPMN / "pre_evaluation").files if x.path.endswith(".dmn")]
        evaluating = File(path="pre_evaluation.bpmn", content=_EVALUATION)
        folders = (
            InstalledFolder(flow="pre_evaluation", files=(*tables, evaluating)),
            InstalledFolder(flow="matters", files=(*kept, own)),
        )
        process = Caller(is_process=True)
        answer = await Executor(self.database).execute(InstallRelease(folders=folders), process)
        assert answer.status < 400, answer.body
        assert {each["state"] for each in told(answer)["items"]} == {"IN_FORCE"}, answer.body

    async def ask(
        self, method: str, path: str, json: Any = None, who: str = OFFICER, **more: str
    ) -> httpx.Response:
        token = DevIssuer.of(self.settings.data_dir, self.settings.oidc_audience).token(who)
        proof = {"authorization": f"Bearer {token}", "accept-language": "en", **more}
        answer: httpx.Response = await self.api(method, path, json, who=None, **proof)
        return answer

    async def seen(self, path: str, who: str = OFFICER) -> Any:
        answer = await self.ask("GET", path, who=who)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def complete(
        self, who: str, matter: str, element: str, action: str | None = None, **data: Any
    ) -> None:
        """Do a task of a matter, and let the worker carry what follows."""
        answer = await self._complete(who, matter, element, action, data)
        assert answer.status_code < 400, answer.text
        await worked(self.database)
        await self.require_no_incident()

    async def refused(
        self, who: str, matter: str, element: str, action: str | None = None, **data: Any
    ) -> str:
        """The code with which doing a task is refused."""
        answer = await self._complete(who, matter, element, action, data)
        assert answer.status_code >= 400, answer.text
        return str(answer.json()["code"])

    async def _complete(
        self, who: str, matter: str, element: str, action: str | None, data: Any
    ) -> httpx.Response:
        ((task, version),) = await rows(
            self.settings,
            """SELECT t.id, t.version FROM task t JOIN matter m ON m.instance_id = t.instance_id
               WHERE m.id = $1 AND t.element = $2 AND t.ended_at IS NULL""",
            UUID(matter),
            element,
        )
        given = {"variables": data, **({"action": action} if action else {})}
        tag = {"if_match": f'"{version}"'}
        return await self.ask("POST", f"/tasks/{task}/complete", given, who, **tag)

    async def require_no_incident(self) -> None:
        """Nothing in the case was left undone."""
        found = await rows(self.settings, "SELECT element, message FROM incident")
        assert found == [], found

    async def open(self, matter: str) -> set[str]:
        """The open tasks of a matter."""
        found = await rows(
            self.settings,
            """SELECT t.element FROM task t JOIN matter m ON m.instance_id = t.instance_id
               WHERE m.id = $1 AND t.ended_at IS NULL""",
            UUID(matter),
        )
        return {element for (element,) in found}

    async def stopped(self, matter: str) -> list[str]:
        """The causes for which the office's clock stands still."""
        found = await rows(
            self.settings,
            """SELECT c.cause FROM stopped_clock c JOIN matter m USING (instance_id)
               WHERE m.id = $1 AND c.clock = 'office' ORDER BY c.cause""",
            UUID(matter),
        )
        return [cause for (cause,) in found]

    async def outcome(self, matter: str) -> dict[str, Any]:
        """What the appraisal told the case, as history last has it."""
        told_ = await rows(
            self.settings,
            """SELECT h.data->>'name', h.data->'value' #>> '{}' FROM history h
               JOIN matter m USING (instance_id)
               WHERE m.id = $1 AND h.kind = 'variable_changed' AND h.data->>'scope' = '1'
               ORDER BY h.version, h.nth""",
            UUID(matter),
        )
        return dict(told_)

    async def wait(self, days: int) -> None:
        """Let days pass, the worker looking each day."""
        for _ in range(days):
            await pass_time(self.settings, days=1)
            await worked(self.database)
        await self.require_no_incident()

    async def reviewed(self, matter: str, legality: str = "PASS", **more: Any) -> None:
        """The legal reviewer is done."""
        said = dict.fromkeys(
            ("authority_check", "procedure_check", "prohibition_check", "opinion"), "符合规定。"
        )
        basis = [{"document": "市级规定", "level": "市级", "fits": legality != "FAIL"}]
        review = {"legality": legality, "basis": basis, **said, **more}
        await self.complete(LEGAL, matter, "legality_review", **review)

    async def studied(self, matter: str) -> None:
        """The case officer has been there."""
        visit = {"date": "2026-11-23", "place": "市局", "people": "2人", "facts": "属实"}
        said = dict.fromkeys(("vertical", "horizontal", "findings"), "相当。")
        await self.complete(OFFICER, matter, "field_study", visits=[visit], **said)

    async def reported(self, matter: str, recommends: str = "RECOMMEND", **more: Any) -> None:
        """The case officer writes the report."""
        names = ("legality", "necessity", "feasibility", "alternatives", "fiscal_effect", "risk")
        said = dict.fromkeys((*names, "opinions"), "见案卷。")
        asked = {"recommendation": recommends, **said, **more}
        await self.complete(OFFICER, matter, "appraisal_report", **asked)


async def desk_of(api: Api, settings: Settings, database: Database, city: City) -> Desk:
    """The people, and the office's letterhead."""
    ids = {}
    for subject, duty in _DUTIES.items():
        body = city.body if subject in _OURS else city.other_body if subject in _THEIRS else None
        ids[subject] = await staff(settings, subject, duty, body)
    head = SetLetterhead(
        series="青编办", issuer="中共青澜市委机构编制委员会办公室", signers=["office_director"]
    )
    await Executor(database).execute(head, Caller(is_process=True))
    return Desk(api, settings, database, city, ids)
