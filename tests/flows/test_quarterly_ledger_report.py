"""In the last week of a quarter its report is compiled, checked, signed and out."""

from tests.features.processes.cases import rows
from tests.features.rectification.conftest import DEPUTY, FINDER, Ledger
from tests.flows.rounds import Rounds, ledger, rounds

__all__ = ["ledger", "rounds"]


async def test_a_report_is_sent_back_once_then_signed_by_another(
    rounds: Rounds, ledger: Ledger
) -> None:
    await rounds.closed()
    await ledger.register()
    await rounds.until("2026-12-25")
    found = (await rounds.first("quarter-reports"))["lines"]
    assert [(each["opened"], each["closed"], each["remaining"]) for each in found] == [(2, 1, 1)]
    await rounds.act(FINDER, "check_quarter_report", is_right=False, remarks="请补充佐证")
    await rounds.act(FINDER, "check_quarter_report", is_right=True)
    await rounds.act(DEPUTY, "sign_quarter_report", "sign")
    sent = await rounds.first("quarter-reports")
    assert (sent["year"], sent["quarter"], sent["state"]) == (2026, 4, "ISSUED")
    assert sent["evidence"] == [str(ledger.city.document)]
    paper = await ledger.done("GET", f"/documents/{sent['document_id']}", who=DEPUTY)
    assert paper["code"].startswith("青编办〔2026〕")
    events = "SELECT data->>'code' FROM outbox WHERE type = 'rectification.quarter_reported'"
    assert await rows(ledger.settings, events) == [(paper["code"],)]


async def test_the_next_report_begins_where_the_last_one_ended(rounds: Rounds) -> None:
    await rounds.until("2026-12-25")
    await rounds.until("2027-03-25")
    reports = (await rounds.read("quarter-reports"))["items"]
    assert [(each["from_on"], each["to_on"]) for each in reports] == [
        ("2026-12-26", "2027-03-25"),
        ("2026-10-01", "2026-12-25"),
    ]
