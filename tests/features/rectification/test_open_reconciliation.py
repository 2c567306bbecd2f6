"""A reconciliation asks every unit about its own items and leaves no difference unsettled."""

from service.features.rectification.close_reconciliation import CloseReconciliation
from service.features.rectification.open_reconciliation import OpenReconciliation
from service.features.rectification.press_confirmation import PressConfirmation
from service.features.rectification.record_confirmation import RecordConfirmation, Remark
from service.features.rectification.settle_differences import SettleDifferences
from tests.features.rectification.conftest import FINDER, OFFICER, OWNER, Ledger
from tests.features.rectification.orders import case_of, not_ordered, numbered, ordered
from tests.people import NEVER

_OPEN, _OVER = "QL-ZG-2026-0001", "QL-ZG-2026-0002"


async def _opened(ledger: Ledger) -> tuple[str, str]:
    """A round, and the answer that our unit owes."""
    item = await numbered(ledger, 1)
    await numbered(ledger, 2, "CLOSED")
    await numbered(ledger, 3, "VOIDED")
    opened = await ordered(ledger, OpenReconciliation(instance_id=await case_of(ledger, item)))
    (unit,) = opened["units"]
    assert (unit["body_id"], unit["numbers"]) == (str(ledger.city.body), [_OPEN, _OVER])
    return opened["round_id"], unit["answer_id"]


async def test_a_unit_says_where_the_ledger_is_wrong_and_the_office_settles_it(
    ledger: Ledger,
) -> None:
    round_id, answer = await _opened(ledger)
    again = OpenReconciliation(instance_id=await case_of(ledger, await ledger.find()))
    assert await not_ordered(ledger, again) == "round_taken"
    await ordered(ledger, PressConfirmation(answer_id=answer))
    strange = [Remark(item_no="QL-ZG-2026-0009", text="非本单位")]
    unclear = RecordConfirmation(answer_id=answer, is_right=False, differences=strange)
    assert await not_ordered(ledger, unclear) == "difference_unclear"
    given = [Remark(item_no=_OPEN, text="进度应为80%")]
    word = RecordConfirmation(
        answer_id=answer, is_right=False, differences=given, answered_by=ledger.ids[OWNER]
    )
    assert (await ordered(ledger, word))["state"] == "DIFFERS"
    assert await not_ordered(ledger, PressConfirmation(answer_id=answer)) == "round_moved"
    settled = {"round_id": round_id, "settled_by": ledger.ids[OFFICER]}
    left = SettleDifferences(**settled, settlements=[])
    assert await not_ordered(ledger, left) == "difference_unsettled"
    nothing = ledger.city.document
    close = CloseReconciliation(
        round_id=round_id, agenda_item_id=nothing, minutes_document_id=nothing
    )
    assert await not_ordered(ledger, close) == "round_moved"
    done = [Remark(item_no=_OPEN, text="已更正")]
    await ordered(ledger, SettleDifferences(**settled, settlements=done))
    place = f"/rectifications/reconciliations/{round_id}"
    for who in (FINDER, OWNER):
        seen = await ledger.done("GET", place, who=who)
        assert (seen["units"], seen["differing"], seen["not_confirmed"]) == (1, 1, 0)
        assert seen["answers"][0]["differences"] == [{"item_no": _OPEN, "text": "进度应为80%"}]
        assert seen["settlements"] == [{"item_no": _OPEN, "text": "已更正"}]
        assert seen["answers"][0]["pressed_on"] == "2026-11-24"
    assert await ledger.refused("GET", place, who=NEVER) == "not_found"
    listed = await ledger.done("GET", "/rectifications/reconciliations", who=NEVER)
    assert listed["items"] == []
    listed = await ledger.done("GET", "/rectifications/reconciliations", who=OWNER)
    assert [each["year"] for each in listed["items"]] == [2026]


async def test_a_unit_that_says_nothing_is_on_record_as_such(ledger: Ledger) -> None:
    round_id, answer = await _opened(ledger)
    assert (await ordered(ledger, RecordConfirmation(answer_id=answer)))["state"] == "NOT_CONFIRMED"
    seen = await ledger.done("GET", f"/rectifications/reconciliations/{round_id}")
    assert (seen["not_confirmed"], seen["answers"][0]["answered_on"]) == (1, None)
