"""The light of an item over time: each colour once, with the calculation behind it."""

from tests.features.rectification.conftest import OWNER, Ledger
from tests.people import NEVER


async def test_each_colour_is_kept_once_with_what_it_follows_from(ledger: Ledger) -> None:
    item = await ledger.work(due="2026-12-11")
    place = f"/rectifications/{item}/lights"
    (first,) = (await ledger.done("GET", place, who=OWNER))["items"]
    assert (first["light"], first["period"], first["days_left"]) == ("GREEN", 13, 13)
    await ledger.wait(21)
    seen = (await ledger.done("GET", place))["items"]
    assert [each["light"] for each in seen] == ["GREEN", "YELLOW", "ORANGE", "RED"]
    assert [each["days_left"] for each in seen][1:] == [6, 2, -1]
    assert all(each["reason"] for each in seen)
    assert (await ledger.item(item))["light"]["light"] == "RED"
    assert (await ledger.ask("GET", place, who=NEVER)).status_code == 404
