"""A look-back draws its sample so that it can be drawn again, and nobody checks his own word."""

from decimal import Decimal
from uuid import UUID

from service.features.rectification.close_look_back import CloseLookBack
from service.features.rectification.draw_look_back import DrawLookBack
from service.features.rectification.record_look_back import RecordLookBack
from service.features.rectification.report_look_back import ReportLookBack
from service.features.rectification.round_rules import sampled
from tests.features.rectification.conftest import FINDER, FIRST, OFFICER, OWNER, Ledger
from tests.features.rectification.orders import accepted, case_of, not_ordered, numbered, ordered
from tests.people import NEVER


async def test_every_grave_item_and_a_fifth_of_the_others_are_drawn(ledger: Ledger) -> None:
    grave = [await numbered(ledger, n, "CLOSED", severity="HIGH") for n in (1, 2)]
    others = [await numbered(ledger, n, "CLOSED") for n in range(3, 9)]
    await numbered(ledger, 9)
    drawn = await ordered(ledger, DrawLookBack(instance_id=await case_of(ledger, grave[0])))
    place = f"/rectifications/look-back-rounds/{drawn['round_id']}"
    seen = await ledger.done("GET", place, who=OFFICER)
    assert [(each["severity"], each["closed"], each["drawn"]) for each in seen["shares"]] == [
        ("HIGH", 2, 2),
        ("LOW", 6, 2),
    ]
    again = sampled(seen["seed"], map(UUID, others), Decimal("0.2"))
    expected = {*grave, *map(str, again)}
    assert {each["item_id"] for each in drawn["checks"]} == expected
    (listed,) = (await ledger.done("GET", "/rectifications/look-back-rounds"))["items"]
    assert (listed["drawn"], listed["checked"], listed["failed"]) == (4, 0, 0)
    twice = DrawLookBack(instance_id=seen["instance_id"])
    assert await not_ordered(ledger, twice) == "round_taken"
    for who in (OWNER, NEVER):
        assert await ledger.refused("GET", place, who=who) == "not_allowed"


async def test_whoever_accepted_it_does_not_look_back(ledger: Ledger) -> None:
    item = await numbered(ledger, 1, "CLOSED", severity="HIGH")
    await accepted(ledger, item, ledger.ids[FIRST])
    drawn = await ordered(ledger, DrawLookBack(instance_id=await case_of(ledger, item)))
    (check,) = drawn["checks"]
    assert check["barred"] == [ledger.ids[FIRST]]
    found = {"check_id": check["check_id"], "holds": False, "findings": "又超编1名。"}
    own = RecordLookBack(**found, checked_by=ledger.ids[FIRST])
    assert await not_ordered(ledger, own) == "look_back_not_apart"
    by_other = RecordLookBack(**found, checked_by=ledger.ids[FINDER])
    report = {"round_id": drawn["round_id"], "reported_by": ledger.ids[FINDER]}
    assert await not_ordered(ledger, ReportLookBack(**report, text="报告")) == "round_moved"
    told = await ordered(ledger, by_other)
    assert (told["item_id"], told["number"], told["holds"]) == (item, "QL-ZG-2026-0001", False)
    assert await not_ordered(ledger, by_other) == "round_moved"
    nothing = ledger.city.document
    close = CloseLookBack(
        round_id=drawn["round_id"], agenda_item_id=nothing, minutes_document_id=nothing
    )
    assert await not_ordered(ledger, close) == "round_moved"
    await ordered(ledger, ReportLookBack(**report, text="报告"))
    seen = await ledger.done("GET", f"/rectifications/look-back-rounds/{drawn['round_id']}")
    assert (seen["report"], seen["checked"], seen["failed"]) == ("报告", 1, 1)
