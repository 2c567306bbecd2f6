"""A request on its way to the office and through the gate, by the people who may: for real."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from service.core.auth.actor import Caller
from service.core.auth.dev_issuer import DevIssuer
from service.core.command import Executor
from service.core.ids import new_id
from service.core.store.db import Database
from service.features.bodies.codes import BodyType, SystemCategory
from service.features.matters.announce_gate_change import AnnounceGateChange
from service.features.processes.contents import File
from service.features.processes.install_release import InstalledFolder, InstallRelease
from service.features.processes.on_disk import read_flow
from service.settings import Settings
from tests.builders import City, registration
from tests.conftest import Do, told
from tests.diagrams import diagram
from tests.features.matters.conftest import STARTED, Order, started
from tests.features.matters.conftest import order as order
from tests.features.matters.test_keep_request import ART16
from tests.features.processes.cases import rows, worked
from tests.features.rectification.conftest import DEPUTY, DIRECTOR, LEGAL, Ledger
from tests.features.rectification.conftest import ledger as ledger
from tests.people import MAY, MAY_READ, NEVER

BPMN = Path(__file__).parents[2] / "bpmn"
GROUP, REVIEWER, CHAIR = "party-group", "reviewer", "chair"
REASON = {"reason": "已有整改安排，确有必要。"}


def called(process: str, outputs: str, inputs: str = "") -> str:
    """A call activity as the overview of the flow has it."""
    mapped = "".join(
        f'<zeebe:output source="={each}" target="{each}"/>' for each in outputs.split()
    )
    return (
        f'<callActivity id="{process}"><extensionElements>'
        f'<zeebe:calledElement processId="{process}" bindingType="deployment" '
        'propagateAllParentVariables="true" propagateAllChildVariables="false"/>'
        f"<zeebe:ioMapping>{inputs}{mapped}</zeebe:ioMapping></extensionElements></callActivity>"
    )


def flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</sequenceFlow>"
    )


#: As far as a matter comes before it is admitted; what is admitted is out of sight here.
OVERVIEW = diagram(
    "request_approval",
    '<startEvent id="start"/>'
    '<businessRuleTask id="limits"><extensionElements><zeebe:calledDecision '
    'decisionId="step_limits" bindingType="deployment" resultVariable="limits"/>'
    "</extensionElements></businessRuleTask>"
    '<exclusiveGateway id="who" default="who_office_motion"/>'
    + called("motion", "outcome")
    + called("office_motion", "outcome")
    + called("precheck", "facts")
    + called(
        "violation_gate",
        "outcome overrides",
        '<zeebe:input source="SUBMISSION" target="point"/>',
    )
    + '<exclusiveGateway id="filed" default="filed_ended"/>'
    '<userTask id="work"><extensionElements><zeebe:assignmentDefinition '
    'candidateGroups="office_intake"/></extensionElements></userTask>'
    '<endEvent id="ended"/>'
    + flow("start", "limits")
    + started("limits")
    + flow("limits", "who")
    + flow("who", "motion", "=has_applicant")
    + flow("who", "office_motion")
    + flow("motion", "filed")
    + flow("filed", "precheck", '=outcome = "SUBMITTED"')
    + flow("filed", "ended")
    + flow("precheck", "violation_gate")
    + flow("violation_gate", "work")
    + flow("office_motion", "work"),
    shared=STARTED,
)


def row(city: City, **changed: Any) -> dict[str, Any]:
    return {
        "ledger": "QUOTA",
        "action": "CHANGE",
        "body_id": str(city.body),
        "kind": "ADMIN",
        "funding": "FULL",
        "before": 5,
        "after": 6,
        "source": "OUTSIDE",
        **changed,
    }


@dataclass(frozen=True, slots=True)
class Desk:
    """The unit's people, the office and the chair at work on a matter, over the API."""

    ledger: Ledger
    order: Order

    @property
    def city(self) -> City:
        return self.ledger.city

    async def start(self, body: UUID | None = None, **changed: Any) -> str:
        asked = {
            "type": "M11",
            "title": "关于增加行政编制的请示",
            "body_id": str(body or self.city.body),
            "deltas": [row(self.city, body_id=str(body or self.city.body))],
            **changed,
        }
        return str((await self.ledger.done("POST", "/matters", asked, who=MAY_READ))["id"])

    async def initiate(self, **changed: Any) -> str:
        asked = {
            "start": "OFFICE",
            "type": "M13",
            "title": "关于收回空编的提起",
            "body_id": str(self.city.body),
            "deltas": [row(self.city, after=4, source="INSIDE")],
            **changed,
        }
        return str((await self.ledger.done("POST", "/matters/initiate", asked, who=MAY))["id"])

    async def write(self, **changed: Any) -> None:
        """The unit's officer writes the request."""
        await self.does(MAY_READ, "write_request", "submit", **self.request(**changed))

    def request(self, **changed: Any) -> dict[str, Any]:
        return {
            "title": "关于增加行政编制的请示",
            "main_recipient": "市委编委",
            "reasons": "任务增加。",
            "contents": [{"code": "REASONS", "text": "任务增加。"}],
            "deltas": [row(self.city)],
            "basis": [{"title": "工作方案", "level": "CITY"}],
            "art16": ART16,
            "open_problems": "无",
            "contact_name": "经办人",
            "contact_phone": "0717-6000000",
            **changed,
        }

    async def adopt(self) -> None:
        """The unit's party group adopts it and leaves its minutes."""
        minutes = {
            "decided_on": "2026-11-23",
            "minutes_document_id": str(self.city.document),
            "present": 7,
            "opinion": "同意申报。",
        }
        await self.does(GROUP, "party_group_decision", "adopt", **minutes)

    async def filed(self) -> str:
        """A request of our body, written, adopted and filed."""
        matter = await self.start()
        await self.write()
        await self.adopt()
        return matter

    async def does(self, who: str, element: str, action: str | None = None, **data: Any) -> None:
        """Do the open task of this kind, and let the worker carry what follows."""
        answer = await self.tries(who, element, action, **data)
        assert answer.status_code < 400, answer.text
        await worked(self.ledger.database)
        assert await rows(self.ledger.settings, "SELECT element, message FROM incident") == []

    async def tries(
        self, who: str, element: str, action: str | None = None, comment: str = "", **data: Any
    ) -> httpx.Response:
        path = f"/tasks/{await self.task(element)}"
        settings = self.ledger.settings
        token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token(who)
        proof = {"authorization": f"Bearer {token}", "accept-language": "en"}
        seen = await self.ledger.api("GET", path, who=None, **proof)
        proof["if_match"] = seen.headers.get("etag", '"1"')
        given = {"variables": data, "action": action, "comment": comment}
        said = {name: each for name, each in given.items() if each not in (None, "")}
        return await self.ledger.api("POST", f"{path}/complete", said, who=None, **proof)

    async def task(self, element: str) -> str:
        """The only open task of this kind."""
        found = await rows(
            self.ledger.settings,
            "SELECT id FROM task WHERE element = $1 AND state = 'OPEN'",
            element,
        )
        assert len(found) == 1, await self.open()
        return str(found[0][0])

    async def open(self) -> list[str]:
        """What waits for somebody, of all matters."""
        return [
            each[0]
            for each in await rows(
                self.ledger.settings,
                """SELECT t.element FROM task t JOIN instance i ON i.id = t.instance_id
                   WHERE t.state = 'OPEN' AND i.process = 'request_approval' ORDER BY 1""",
            )
        ]

    async def seen(self, matter: str, who: str = MAY) -> Any:
        return await self.ledger.done("GET", f"/matters/{matter}", who=who)

    async def kinds(self, matter: str) -> list[str]:
        file = await self.ledger.done("GET", f"/matters/{matter}/records", who=MAY)
        return [each["kind"] for each in file["items"]]

    async def clocks(self, matter: str) -> list[tuple[str, str]]:
        seen = await self.seen(matter)
        return [(each["clock"], each["cause"]) for each in seen["stopped_clocks"]]

    async def gate_changes(self) -> None:
        done = await self.order(AnnounceGateChange(body_id=self.city.body))
        assert done.status == 200, done.body
        await worked(self.ledger.database)

    async def strike(self, item: str) -> None:
        """An item of the ledger is struck off by two signatures."""
        await self.ledger.done("POST", f"/rectifications/{item}/void", REASON, LEGAL)
        await self.does(DEPUTY, "sign_voiding_first", "sign", **REASON)
        await self.does(DIRECTOR, "sign_voiding_second", "sign", **REASON)


