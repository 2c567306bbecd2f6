"""Arranging agendas: these items in this order, each on one meeting of its own level."""

from tests.features.meetings.conftest import CHAIR, House


async def test_items_stand_in_the_order_given_and_those_left_out_wait_again(house: House) -> None:
    first, second, third = [await house.put(f"事项{n}") for n in range(3)]
    meeting = await house.plan(first, second)
    await house.arrange(meeting, third, second)
    shown = (await house.done("GET", f"/meetings/{meeting}"))["items"]
    assert [(each["id"], each["place"]) for each in shown] == [(third, 1), (second, 2)]
    assert (await house.item(first))["state"] == "PENDING"


async def test_an_item_is_on_one_agenda_only_and_of_its_own_level(house: House) -> None:
    taken, office = await house.put(), await house.put("室务会事项", level="OFFICE")
    await house.plan(taken)
    other = await house.plan()
    match = {"if_match": await house.version(other)}
    path = f"/meetings/{other}/agenda"
    for item, code in (
        (taken, "agenda_item_moved"),
        (office, "meeting_level_differs"),
        (other, "not_found"),
    ):
        assert await house.refused("PUT", path, {"items": [item]}, **match) == code


async def test_the_agenda_is_the_secretarys_and_seen_before_it_is_changed(house: House) -> None:
    meeting, item = await house.plan(), await house.put()
    path, given = f"/meetings/{meeting}/agenda", {"items": [item]}
    match = {"if_match": await house.version(meeting)}
    assert await house.refused("PUT", path, given, who=CHAIR, **match) == "not_allowed"
    assert await house.refused("PUT", path, given) == "version_required"
    await house.done("PUT", path, given, **match)
    assert await house.refused("PUT", path, {"items": []}, **match) == "version_mismatch"
    await house.open(meeting)
    match = {"if_match": await house.version(meeting)}
    assert await house.refused("PUT", path, {"items": []}, **match) == "meeting_moved"
