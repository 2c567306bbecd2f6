"""Planning meetings: by the secretary of the level, with everybody who is entitled."""

from tests.features.meetings.conftest import CHAIR, DEPUTIES, DIRECTOR, MEMBERS, House
from tests.people import NEVER

GIVEN = {"title": "会议", "planned_on": "2026-11-30", "place": "第一会议室"}


async def test_whoever_holds_the_duties_of_the_level_is_entitled(house: House) -> None:
    for level, people in (
        ("COMMISSION", {CHAIR, *MEMBERS}),
        ("OFFICE", {DIRECTOR, *DEPUTIES}),
    ):
        meeting = await house.done("GET", f"/meetings/{await house.plan(level=level)}")
        assert {each["name"] for each in meeting["members"]} == people
        assert not any(each["is_present"] for each in meeting["members"])


async def test_the_party_committee_names_its_members_who_need_no_account(house: House) -> None:
    given = {"level": "PARTY_COMMITTEE", **GIVEN}
    assert await house.refused("POST", "/meetings", given) == "meeting_members_missing"
    named = [{"name": "第1席"}, {"actor_id": house.ids[CHAIR]}]
    meeting = await house.plan(level="PARTY_COMMITTEE", members=named)
    members = (await house.done("GET", f"/meetings/{meeting}"))["members"]
    assert sorted(each["name"] for each in members) == sorted(["第1席", CHAIR])


async def test_a_member_is_known_and_stands_there_once(house: House) -> None:
    for named in (
        [{"actor_id": house.ids[CHAIR]}] * 2,
        [{"actor_id": "01900000-0000-7000-8000-000000000000"}],
    ):
        given = {"level": "COMMISSION", **GIVEN, "members": named}
        assert await house.refused("POST", "/meetings", given) == "meeting_members_missing"


async def test_a_secretary_plans_a_member_reads_and_a_unit_learns_nothing(house: House) -> None:
    meeting = await house.plan()
    given = {"level": "COMMISSION", **GIVEN}
    for who in (MEMBERS[0], CHAIR, NEVER):
        assert await house.refused("POST", "/meetings", given, who=who) == "not_allowed"
    listed = await house.done("GET", "/meetings?level=COMMISSION&year=2026", who=MEMBERS[0])
    assert [each["id"] for each in listed["items"]] == [meeting]
    counted = await house.done("GET", "/meetings/count?state=PLANNED", who=MEMBERS[0])
    assert counted == {"count": 1}
    for path in ("/meetings", "/meetings/count", f"/meetings/{meeting}"):
        assert await house.refused("GET", path, who=NEVER) == "not_allowed"