async def _staff(settings: Settings, city: City) -> None:
    people = (
        (GROUP, "applicant_party_group", city.body),
        (REVIEWER, "competent_body_reviewer", city.other_body),
        (CHAIR, "commission_chair", None),
    )
    connection = await asyncpg.connect(settings.migration_database_url)
    for subject, duty, body in people:
        person = await connection.fetchval(
            """INSERT INTO actor (id, version, subject, name, is_program, is_active)
               VALUES ($1, 1, $2, $2, false, true) RETURNING id""",
            new_id(),
            subject,
        )
        await connection.execute(
            """INSERT INTO assignment (id, version, actor_id, duty, reach, body_id, true_from)
               VALUES ($1, 1, $2, $3, $4, $5, '2020-01-01')""",
            new_id(),
            person,
            duty,
            "SUBTREE" if body else "CITY",
            body,
        )
    await connection.close()


def _folder(name: str) -> InstalledFolder:
    """A folder as it is installed, the overview of matters being that of this page."""
    files = [each for each in read_flow(BPMN / name).files if not each.path.startswith("scenarios")]
    if name == "matters":
        files = [each for each in files if each.path != "request_approval.bpmn"]
        files.append(File(path="request_approval.bpmn", content=OVERVIEW))
    return InstalledFolder(flow=name, files=tuple(files))


