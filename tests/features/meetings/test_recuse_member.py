"""Recusal: whom a matter concerns takes no part in it."""

from tests.features.meetings.conftest import CHAIR, MEMBERS, House


async def test_whoever_is_recused_cannot_vote_and_an_earlier_vote_is_taken_out(
    house: House,
) -> None:
    item = await house.put()
    meeting = await house.plan(item)
    await house.open(meeting, *MEMBERS)
    await house.vote(item, MEMBERS[0])
    path, me = f"/agenda-items/{item}/recuse", {"member_id": house.ids[MEMBERS[0]]}
    await house.done("POST", path, me, who=MEMBERS[0])
    assert (await house.item(item))["votes"] == []
    again = {"ballot": "FOR"}
    refused = await house.refused("POST", f"/agenda-items/{item}/votes", again, who=MEMBERS[0])
    assert refused == "member_recused"


async def test_the_recused_count_neither_as_entitled_nor_as_present(house: House) -> None:
    item = await house.put(recused=[house.ids[MEMBERS[2]]])
    meeting = await house.plan(item)
    await house.open(meeting, *MEMBERS)
    for who in (CHAIR, MEMBERS[0]):
        await house.vote(item, who)
    decided = await house.record(item)
    assert (decided["entitled"], decided["present"], decided["in_favour"]) == (3, 3, 2)


async def test_a_meeting_with_a_quorum_may_have_too_few_for_one_item(house: House) -> None:
    item = await house.put(recused=[house.ids[each] for each in MEMBERS[:2]])
    await house.opened(item)
    await house.vote(item, CHAIR)
    given = {"result": "approve", "text": "同意。"}
    assert await house.refused("POST", f"/agenda-items/{item}/result", given) == "quorum_missing"


async def test_a_member_recuses_nobody_else(house: House) -> None:
    item = await house.put()
    await house.opened(item)
    path = f"/agenda-items/{item}/recuse"
    other = {"member_id": house.ids[MEMBERS[1]]}
    assert await house.refused("POST", path, other, who=MEMBERS[0]) == "not_allowed"
    nobody = {"member_id": house.ids["director"]}
    assert await house.refused("POST", path, nobody) == "not_present_member"
    assert (await house.done("POST", path, other))["recused"] == [other["member_id"]]
