"""Opening meetings: who came is on record, and a table says whether they are enough."""

import asyncio
from typing import Any

from tests.features.meetings.conftest import CHAIR, DIRECTOR, MEMBERS, House
from tests.people import MAY


async def test_more_than_half_of_those_entitled_are_a_quorum(house: House) -> None:
    meeting = await house.plan()
    half = await house.open(meeting, MEMBERS[0])
    assert (half["entitled"], half["present"], half["is_quorate"]) == (4, 2, False)
    more = await house.open(meeting, *MEMBERS[:2])
    assert (more["entitled"], more["present"], more["is_quorate"]) == (4, 3, True)


async def test_the_quorum_rests_on_a_rule_that_is_on_record(house: House) -> None:
    await house.open(await house.plan(), *MEMBERS)
    found = await house.done("GET", "/decision-evaluations?key=meeting_quorum", who=DIRECTOR)
    fired: list[Any] = found["items"][0]["explanation"][0]["tables"][0]["fired"]
    assert fired[0]["annotations"]["article"].startswith("默认值（内部规定）")


async def test_meetings_held_are_numbered_through_the_year_and_planned_ones_are_not(
    house: House,
) -> None:
    planned = [await house.plan() for _ in range(3)]
    assert [(await house.open(each))["number"] for each in reversed(planned)] == [1, 2, 3]
    again = await house.open(planned[0], MEMBERS[0])
    assert (again["number"], again["year"], again["held_on"]) == (3, 2026, "2026-11-24")
    office = await house.plan(level="OFFICE")
    assert (await house.open(office, chair=DIRECTOR))["number"] == 1


async def test_meetings_that_open_at_once_get_a_number_each(house: House) -> None:
    planned = [await house.plan() for _ in range(4)]
    opened = await asyncio.gather(*(house.open(each) for each in planned))
    assert sorted(each["number"] for each in opened) == [1, 2, 3, 4]


async def test_only_members_are_present_and_one_of_them_chairs(house: House) -> None:
    path = f"/meetings/{await house.plan()}/open"
    for present, chair in (([CHAIR, DIRECTOR], CHAIR), ([MEMBERS[0]], CHAIR)):
        there = [house.ids[each] for each in present]
        given = {"present": there, "chair_id": house.ids[chair]}
        assert await house.refused("POST", path, given) == "not_present_member"


async def test_whoever_has_voted_cannot_have_been_absent(house: House) -> None:
    item = await house.put()
    meeting = await house.opened(item)
    await house.vote(item, MEMBERS[0])
    given = {"present": [house.ids[CHAIR]], "chair_id": house.ids[CHAIR]}
    path = f"/meetings/{meeting}/open"
    assert await house.refused("POST", path, given) == "voter_entered_absent"


async def test_secretary_and_chair_open_it_members_do_not(house: House) -> None:
    meeting = await house.plan()
    given = {"present": [house.ids[CHAIR]], "chair_id": house.ids[CHAIR]}
    path = f"/meetings/{meeting}/open"
    for who in (MEMBERS[0], DIRECTOR):
        assert await house.refused("POST", path, given, who=who) == "not_allowed"
    for who in (CHAIR, MAY):
        await house.done("POST", path, given, who=who)
