"""Proposing to strike an item off: the office's word alone, and nothing changes by it yet."""

from tests.features.rectification.conftest import FINDER, LEGAL, OWNER, Ledger
from tests.people import NEVER


async def test_the_office_proposes_and_the_item_stays_until_two_have_signed(
    ledger: Ledger,
) -> None:
    item = await ledger.find()
    place = f"/rectifications/{item}/void"
    for who in (FINDER, OWNER, NEVER):
        assert await ledger.refused("POST", place, {"reason": "误登"}, who) == "not_allowed"
    proposed = await ledger.done("POST", place, {"reason": "误登"}, LEGAL)
    assert proposed["state"] == "DRAFT"
