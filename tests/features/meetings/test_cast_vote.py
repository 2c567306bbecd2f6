"""Voting: members present, each once, changeable until the item is decided."""

from tests.features.meetings.conftest import CHAIR, MEMBERS, House
from tests.people import MAY, NEVER


async def test_a_member_votes_once_and_may_change_it_until_the_item_is_decided(
    house: House,
) -> None:
    item = await house.put()
    await house.opened(item)
    assert (await house.vote(item, MEMBERS[0]))["choice"] == "approve"
    changed = await house.vote(item, MEMBERS[0], choice="reject")
    assert (changed["choice"], changed["is_own"]) == ("reject", True)
    votes = (await house.item(item))["votes"]
    assert [(each["name"], each["choice"]) for each in votes] == [(MEMBERS[0], "reject")]
    await house.decide(item)
    given = {"ballot": "AGAINST"}
    path = f"/agenda-items/{item}/votes"
    assert await house.refused("POST", path, given, who=CHAIR) == "agenda_item_moved"


async def test_only_members_who_are_present_vote(house: House) -> None:
    item = await house.put()
    await house.opened(item)
    path, given = f"/agenda-items/{item}/votes", {"ballot": "FOR"}
    for who in (MEMBERS[2], MAY):  # absent; the secretary is no member
        assert await house.refused("POST", path, given, who=who) == "not_present_member"
    assert await house.refused("POST", path, given, who=NEVER) == "not_allowed"


async def test_nobody_votes_before_the_meeting_opens(house: House) -> None:
    item = await house.put()
    path, given = f"/agenda-items/{item}/votes", {"ballot": "FOR"}
    assert await house.refused("POST", path, given, who=CHAIR) == "agenda_item_moved"
    await house.plan(item)
    assert await house.refused("POST", path, given, who=CHAIR) == "meeting_moved"


async def test_the_secretary_enters_a_show_of_hands_but_changes_no_vote_of_a_member(
    house: House,
) -> None:
    item = await house.put()
    await house.opened(item)
    shown = await house.vote(item, MAY, member_id=house.ids[MEMBERS[0]])
    assert (shown["name"], shown["is_own"]) == (MEMBERS[0], False)
    await house.vote(item, MEMBERS[1], "ABSTAIN")
    path = f"/agenda-items/{item}/votes"
    given = {"ballot": "FOR", "member_id": house.ids[MEMBERS[1]]}
    assert await house.refused("POST", path, given) == "vote_cast_by_member"
    assert await house.refused("POST", path, given, who=CHAIR) == "not_allowed"


async def test_a_vote_is_for_one_of_the_choices_and_a_report_is_not_voted_on(
    house: House,
) -> None:
    item = await house.put()
    report = await house.put("通报事项", kind="REPORT", choices=["noted"])
    await house.opened(item, report)
    unknown = {"ballot": "FOR", "choice": "postpone"}
    path = f"/agenda-items/{item}/votes"
    assert await house.refused("POST", path, unknown, who=CHAIR) == "agenda_choice_unknown"
    path, given = f"/agenda-items/{report}/votes", {"ballot": "FOR"}
    assert await house.refused("POST", path, given, who=CHAIR) == "agenda_item_moved"