@pytest.fixture
async def desk(ledger: Ledger, order: Order, database: Database) -> Desk:
    names = sorted(each.name for each in BPMN.iterdir() if each.is_dir())
    folders = tuple(_folder(name) for name in names if name not in ("meetings", "rectification"))
    answer = await Executor(database).execute(
        InstallRelease(folders=folders), Caller(is_process=True)
    )
    assert {each["state"] for each in told(answer)["items"]} == {"IN_FORCE"}, answer.body
    await _staff(ledger.settings, ledger.city)
    return Desk(ledger, order)


async def test_a_request_is_written_adopted_and_filed_after_the_offices_view(desk: Desk) -> None:
    matter = await desk.start(asks_prior_view=True)
    view = {"view": "NOT_ADVISED", "text": "宜先内部调剂。"}
    await desk.does(MAY, "give_view", None, **view)
    await desk.does(MAY_READ, "read_view", "go_on")
    await desk.write(deltas=[row(desk.city, after=7)])
    await desk.does(GROUP, "party_group_decision", "change", comment="理由不充分")
    await desk.write()
    await desk.adopt()
    seen = await desk.seen(matter)
    assert (seen["number"], seen["state"]) == ("QL-SX-2026-0001", "SUBMITTED")
    assert (seen["deltas"][0]["after"], seen["deltas_number"]) == (6, 3)
    assert await desk.kinds(matter) == ["VIEW", "REQUEST", "REQUEST", "PARTY_GROUP_DECISION"]
    # What the tables found before anybody took it in.
    assert (seen["final_authority"], seen["evaluation_needed"]) == ("COMMISSION", True)
    assert seen["facts"]["is_increase"] is True
    assert [each["number"] for each in seen["prohibitions"]] == []
    assert seen["missing"]["is_complete"] is False
    assert (seen["gate"], seen["gate_point"]) == ("CLEAR", "SUBMISSION")
    assert await desk.open() == ["work"]


async def test_what_is_half_said_stays_on_the_writers_desk(desk: Desk) -> None:
    await desk.start()
    half = row(desk.city)
    del half["kind"]
    wrong = desk.request(deltas=[half])
    answer = await desk.tries(MAY_READ, "write_request", "submit", **wrong)
    assert answer.json()["code"] == "delta_incomplete"
    assert await desk.open() == ["write_request"]


async def test_an_institution_files_through_its_competent_body(desk: Desk, do: Do) -> None:
    made = await do(
        registration(
            "990081050003",
            "青澜市第3中心",
            body_type=BodyType.PUBLIC_INSTITUTION,
            system_category=SystemCategory.PUBLIC_INSTITUTION,
            parent_id=desk.city.body,
            competent_body_id=desk.city.other_body,
        )
    )
    assert made.status == 201, made.body
    centre = UUID(told(made)["id"])
    posts = row(desk.city, body_id=str(centre), kind="INSTITUTION")
    matter = await desk.start(centre, type="M12", deltas=[posts])
    for action in ("return", "return", "return", "countersign"):
        if await desk.open() == ["write_request"]:
            await desk.write(deltas=[posts])
            await desk.adopt()
        await desk.does(REVIEWER, "countersign", action, opinion="意见。")
    seen = await desk.seen(matter)
    assert seen["number"] == "QL-SX-2026-0001"
    # The third return is none: it stays with the competent body.
    assert (await desk.kinds(matter)).count("REQUEST") == 3
    assert (await desk.kinds(matter)).count("COUNTERSIGNATURE") == 4


