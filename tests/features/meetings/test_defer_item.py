"""Deferring: an undecided item waits for another meeting, where it is voted on anew."""

from tests.features.meetings.conftest import CHAIR, MEMBERS, House


async def test_a_deferred_item_waits_again_and_its_old_votes_count_no_longer(
    house: House,
) -> None:
    item = await house.put()
    meeting = await house.opened(item)
    for who in (CHAIR, *MEMBERS[:2]):
        await house.vote(item, who)
    path = f"/agenda-items/{item}/defer"
    deferred = await house.done("POST", path, {"reason": "材料需补充"}, who=CHAIR)
    assert (deferred["state"], deferred["deferrals"]) == ("PENDING", 1)
    await house.minute(meeting)
    await house.close(meeting)
    await house.opened(item)
    assert (await house.item(item))["votes"] == []
    given = {"result": "approve", "text": "同意。"}
    assert await house.refused("POST", f"/agenda-items/{item}/result", given) == "majority_missing"


async def test_what_is_decided_is_not_deferred_and_members_defer_nothing(house: House) -> None:
    item = await house.put()
    await house.opened(item)
    path, given = f"/agenda-items/{item}/defer", {"reason": "再议"}
    assert await house.refused("POST", path, given, who=MEMBERS[0]) == "not_allowed"
    await house.decide(item)
    assert await house.refused("POST", path, given) == "agenda_item_moved"
