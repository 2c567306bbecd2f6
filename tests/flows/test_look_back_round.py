"""Half a year after a close-out somebody else looks again: it holds, or the item is reopened."""

from typing import Any

from tests.builders import give_duty
from tests.features.rectification.conftest import FINDER, FIRST, OFFICER, OWNER, Ledger
from tests.flows.rounds import Rounds, ledger, rounds
from tests.people import NEVER

__all__ = ["ledger", "rounds"]


async def test_what_was_closed_is_looked_at_again_and_reopened_where_it_fails(
    rounds: Rounds, ledger: Ledger
) -> None:
    item = await rounds.closed()
    await give_duty(ledger.settings, FIRST, "inspector")
    await rounds.until("2027-04-01")
    drawn = await rounds.first("look-back-rounds")
    assert (drawn["from_on"], drawn["to_on"]) == ("2026-10-01", "2027-03-31")
    assert drawn["shares"] == [{"severity": "HIGH", "closed": 1, "share": "1", "drawn": 1}]
    assert len(drawn["seed"]) == 32
    (check,) = drawn["checks"]
    assert (check["item_id"], check["holds"]) == (item, None)
    assert ledger.ids[FIRST] in check["barred"]
    (task,) = await rounds.tasks(FINDER, "look_back_check")
    found: dict[str, Any] = {"holds": False, "findings": "又超编1名。"}
    barred = await ledger._complete(FIRST, task, None, found)
    assert barred.json()["code"] == "recused"
    await ledger.complete_task(FINDER, task, **found)
    again = await ledger.item(item)
    assert (again["number"], again["is_repeat"]) == ("QL-ZG-2026-0001-R1", True)
    assert [each["element"] for each in again["tasks"]] == ["draft_notice"]
    table = await ledger.done("GET", "/rectifications/ledger")
    assert [each["look_back"] for each in table["lines"]] == ["2027-04-01 未保持"]
    await rounds.act(FINDER, "report_look_back", text="抽查1项，未保持1项。")
    assert (await rounds.first("look-back-rounds"))["state"] == "OPEN"
    await rounds.hear("look_back_round")
    over = await rounds.first("look-back-rounds")
    assert (over["state"], over["drawn"], over["checked"], over["failed"]) == ("CLOSED", 1, 1, 1)
    assert over["report"] == "抽查1项，未保持1项。"
    assert over["minutes_document_id"] is not None
    for who in (OWNER, NEVER):
        assert await ledger.refused("GET", "/rectifications/look-back-rounds", who=who)


async def test_a_half_year_without_close_outs_is_reported_too(rounds: Rounds) -> None:
    await rounds.until("2027-04-01")
    await rounds.act(FINDER, "report_look_back", text="没有销号事项。")
    await rounds.hear("look_back_round")
    over = await rounds.first("look-back-rounds", OFFICER)
    assert (over["state"], over["checks"], over["shares"]) == ("CLOSED", [], [])
