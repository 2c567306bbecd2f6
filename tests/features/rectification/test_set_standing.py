"""How a body stands beside the ledger: the gate reads it, and what was said stays on record."""

from typing import Any

from tests.features.processes.cases import rows
from tests.features.rectification.conftest import FINDER, OWNER, Ledger
from tests.people import NEVER


async def _hits(ledger: Ledger, query: str = "") -> list[Any]:
    gate = await ledger.done("GET", f"/bodies/{ledger.city.body}/gate{query}")
    return sorted(each["result"] for each in gate["hits"])


async def test_what_is_said_of_a_body_is_what_its_gate_reads(ledger: Ledger) -> None:
    place = f"/bodies/{ledger.city.body}/standings"
    assert await _hits(ledger) == []
    for who in (OWNER, NEVER):
        refused = await ledger.refused("POST", place, {"reason": "失信"}, who)
        assert refused == "not_allowed"
    said: list[tuple[dict[str, Any], str, list[str]]] = [
        ({"is_dishonest": True}, "", ["FLAG"]),
        ({"report_due_on": "2026-11-10"}, "", ["FLAG"]),
        ({"report_due_on": "2026-10-01"}, "", ["BLOCK"]),
        ({"last_grade": "POOR"}, "", ["HOLD"]),
        ({"has_overdue_exits": True}, "?is_quota_use=true", ["BLOCK"]),
        ({}, "?is_quota_use=true", []),
    ]
    for facts, query, hits in said:
        await ledger.done("POST", place, facts | {"reason": "核查结果。"}, FINDER)
        assert await _hits(ledger, query) == hits, facts
    told = "SELECT count(*) FROM outbox WHERE type = 'matters.gate_changed'"
    assert (await rows(ledger.settings, told))[0][0] == 6
    seen = (await ledger.done("GET", place, who=OWNER))["items"]
    assert (len(seen), seen[0]["is_dishonest"], seen[-1]["is_dishonest"]) == (6, False, True)
    assert (await ledger.ask("GET", place, who=NEVER)).status_code == 404
    paper = {"reason": "失信", "document_id": str(ledger.city.body)}
    assert await ledger.refused("POST", place, paper) == "document_missing"
