"""A quarter is compiled, checked by one, signed by another, and out with a number."""

from typing import Any

from service.features.rectification.compile_quarter import CompileQuarter
from service.features.rectification.draft_quarter_report import DraftQuarterReport
from service.features.rectification.issue_quarter_report import IssueQuarterReport
from tests.features.rectification.conftest import DEPUTY, DIRECTOR, FINDER, OFFICER, OWNER, Ledger
from tests.features.rectification.orders import case_of, not_ordered, numbered, ordered
from tests.people import NEVER


async def _compiled(ledger: Ledger) -> tuple[Any, Any]:
    item = await numbered(ledger, 1)
    await numbered(ledger, 2, "CLOSED")
    await numbered(ledger, 3, "VOIDED")
    head = {"issuer": "中共青澜市委编委办", "signers": ["office_deputy"]}
    await ledger.done("POST", "/letterheads/青编办/set", head, DIRECTOR)
    case = await case_of(ledger, item)
    return case, await ordered(ledger, CompileQuarter(instance_id=case))


async def test_the_report_counts_what_the_ledger_holds(ledger: Ledger) -> None:
    case, found = await _compiled(ledger)
    assert (found["year"], found["quarter"]) == (2026, 4)
    assert [found[name] for name in ("opened", "closed", "remaining", "overdue")] == [0, 1, 1, 0]
    assert (await ordered(ledger, CompileQuarter(instance_id=case))) == found
    other = CompileQuarter(instance_id=await case_of(ledger, await ledger.find()))
    assert await not_ordered(ledger, other) == "round_taken"
    place = f"/rectifications/quarter-reports/{found['report_id']}"
    seen = await ledger.done("GET", place, who=OFFICER)
    assert (seen["from_on"], seen["to_on"], seen["state"]) == (
        "2026-10-01",
        "2026-11-24",
        "COMPILED",
    )
    assert seen["lines"][0]["body"] == "青澜市第1局"
    listed = await ledger.done("GET", "/rectifications/quarter-reports?year=2026")
    assert [each["closed"] for each in listed["items"]] == [1]
    assert (await ledger.done("GET", "/rectifications/quarter-reports?year=2025"))["items"] == []
    for who in (OWNER, NEVER):
        assert await ledger.refused("GET", place, who=who) == "not_allowed"


async def test_whoever_checked_it_does_not_sign_it(ledger: Ledger) -> None:
    _, found = await _compiled(ledger)
    report = found["report_id"]
    sign = IssueQuarterReport(report_id=report, signed_by=ledger.ids[DEPUTY])
    assert await not_ordered(ledger, sign) == "round_moved"
    draft = DraftQuarterReport(
        report_id=report, series="青编办", checked_by=ledger.ids[FINDER], remarks="逾期为零"
    )
    await ordered(ledger, draft)
    own = IssueQuarterReport(report_id=report, signed_by=ledger.ids[FINDER])
    assert await not_ordered(ledger, own) == "signer_wrote"
    issued = await ordered(ledger, sign)
    assert issued["code"] == "青编办〔2026〕1号"
    paper = await ledger.done("GET", f"/documents/{issued['document_id']}", who=OFFICER)
    assert paper["title"] == "2026年第4季度整改台账季度报告"
    assert await not_ordered(ledger, draft) == "round_moved"