async def test_a_grave_problem_blocks_until_it_is_gone_and_no_chair_lets_it_pass(
    desk: Desk,
) -> None:
    item = await desk.ledger.register("OVER_QUOTA")
    matter = await desk.filed()
    seen = await desk.seen(matter)
    assert (seen["state"], seen["gate"]) == ("SUSPENDED_BY_GATE", "BLOCK")
    assert [each["item_no"] for each in seen["gate_hits"]] == ["QL-ZG-2026-0001"]
    assert await desk.open() == []
    assert await desk.clocks(matter) == [("office", "GATE")]
    await desk.gate_changes()
    assert (await desk.seen(matter))["gate"] == "BLOCK"
    await desk.strike(item)
    await desk.gate_changes()
    seen = await desk.seen(matter)
    assert (seen["state"], seen["gate"]) == ("SUBMITTED", "CLEAR")
    assert await desk.open() == ["work"]
    assert await desk.clocks(matter) == []


async def test_the_chair_alone_lets_a_held_matter_pass_and_the_next_meeting_hears_of_it(
    desk: Desk,
) -> None:
    await desk.ledger.register("MIXED_USE")
    matter = await desk.filed()
    assert (await desk.seen(matter))["gate"] == "HOLD"
    assert await desk.open() == ["decide_on_hold"]
    for who in (MAY, MAY_READ, NEVER):
        answer = await desk.tries(who, "decide_on_hold", "override", **REASON)
        assert answer.status_code in (403, 404), answer.text
    await desk.does(CHAIR, "decide_on_hold", "override", **REASON)
    assert await desk.open() == ["work"]
    kept = await rows(
        desk.ledger.settings,
        """SELECT o.hits -> 0 ->> 'rule', i.kind, i.level FROM matter_override o
           JOIN agenda_item i ON i.id = o.reported_item_id""",
    )
    assert kept == [("2", "REPORT", "COMMISSION")]


async def test_the_chair_may_hold_it_until_the_problem_is_gone(desk: Desk) -> None:
    item = await desk.ledger.register("MIXED_USE")
    matter = await desk.filed()
    await desk.does(CHAIR, "decide_on_hold", "suspend", **REASON)
    assert (await desk.seen(matter))["state"] == "SUSPENDED_BY_GATE"
    await desk.strike(item)
    await desk.gate_changes()
    assert (await desk.seen(matter))["state"] == "SUBMITTED"


async def test_the_office_sets_a_matter_going_and_works_on_it_at_once(desk: Desk) -> None:
    matter = await desk.initiate()
    framing: dict[str, Any] = {
        "source": "评估发现长期空编",
        "basis": [{"title": "工作方案", "level": "CITY"}],
        "deltas": [row(desk.city, after=3, source="INSIDE")],
        "art16": ART16,
    }
    await desk.does(MAY, "frame_matter", "go", **framing)
    seen = await desk.seen(matter)
    assert (seen["state"], seen["stage"]) == ("ADMITTED", "APPRAISAL")
    assert (seen["number"], seen["deltas"][0]["after"]) == ("QL-SX-2026-0001", 3)
    assert (seen["gate"], seen["gate_point"]) == ("CLEAR", "OFFICE_START")
    assert await desk.kinds(matter) == ["FRAMING"]


async def test_what_the_superior_orders_rests_on_its_order_and_passes_the_gate(
    desk: Desk,
) -> None:
    await desk.ledger.register("OVER_QUOTA")
    ordered = {"type": "M14", "start": "SUPERIOR", "stated": {"pure_superior_order": True}}
    matter = await desk.initiate(**ordered, deltas=[row(desk.city, source="SUPERIOR")])
    framing: dict[str, Any] = {
        "basis": [{"title": "上级文件", "level": "PROVINCIAL"}],
        "deltas": [row(desk.city, source="SUPERIOR")],
        "art16": ART16,
    }
    bare = await desk.tries(MAY, "frame_matter", "go", **framing)
    assert bare.json()["code"] == "superior_order_required"
    order = {"superior_document_id": str(desk.city.document)}
    await desk.does(MAY, "frame_matter", "go", **framing, **order)
    seen = await desk.seen(matter)
    assert (seen["state"], seen["reply"]) == ("ADMITTED", "APPROVE")
    assert seen["gate"] is None
