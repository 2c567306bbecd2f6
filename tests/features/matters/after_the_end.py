"""A small flow whose matters are explained, reopened and withdrawn, with the real tables."""

from pathlib import Path
from typing import Any
from uuid import UUID

from service.features.matters.close_matter import CloseMatter
from service.features.matters.codes import Outcome
from service.features.matters.issue_notice import IssueNotice
from service.features.matters.record_delivery import RecordDelivery
from service.settings import Settings
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.matters.conftest import Deciding, ordered
from tests.features.meetings.conftest import DEPUTIES

_BPMN = Path(__file__).parents[3] / "bpmn" / "matters"
_TABLES = ("after_the_end.dmn", "deliberation.dmn", "deadlines.dmn")
_MESSAGES = """<message id="reopened" name="MatterReopened"/>
<message id="filed" name="ObjectionFiled"/>
<message id="withdrawn" name="MatterWithdrawn"><extensionElements>
<zeebe:subscription correlationKey="=matter_id"/></extensionElements></message>"""
_OUTCOME = '<zeebe:input source="=end" target="outcome"/>'
_WITHDRAWAL = (
    '<subProcess id="withdrawal" triggeredByEvent="true">'
    + chain(
        '<startEvent id="taken_back"><messageEventDefinition messageRef="withdrawn"/></startEvent>',
        ordered("matters.close_matter", "close_withdrawn", inputs=_OUTCOME),
        '<endEvent id="withdrawn_end"/>',
    )
    + "</subProcess>"
)
_REQUEST = diagram(
    "request_approval",
    chain(START, user_task("write_request", duty="applicant_officer"), user_task("work"), END)
    + chain(
        '<startEvent id="matter_reopened"><messageEventDefinition messageRef="reopened"/>'
        "</startEvent>",
        user_task("work_anew"),
        '<endEvent id="ended_anew"/>',
    )
    + _WITHDRAWAL,
    shared=_MESSAGES,
)
_OBJECTION = diagram(
    "matter_objection",
    chain(
        '<startEvent id="objection_filed"><messageEventDefinition messageRef="filed"/>'
        "</startEvent>",
        user_task("decide_objection", duty="office_director"),
        END,
    ),
    shared=_MESSAGES,
)


async def rules_in_force(settings: Settings) -> None:
    """Put the small flows and the tables into force."""
    files = {name: (_BPMN / name).read_text("utf-8") for name in _TABLES}
    files |= {"request_approval.bpmn": _REQUEST, "matter_objection.bpmn": _OBJECTION}
    await in_force(settings, "matters", files, "request_approval", "matter_objection")


def explaining(house: Deciding, matter: str, kind: str, **changed: Any) -> IssueNotice:
    """The paper that says why."""
    given = {
        "matter_id": matter,
        "kind": kind,
        "content": {
            "reasons": "依据不足。",
            "what_would_change": "取得市级依据。",
            "alternatives": "内部调剂。",
            "contact": "市委编办",
        },
        "basis": [{"level": "INTERNAL", "title": "市委编办受理办法"}],
        "series": "青编批",
        "signed_by": house.person(DEPUTIES[0]),
    }
    return IssueNotice.model_validate(given | changed)


async def ended(house: Deciding, outcome: str = "E2", kind: str = "RETURNED") -> str:
    """A matter that was filed, and whose unit has been told why it ended."""
    matter = await house.filed()
    if kind == "NOT_SUPPORTED":
        await house.recorded(matter, await house.voted(matter, "reject"))
    await house.done(explaining(house, matter, kind))
    await house.done(RecordDelivery(matter_id=UUID(matter), is_acknowledged=True))
    await house.done(CloseMatter(matter_id=UUID(matter), outcome=Outcome(outcome)))
    return matter
