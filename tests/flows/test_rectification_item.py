"""A problem from its finding to its end, by the people who may: closed, pressed, struck off."""

import pytest

from tests.features.rectification.conftest import (
    DEPUTY,
    DIRECTOR,
    FINDER,
    FIRST,
    LEGAL,
    OFFICER,
    OTHER_LEGAL,
    OWNER,
    SECOND,
    Ledger,
    checked,
    ledger,
)

__all__ = ["ledger"]


async def test_a_grave_problem_goes_from_its_finding_to_its_close_out(ledger: Ledger) -> None:
    item = await ledger.register()
    seen = await ledger.item(item)
    assert (seen["state"], seen["number"]) == ("CONFIRMED", "QL-ZG-2026-0001")
    assert (seen["severity"], seen["area"], seen["category"]) == ("HIGH", "QUOTA", 4)
    notice = {
        "facts": "超编1名",
        "article": "第三十一条",
        "required_result": "消化",
        "due": "2027-02-26",
    }
    await ledger.complete(LEGAL, item, "draft_notice", "submit", **notice)
    await ledger.complete(DEPUTY, item, "sign_notice", "sign")
    seen = await ledger.item(item, OWNER)
    assert (seen["state"], seen["light"]["light"]) == ("NOTICE_ISSUED", "GREEN")
    await ledger.complete(OWNER, item, "file_plan", "submit", **ledger.plan())
    await ledger.complete(LEGAL, item, "review_plan", "return")
    assert (await ledger.item(item))["state"] == "PLAN_RETURNED"
    await ledger.complete(OWNER, item, "file_plan", "submit", **ledger.plan())
    await ledger.complete(LEGAL, item, "review_plan", "approve")
    place = f"/rectifications/{item}"
    await ledger.done("POST", f"{place}/progress", {"text": "已调出", "percent": 80}, OWNER)
    await ledger.done("POST", f"{place}/milestones/1/reach", who=OWNER)
    await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    await ledger.complete(OFFICER, item, "check_papers", "complete")
    await ledger.complete(FIRST, item, "accept_item", **checked())
    assert await ledger.not_completed(FIRST, item, "accept_again", **checked()) == "recused"
    await ledger.complete(SECOND, item, "accept_again", **checked())
    await ledger.complete(DIRECTOR, item, "sign_close_out", "sign")
    seen = await ledger.item(item)
    assert (seen["state"], seen["percent"], seen["tasks"]) == ("CLOSED", 100, [])
    assert [each["officer_name"] for each in seen["acceptances"]] == [FIRST, SECOND]
    assert seen["milestones"][0]["reached_on"] == "2026-11-24"
    case = await ledger.done("GET", f"/instances/{seen['instance_id']}")
    assert case["state"] == "COMPLETED"


async def test_what_fails_its_check_goes_back_to_work(ledger: Ledger) -> None:
    item = await ledger.work()
    await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    await ledger.complete(OFFICER, item, "check_papers", "incomplete")
    assert (await ledger.item(item))["state"] == "IN_PROGRESS"
    await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    await ledger.complete(OFFICER, item, "check_papers", "complete")
    await ledger.complete(FIRST, item, "accept_item", **checked("FALSE"))
    seen = await ledger.item(item)
    assert (seen["state"], seen["is_referred"]) == ("IN_PROGRESS", True)
    assert [each["kind"] for each in seen["acts"]] == ["REFERRAL"]
    await ledger.task(item, "carry_out")


async def test_what_is_overdue_is_supervised(ledger: Ledger) -> None:
    item = await ledger.work(due="2026-12-01")
    await ledger.wait(8)
    seen = await ledger.item(item)
    assert (seen["is_overdue"], seen["light"]["light"]) == (True, "RED")
    await ledger.wait(7)
    order = {"text": "限期整改", "required_by": "2026-12-15"}
    await ledger.complete(FINDER, item, "supervision_order", "submit", **order)
    await ledger.complete(DEPUTY, item, "sign_supervision_order", "sign")
    assert [each["kind"] for each in (await ledger.item(item))["acts"]] == ["SUPERVISION_ORDER"]
    await ledger.complete(OWNER, item, "carry_out", "request_close", **ledger.close_request())
    held = (await ledger.item(item))["tasks"]
    assert [each["element"] for each in held] == ["check_papers"]


async def test_more_time_is_given_before_the_item_is_due(ledger: Ledger) -> None:
    item = await ledger.work(due="2026-12-15")
    place = f"/rectifications/{item}/extensions"
    late = {"due": "2027-01-29", "reason": "手续未办结"}
    assert await ledger.refused("POST", place, late, OWNER) == "extension_not_admissible"
    await ledger.done("POST", place, {"due": "2026-12-18", "reason": "手续未办结"}, OWNER)
    # A grave problem is for the chair alone.
    assert (await ledger.item(item))["tasks"][-1]["duties"] == ["commission_chair"]


@pytest.mark.parametrize("signs", [True, False])
async def test_a_dispute_strikes_the_item_off_where_two_people_sign(
    ledger: Ledger, *, signs: bool
) -> None:
    item = await ledger.notify()
    await ledger.done("POST", f"/rectifications/{item}/dispute", {"grounds": "已调出"}, OWNER)
    assert (await ledger.item(item))["light"]["is_stopped"] is True
    reason = {"reason": "通知前已调出。"}
    for who in (LEGAL, FINDER):
        refused = await ledger.not_completed(who, item, "decide_dispute", "unfounded", **reason)
        assert refused == "recused"
    await ledger.complete(OTHER_LEGAL, item, "decide_dispute", "unfounded", **reason)
    first, second = "sign_dispute_voiding_first", "sign_dispute_voiding_second"
    await ledger.complete(DEPUTY, item, first, "sign", **reason)
    await ledger.complete(DIRECTOR, item, second, "sign" if signs else "not_sign", **reason)
    seen = await ledger.item(item)
    assert seen["state"] == ("VOIDED" if signs else "NOTICE_ISSUED")
    if signs:
        assert seen["tasks"] == []
    else:
        again = await ledger.refused(
            "POST", f"/rectifications/{item}/dispute", {"grounds": "再议"}, OWNER
        )
        assert again == "dispute_not_admissible"


async def test_an_item_is_struck_off_by_two_signatures_and_its_case_ends(ledger: Ledger) -> None:
    item = await ledger.work()
    place = f"/rectifications/{item}/void"
    assert await ledger.refused("POST", place, {"reason": "误登"}, OWNER) == "not_allowed"
    await ledger.done("POST", place, {"reason": "误登"}, LEGAL)
    tasks = await ledger.done("GET", "/tasks", who=DEPUTY)
    assert [each["element"] for each in tasks["items"]] == ["sign_voiding_first"]
    await ledger.complete_task(
        DEPUTY, tasks["items"][0]["id"], "sign", reason="登记有误，系政策允许。"
    )
    tasks = await ledger.done("GET", "/tasks", who=DIRECTOR)
    await ledger.complete_task(DIRECTOR, tasks["items"][0]["id"], "sign", reason="同意作废。")
    seen = await ledger.item(item)
    assert (seen["state"], seen["tasks"]) == ("VOIDED", [])
    case = await ledger.done("GET", f"/instances/{seen['instance_id']}")
    assert case["state"] == "COMPLETED"
