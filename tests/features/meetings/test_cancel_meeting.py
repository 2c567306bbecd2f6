"""Cancelling: a meeting that decided nothing gives its items back."""

from tests.features.meetings.conftest import MEMBERS, House

WHY = {"reason": "到会人数不足"}


async def test_the_items_of_a_cancelled_meeting_wait_for_another_one(house: House) -> None:
    item = await house.put()
    meeting = await house.plan(item)
    await house.open(meeting, MEMBERS[0])  # no quorum
    cancelled = await house.done("POST", f"/meetings/{meeting}/cancel", WHY)
    assert (cancelled["state"], cancelled["cancel_reason"]) == ("CANCELLED", WHY["reason"])
    again = await house.plan(item)
    assert (await house.item(item))["meeting_id"] == again
    refused = await house.refused("POST", f"/meetings/{meeting}/cancel", WHY)
    assert refused == "meeting_moved"


async def test_a_meeting_that_has_decided_something_is_not_cancelled(house: House) -> None:
    item = await house.put()
    meeting = await house.opened(item)
    path = f"/meetings/{meeting}/cancel"
    assert await house.refused("POST", path, WHY, who=MEMBERS[0]) == "not_allowed"
    await house.decide(item)
    assert await house.refused("POST", path, WHY) == "meeting_items_decided"
