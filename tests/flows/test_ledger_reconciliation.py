"""Every December the units confirm their items, and the commission learns what came of it."""

from tests.features.rectification.conftest import OFFICER, Ledger
from tests.flows.rounds import Rounds, ledger, rounds
from tests.people import MAY, MAY_READ, NEVER

__all__ = ["ledger", "rounds"]


async def test_a_unit_is_reminded_then_names_a_difference_that_the_office_settles(
    rounds: Rounds, ledger: Ledger
) -> None:
    await ledger.register()
    await rounds.until("2026-12-01")
    assert await rounds.tasks(NEVER, "confirm_items") == []
    await rounds.until("2026-12-16")
    asked = await rounds.first("reconciliations", MAY_READ)
    assert asked["answers"][0]["pressed_on"] == "2026-12-16"
    number = "QL-ZG-2026-0001"
    differs = [{"item_no": number, "text": "责任领导有误"}]
    await rounds.act(MAY_READ, "confirm_items", is_right=False, differences=differs)
    settled = [{"item_no": number, "text": "已更正"}]
    (task,) = await rounds.tasks(OFFICER, "settle_differences")
    await ledger.complete_task(OFFICER, task, settlements=settled)
    await rounds.hear("reconciliation_round")
    over = await rounds.first("reconciliations")
    assert (over["state"], over["differing"], over["settlements"]) == ("CLOSED", 1, settled)
    told = await ledger.done("GET", "/agenda-items?level=COMMISSION&state=PENDING", who=MAY)
    assert [each["title"] for each in told["items"]] == [
        "整改台账核对：无误0家，有差异1家，未核对0家"
    ]


async def test_a_unit_that_never_answers_is_on_record_as_not_confirmed(
    rounds: Rounds, ledger: Ledger
) -> None:
    await ledger.register()
    await rounds.until("2026-12-01")
    await rounds.until("2026-12-23")
    asked = await rounds.first("reconciliations")
    assert [each["state"] for each in asked["answers"]] == ["NOT_CONFIRMED"]
    assert await rounds.tasks(MAY_READ, "confirm_items") == []
    assert len(await rounds.tasks(OFFICER, "settle_differences")) == 1
