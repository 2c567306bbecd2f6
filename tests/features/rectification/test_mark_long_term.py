"""Long-term items: the commission agrees, yearly targets replace the deadline and are judged."""

from typing import Any

from tests.features.processes.cases import rows
from tests.features.rectification.conftest import (
    DIRECTOR,
    FIRST,
    OWNER,
    SECRETARY,
    Ledger,
)
from tests.people import NEVER

_TOLD = "SELECT count(*) FROM outbox WHERE type = 'matters.gate_changed'"


def _agreed(ledger: Ledger, *days: str) -> dict[str, Any]:
    return {
        "minutes_document_id": str(ledger.city.document),
        "reason": "政策性超编，逐年消化。",
        "targets": [{"name": f"至{day}", "on": day} for day in days],
    }


async def _hits(ledger: Ledger) -> list[str]:
    gate = await ledger.done("GET", f"/bodies/{ledger.city.body}/gate?area=QUOTA")
    return [each["result"] for each in gate["hits"]]


async def test_yearly_targets_take_the_place_of_the_deadline(ledger: Ledger) -> None:
    item = await ledger.work(due="2026-12-04", cause="POLICY")
    place = f"/rectifications/{item}/long-term"
    agreed = _agreed(ledger, "2026-12-11", "2027-12-10")
    for who in (OWNER, DIRECTOR, NEVER):
        assert await ledger.refused("POST", place, agreed, who) == "not_allowed"
    past = _agreed(ledger, "2026-11-20")
    assert await ledger.refused("POST", place, past, SECRETARY) == "not_long_term"
    before = (await rows(ledger.settings, _TOLD))[0][0]
    await ledger.done("POST", place, agreed, SECRETARY)
    seen = await ledger.item(item)
    assert (seen["is_long_term"], seen["is_on_target"], seen["due"]) == (True, True, "2026-12-11")
    assert [each["on"] for each in seen["targets"]] == ["2026-12-11", "2027-12-10"]
    assert (await rows(ledger.settings, _TOLD))[0][0] == before + 1
    # The old day passes without a word; the target's day does not.
    await ledger.wait(12)
    assert (await ledger.item(item))["is_overdue"] is False
    await ledger.wait(9)
    late = await ledger.item(item)
    assert (late["is_overdue"], late["is_on_target"]) == (True, False)
    judged = {"is_reached": True, "findings": "已消化3名。"}
    await ledger.done("POST", f"/rectifications/{item}/targets/1/judge", judged, FIRST)
    seen = await ledger.item(item)
    assert (seen["is_overdue"], seen["is_on_target"], seen["due"]) == (False, True, "2027-12-10")
    assert (seen["targets"][0]["judged_by"], seen["state"]) == (FIRST, "IN_PROGRESS")
    again = await ledger.refused("POST", f"/rectifications/{item}/targets/1/judge", judged, FIRST)
    assert again == "milestone_unknown"


async def test_an_item_on_its_target_no_longer_bars_a_request(ledger: Ledger) -> None:
    item = await ledger.work(cause="POLICY")
    assert "BLOCK" in await _hits(ledger)
    await ledger.done(
        "POST", f"/rectifications/{item}/long-term", _agreed(ledger, "2027-12-10"), SECRETARY
    )
    assert "BLOCK" not in await _hits(ledger)
    missed = {"is_reached": False, "findings": "未消化。"}
    await ledger.done("POST", f"/rectifications/{item}/targets/1/judge", missed, FIRST)
    assert "BLOCK" in await _hits(ledger)


async def test_what_the_unit_caused_has_no_yearly_targets(ledger: Ledger) -> None:
    item = await ledger.work()
    place = f"/rectifications/{item}/long-term"
    agreed = _agreed(ledger, "2027-12-10")
    assert await ledger.refused("POST", place, agreed, SECRETARY) == "not_long_term"
