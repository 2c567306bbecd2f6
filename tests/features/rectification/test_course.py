"""The course of an item: each step only from where the table of states has it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.operation import Command
from service.features.rectification.begin_acceptance import BeginAcceptance
from service.features.rectification.begin_work import BeginWork
from service.features.rectification.close_item import CloseItem
from service.features.rectification.codes import (
    AcceptanceResult,
    ActKind,
    Area,
    Cause,
    ItemState,
    Severity,
)
from service.features.rectification.decide_extension import DecideExtension
from service.features.rectification.end_by_referral import EndByReferral
from service.features.rectification.issue_act import IssueAct
from service.features.rectification.issue_notice import IssueNotice
from service.features.rectification.keep_plan import KeepPlan, PlannedMilestone
from service.features.rectification.mark_overdue import MarkOverdue
from service.features.rectification.merge_item import MergeItem
from service.features.rectification.record_acceptance import RecordAcceptance
from service.features.rectification.register_item import RegisterItem
from service.features.rectification.reopen_item import ReopenItem
from service.features.rectification.return_plan import ReturnPlan
from service.features.rectification.return_to_work import ReturnToWork
from service.features.rectification.rules import next_states
from service.features.rectification.settle_dispute import SettleDispute
from service.features.rectification.strike_item import StrikeItem
from service.features.rectification.take_close_request import TakeCloseRequest
from tests.conftest import told
from tests.features.rectification.conftest import (
    DEPUTY,
    DIRECTOR,
    FINDER,
    FIRST,
    LEGAL,
    OWNER,
    Ledger,
)
from tests.people import MAY_READ, NEVER

_DAY = date(2026, 12, 31)


def _later_steps(item: UUID, person: UUID) -> list[Command[Any]]:
    """Every step that a drafted item cannot take."""
    return [
        IssueNotice(
            item_id=item,
            facts="a",
            article="b",
            required_result="c",
            due=_DAY,
            drafted_by=person,
            signed_by=person,
        ),
        SettleDispute(item_id=item),
        KeepPlan(
            item_id=item,
            measures="a",
            responsible_leader="b",
            responsible_person=person,
            close_standard="c",
            milestones=[PlannedMilestone(name="d", on=_DAY)],
        ),
        ReturnPlan(item_id=item),
        BeginWork(item_id=item),
        TakeCloseRequest(item_id=item, statement="a", evidence=[person], requested_by=person),
        BeginAcceptance(item_id=item, method="DOCUMENTS", officers=1),
        RecordAcceptance(
            item_id=item,
            officer_id=person,
            method="DOCUMENTS",
            checked_on=_DAY,
            findings="a",
            result=AcceptanceResult.PASS,
        ),
        ReturnToWork(item_id=item),
        CloseItem(item_id=item, signed_by=person),
        EndByReferral(item_id=item, reason="a", signed_by=person),
        ReopenItem(item_id=item, facts="a"),
    ]


async def _give(ledger: Ledger, command: Command[Any]) -> tuple[int, Any]:
    answer = await Executor(ledger.database).execute(command, Caller(is_process=True))
    return answer.status, told(answer)


def _registering(item: str, ledger: Ledger) -> RegisterItem:
    return RegisterItem(
        item_id=UUID(item),
        breach="OVER_QUOTA",
        category=4,
        category_name="违规超编进人",
        area=Area.QUOTA,
        severity=Severity.HIGH,
        days=60,
        cause=Cause.UNIT,
        problem="超编",
        facts="超编1名",
        drafted_by=UUID(ledger.ids[LEGAL]),
    )


async def test_a_drafted_item_takes_no_later_step(ledger: Ledger) -> None:
    item = await ledger.find()
    for command in _later_steps(UUID(item), UUID(ledger.ids[FIRST])):
        status, problem = await _give(ledger, command)
        assert (status, problem["code"]) == (409, "rectification_moved"), command.name
    assert (await ledger.item(item))["state"] == "DRAFT"


async def test_numbers_follow_each_other_without_gaps(ledger: Ledger) -> None:
    items = [await ledger.find() for _ in range(3)]
    numbers = [(await _give(ledger, _registering(item, ledger)))[1]["number"] for item in items]
    assert numbers == [f"QL-ZG-2026-000{place}" for place in (1, 2, 3)]
    assert (await _give(ledger, _registering(items[0], ledger)))[0] == 409
    later = await ledger.find()
    assert (await _give(ledger, _registering(later, ledger)))[1]["number"] == "QL-ZG-2026-0004"


async def test_a_duplicate_adds_its_facts_to_the_item_that_stands(ledger: Ledger) -> None:
    first, second = await ledger.find(), await ledger.find(facts="又发现同一问题。")
    await _give(ledger, _registering(first, ledger))
    unknown = MergeItem(item_id=UUID(second), into="QL-ZG-2026-0009")
    assert (await _give(ledger, unknown))[1]["code"] == "rectification_missing"
    await _give(ledger, MergeItem(item_id=UUID(second), into="QL-ZG-2026-0001"))
    assert (await ledger.item(second))["state"] == "MERGED"
    stands = await ledger.item(first)
    assert "又发现同一问题。" in stands["facts"]
    assert stands["is_repeat"] is True


async def test_an_item_is_struck_off_by_two_people_only(ledger: Ledger) -> None:
    item = UUID(await ledger.find())
    one, other = UUID(ledger.ids[DEPUTY]), UUID(ledger.ids[DIRECTOR])
    alone = StrikeItem(item_id=item, reason="误登", first_by=one, second_by=one)
    assert (await _give(ledger, alone))[1]["code"] == "signatures_missing"
    both = StrikeItem(item_id=item, reason="误登", first_by=one, second_by=other)
    assert (await _give(ledger, both))[1]["state"] == "VOIDED"
    assert (await _give(ledger, both))[1]["code"] == "rectification_moved"


async def test_nobody_accepts_what_he_found_or_drafted(ledger: Ledger) -> None:
    item = UUID(await ledger.work())
    evidence = [ledger.city.document]
    owner = UUID(ledger.ids[OWNER])
    request = TakeCloseRequest(
        item_id=item, statement="已改", evidence=evidence, requested_by=owner
    )
    await _give(ledger, request)
    await _give(ledger, BeginAcceptance(item_id=item, method="ON_SITE", officers=2))
    found = {
        "item_id": item,
        "method": "ON_SITE",
        "checked_on": _DAY,
        "findings": "已改",
        "result": AcceptanceResult.PASS,
    }
    for who in (FINDER, LEGAL):
        accepting = RecordAcceptance(officer_id=UUID(ledger.ids[who]), **found)
        assert (await _give(ledger, accepting))[1]["code"] == "acceptance_not_apart"
    accepting = RecordAcceptance(officer_id=UUID(ledger.ids[FIRST]), **found)
    assert (await _give(ledger, accepting))[1]["state"] == "UNDER_ACCEPTANCE"
    assert (await _give(ledger, accepting))[1]["code"] == "acceptance_not_apart"


async def test_what_is_not_late_is_not_marked_and_acts_are_kept(ledger: Ledger) -> None:
    item = await ledger.work()
    assert (await _give(ledger, MarkOverdue(item_id=UUID(item))))[1]["is_overdue"] is False
    act = IssueAct(item_id=UUID(item), kind=ActKind.REFERRAL, text="移送")
    await _give(ledger, act)
    seen = await ledger.item(item)
    assert (seen["is_referred"], seen["acts"][0]["kind"]) == (True, "REFERRAL")
    deciding = DecideExtension(
        item_id=UUID(item),
        extension_id=UUID(item),
        is_granted=True,
        answer="同意",
        decided_by=UUID(ledger.ids[DIRECTOR]),
    )
    assert (await _give(ledger, deciding))[1]["code"] == "extension_not_admissible"


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("progress", {"text": "已调出", "percent": 50}),
        ("milestones/1/reach", None),
        ("extensions", {"due": "2027-03-12", "reason": "手续未办结"}),
        ("dispute", {"grounds": "不实"}),
        ("acknowledge", None),
    ],
)
async def test_only_the_units_own_people_answer_for_it(
    ledger: Ledger, verb: str, given: Any
) -> None:
    is_notified = verb in ("dispute", "acknowledge")
    item = await (ledger.notify() if is_notified else ledger.work())
    place = f"/rectifications/{item}/{verb}"
    assert await ledger.refused("POST", place, given, FINDER) == "not_allowed"
    assert await ledger.refused("POST", place, given, NEVER) == "not_found"
    await ledger.done("POST", place, given, MAY_READ)
    if verb == "milestones/1/reach":
        assert await ledger.refused("POST", place, given, OWNER) == "milestone_unknown"


async def test_a_minor_problem_goes_to_work_once_its_notice_is_acknowledged(
    ledger: Ledger,
) -> None:
    item = await ledger.notify("LATE_REGISTRATION", due="2026-12-08")
    assert (await ledger.item(item))["severity"] == "LOW"
    await ledger.done("POST", f"/rectifications/{item}/acknowledge", who=OWNER)
    assert (await ledger.item(item))["state"] == "IN_PROGRESS"


async def test_what_another_authority_dealt_with_ends_by_the_deputys_word(ledger: Ledger) -> None:
    item = await ledger.work()
    place = f"/rectifications/{item}/referral-result"
    assert await ledger.refused("POST", place, {"text": "已处理"}, OWNER) == "not_allowed"
    await ledger.done("POST", place, {"text": "已处理"}, FINDER)
    await ledger.complete(DEPUTY, item, "confirm_referral_end", "yes", reason="已处理")
    assert (await ledger.item(item))["state"] == "REFERRED_CLOSED"


def test_every_open_state_may_be_struck_off_and_no_end_may() -> None:
    kept = {state for state in ItemState if ItemState.VOIDED not in next_states(state)}
    assert kept == {"CLOSED", "MERGED", "VOIDED", "REFERRED_CLOSED"}
    assert next_states(ItemState.CLOSED) == {ItemState.REOPENED}
