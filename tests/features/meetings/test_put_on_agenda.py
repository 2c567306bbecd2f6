"""Putting matters on the agenda: they wait for the next meeting of their level."""

from service.features.meetings.put_on_agenda import PutOnAgenda
from tests.features.meetings.conftest import MEMBERS, House
from tests.people import MAY_READ, NEVER


async def test_a_matter_waits_for_a_meeting_of_its_level_until_it_is_due(house: House) -> None:
    item = await house.item(await house.put(days=5))
    assert (item["state"], item["due"], item["meeting_id"]) == ("PENDING", "2026-12-01", None)
    waiting = await house.done("GET", "/agenda-items?level=COMMISSION&state=PENDING")
    assert [each["id"] for each in waiting["items"]] == [item["id"]]
    others = await house.done("GET", "/agenda-items/count?level=OFFICE&state=PENDING")
    assert others == {"count": 0}


async def test_the_office_puts_items_members_read_them_and_units_do_neither(house: House) -> None:
    item = await house.put()
    given = PutOnAgenda.example
    assert await house.refused("POST", "/agenda-items", given, who=MEMBERS[0]) == "not_allowed"
    await house.done("GET", f"/agenda-items/{item}", who=MEMBERS[0])
    for unit in (MAY_READ, NEVER):
        assert await house.refused("POST", "/agenda-items", given, who=unit) == "not_allowed"
        assert await house.refused("GET", f"/agenda-items/{item}", who=unit) == "not_allowed"


async def test_each_choice_stands_there_once_and_there_is_one_at_least(house: House) -> None:
    for choices in ([], ["approve", "approve"], ["Not a word"]):
        given = dict(PutOnAgenda.example) | {"choices": choices}
        assert await house.refused("POST", "/agenda-items", given) == "invalid_input"
