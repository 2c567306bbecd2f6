"""Pressing: what has waited too long is seen first by whoever chairs the level."""

from tests.features.meetings.conftest import CHAIR, MEMBERS, House


async def test_a_pressed_item_leads_the_list_and_the_event_names_who_chairs(house: House) -> None:
    first, second = await house.put("事项1"), await house.put("事项2")
    await house.done("POST", f"/agenda-items/{second}/press")
    listed = (await house.done("GET", "/agenda-items?limit=1", who=CHAIR))["items"]
    assert [each["id"] for each in listed] == [second]
    whole = await house.done("GET", "/agenda-items?limit=1")
    rest = await house.done("GET", f"/agenda-items?limit=1&cursor={whole['next']}")
    assert [each["id"] for each in rest["items"]] == [first]
    pressed = await house.done("GET", "/agenda-items/count?is_pressed=true")
    assert pressed == {"count": 1}
    events = await house.done("GET", "/events", who="director")
    told = [each for each in events["items"] if each["type"].endswith("agenda_item_pressed")]
    assert [each["data"]["duties"] for each in told] == [["commission_chair"]]


async def test_the_secretary_presses_members_do_not(house: House) -> None:
    path = f"/agenda-items/{await house.put()}/press"
    assert await house.refused("POST", path, who=MEMBERS[0]) == "not_allowed"
    await house.done("POST", path)
