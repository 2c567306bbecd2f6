"""What others hand over: a finding from another flow, and a close-out that did not last."""

from tests.features.processes.cases import rows
from tests.features.rectification.conftest import (
    DEPUTY,
    FINDER,
    FIRST,
    LEGAL,
    OFFICER,
    OWNER,
    Ledger,
    checked,
    ledger,
)

__all__ = ["ledger"]
_TOLD = "SELECT count(*) FROM outbox WHERE type = 'matters.gate_changed'"


async def _gate_changes(ledger: Ledger) -> int:
    return int((await rows(ledger.settings, _TOLD))[0][0])


async def test_a_finding_of_another_flow_becomes_an_item_with_a_case_of_its_own(
    ledger: Ledger,
) -> None:
    told = {
        "body_id": str(ledger.city.body),
        "breach": "DECISION_NOT_IMPLEMENTED",
        "facts": "逾期未反馈\n批复落实情况",
        "source_type": "MATTER",
        "source_ref": "QL-SX-2026-0001",
    }
    await ledger.tell("FindingConfirmed", **told)
    (item,) = (await ledger.done("GET", "/rectifications"))["items"]
    assert (item["state"], item["source_type"]) == ("DRAFT", "MATTER")
    assert (item["problem"], item["found_on"]) == ("逾期未反馈 批复落实情况", "2026-11-24")
    case = await ledger.done("GET", f"/instances/{item['instance_id']}")
    assert (case["process"], case["body_id"]) == ("rectification_item", told["body_id"])
    await ledger.task(item["id"], "classify_item")


async def test_a_failed_look_back_reopens_the_item_under_its_number_with_a_suffix(
    ledger: Ledger,
) -> None:
    item = await ledger.close()
    before = await _gate_changes(ledger)
    reopened = {"item_id": item, "facts": "回头看：又超编1名。", "found_by": ledger.ids[FIRST]}
    await ledger.tell("ItemReopened", item, **reopened)
    seen = await ledger.item(item)
    assert (seen["state"], seen["number"]) == ("REOPENED", "QL-ZG-2026-0001-R1")
    assert (seen["is_repeat"], seen["closed_on"], seen["percent"]) == (True, None, 0)
    assert "又超编1名" in seen["facts"]
    assert await _gate_changes(ledger) == before + 1
    notice = {
        "facts": "又超编1名",
        "article": "第三十一条",
        "required_result": "消化",
        "due": "2027-02-26",
    }
    await ledger.complete(LEGAL, item, "draft_notice", "submit", **notice)
    await ledger.complete(DEPUTY, item, "sign_notice", "sign")
    await ledger.complete(OWNER, item, "file_plan", "submit", **ledger.plan())
    await ledger.complete(LEGAL, item, "review_plan", "approve")
    await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    await ledger.complete(OFFICER, item, "check_papers", "complete")
    # Whoever found that it did not last does not accept it.
    assert await ledger.not_completed(FIRST, item, "accept_item", **checked()) == "recused"


async def test_the_gate_is_told_when_an_item_is_registered_disputed_and_settled(
    ledger: Ledger,
) -> None:
    item = await ledger.register()
    assert await _gate_changes(ledger) == 1
    await ledger.complete(
        LEGAL,
        item,
        "draft_notice",
        "submit",
        facts="超编1名",
        article="第三十一条",
        required_result="消化",
        due="2027-02-26",
    )
    await ledger.complete(DEPUTY, item, "sign_notice", "sign")
    await ledger.done("POST", f"/rectifications/{item}/dispute", {"grounds": "已调出"}, OWNER)
    assert await _gate_changes(ledger) == 2
    await ledger.complete("other-legal", item, "decide_dispute", "confirm", reason="属实")
    assert await _gate_changes(ledger) == 3
    await ledger.task(item, "file_plan")
    assert (await ledger.item(item, FINDER))["state"] == "NOTICE_ISSUED"
