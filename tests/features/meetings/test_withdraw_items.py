"""Withdrawing: what has ended otherwise waits for no meeting."""

from tests.features.meetings.conftest import CHAIR, House

GIVEN = {"subject_type": "matter", "subject_id": "事项1", "reason": "申请单位撤回"}


async def test_undecided_items_of_a_subject_leave_their_agendas_and_decided_ones_stay(
    house: House,
) -> None:
    decided, waiting, other = [await house.put(each) for each in ("事项1", "事项1", "事项2")]
    meeting = await house.opened(decided, waiting, other)
    await house.decide(decided)
    assert await house.refused("POST", "/agenda-items/withdraw", GIVEN, who=CHAIR) == "not_allowed"
    gone = (await house.done("POST", "/agenda-items/withdraw", GIVEN))["items"]
    assert [each["id"] for each in gone] == [waiting]
    agenda = (await house.done("GET", f"/meetings/{meeting}"))["items"]
    assert [each["id"] for each in agenda] == [decided, other]
    assert (await house.done("POST", "/agenda-items/withdraw", GIVEN))["items"] == []


async def test_what_a_meeting_is_to_be_told_of_stays_where_only_decisions_are_withdrawn(
    house: House,
) -> None:
    decision = await house.put("事项1")
    report = await house.put("事项1", kind="REPORT", choices=["noted"])
    given = GIVEN | {"kind": "DECISION"}
    gone = (await house.done("POST", "/agenda-items/withdraw", given))["items"]
    assert [each["id"] for each in gone] == [decision]
    assert (await house.item(report))["state"] == "PENDING"
