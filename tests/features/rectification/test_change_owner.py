"""Changing who puts an item right: the unit's Party group, and no other unit's."""

from tests.features.rectification.conftest import DIRECTOR, HEIR, OWNER, Ledger
from tests.features.rectification.test_move_items import moved


async def test_the_party_group_changes_who_puts_an_item_right(ledger: Ledger) -> None:
    item = await ledger.work()
    named = {"responsible_leader": "分管局长", "responsible_person": ledger.ids[OWNER]}
    place = f"/rectifications/{item}/owner"
    for who in (OWNER, DIRECTOR):
        assert await ledger.refused("POST", place, named, who) == "not_allowed"
    assert (await ledger.ask("POST", place, named, HEIR)).status_code == 404
    assert (await ledger.item(item))["responsible_leader"] == "局长"
    await moved(ledger, ledger.city.body, ledger.city.other_body)
    changed = await ledger.done("POST", place, named, HEIR)
    assert changed["body_id"] == str(ledger.city.other_body)
    assert (await ledger.item(item))["responsible_leader"] == "分管局长"
