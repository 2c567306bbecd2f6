"""Releasing a decided matter despite the gate: the chair alone, and the next meeting is told."""

from uuid import UUID

from service.features.matters.record_gate import RecordGate
from service.features.matters.release_despite_gate import ReleaseDespiteGate
from tests.conftest import Api, told
from tests.features.matters.conftest import Deciding
from tests.features.meetings.conftest import CHAIR, DIRECTOR

HITS = [
    {"result": "BLOCK", "rule": "1", "item_no": "QL-ZG-2026-0001"},
    {"result": "FLAG", "rule": "3", "item_no": "QL-ZG-2026-0002"},
]


async def _gated(deciding: Deciding, gate: str) -> str:
    matter = await deciding.decided()
    gated = {"matter_id": matter, "gate": gate, "hits": HITS, "point": "ISSUE"}
    await deciding.done(RecordGate.model_validate(gated))
    return matter


def _release(deciding: Deciding, matter: str, who: str = CHAIR) -> ReleaseDespiteGate:
    return ReleaseDespiteGate(
        matter_id=UUID(matter), reason="已作集体决定", by=deciding.person(who)
    )


async def test_the_chair_signs_despite_a_block_and_the_next_meeting_hears(
    deciding: Deciding, api: Api
) -> None:
    matter = await _gated(deciding, "BLOCK")
    await deciding.done(_release(deciding, matter))
    items = (await api("GET", f"/agenda-items?subject_id={matter}")).json()["items"]
    reports = [each for each in items if each["kind"] == "REPORT"]
    assert [(each["level"], each["state"]) for each in reports] == [("COMMISSION", "PENDING")]


async def test_nobody_but_the_chair_and_only_where_the_gate_is_shut(deciding: Deciding) -> None:
    matter = await _gated(deciding, "HOLD")
    refused = await deciding.order(_release(deciding, matter, DIRECTOR))
    assert told(refused)["code"] == "gate_not_overridable"
    matter = await _gated(deciding, "FLAG")
    refused = await deciding.order(_release(deciding, matter))
    assert told(refused)["code"] == "gate_not_overridable"


async def test_before_the_decision_a_shut_gate_is_not_released(deciding: Deciding) -> None:
    matter = await deciding.filed()
    gated = {"matter_id": matter, "gate": "BLOCK", "hits": HITS}
    await deciding.done(RecordGate.model_validate(gated))
    refused = await deciding.order(_release(deciding, matter))
    assert told(refused)["code"] == "matter_moved"
