"""What the rectification ledger refuses, and the course that an item may take."""

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from service.core.errors import Conflict, NotFound, RuleBroken
from service.features.rectification.codes import ENDS, ItemState, Severity

_S = ItemState
#: The table of domain §3.C; voiding is possible from every open state.
_COURSE: Final[Mapping[ItemState, frozenset[ItemState]]] = {
    _S.DRAFT: frozenset({_S.CONFIRMED, _S.MERGED}),
    _S.CONFIRMED: frozenset({_S.NOTICE_ISSUED}),
    # A new notice supersedes one whose facts were amended.
    _S.NOTICE_ISSUED: frozenset(
        {_S.NOTICE_ISSUED, _S.DISPUTED, _S.PLAN_SUBMITTED, _S.PLAN_APPROVED, _S.IN_PROGRESS}
    ),
    _S.DISPUTED: frozenset({_S.NOTICE_ISSUED}),
    _S.PLAN_SUBMITTED: frozenset({_S.PLAN_APPROVED, _S.PLAN_RETURNED}),
    _S.PLAN_RETURNED: frozenset({_S.PLAN_SUBMITTED, _S.PLAN_APPROVED}),
    _S.PLAN_APPROVED: frozenset({_S.IN_PROGRESS}),
    _S.IN_PROGRESS: frozenset({_S.CLOSE_REQUESTED, _S.REFERRED_CLOSED}),
    _S.CLOSE_REQUESTED: frozenset({_S.UNDER_ACCEPTANCE, _S.IN_PROGRESS}),
    _S.UNDER_ACCEPTANCE: frozenset({_S.ACCEPTED, _S.IN_PROGRESS}),
    _S.ACCEPTED: frozenset({_S.CLOSED, _S.UNDER_ACCEPTANCE}),
    # A close-out that did not last is taken back; nothing else leads out of an end.
    _S.CLOSED: frozenset({_S.REOPENED}),
    _S.REOPENED: frozenset({_S.NOTICE_ISSUED}),
}


class ItemMoved(Conflict):
    """The item is not in the state that the change needs."""

    code = "rectification_moved"
    title_zh = "整改事项状态不符"
    title_en = "Item moved on"


class ItemMissing(NotFound):
    """No item has the number into which another one is to be merged."""

    code = "rectification_missing"
    title_zh = "无此整改事项"
    title_en = "No such item"


class LedgerRulesMissing(NotFound):
    """No release in force has a table of the ledger."""

    code = "rectification_rules_missing"
    title_zh = "整改规则未生效"
    title_en = "Rules of the ledger missing"


class DisputeTooLate(RuleBroken):
    """The facts are disputed once, and in time."""

    code = "dispute_not_admissible"
    title_zh = "不再受理事实异议"
    title_en = "Dispute not admissible"


class ExtensionInadmissible(RuleBroken):
    """More time is asked for before the item is overdue, at most twice, for half of the time."""

    code = "extension_not_admissible"
    title_zh = "不得延期"
    title_en = "Extension not admissible"


class MilestoneUnknown(RuleBroken):
    """The plan has no such milestone, or it is reached already."""

    code = "milestone_unknown"
    title_zh = "无此节点"
    title_en = "No such milestone"


class AcceptanceNotApart(RuleBroken):
    """Whoever found the problem or drafted the item does not accept it; two if it is grave."""

    code = "acceptance_not_apart"
    title_zh = "验收人不符合回避要求"
    title_en = "Acceptance by the wrong person"
    rule = "I11"


class NotLongTerm(RuleBroken):
    """Only what policy caused may be put right year by year, by targets in days to come."""

    code = "not_long_term"
    title_zh = "不得列为长期整改"
    title_en = "Not long-term"


class SuccessorMissing(RuleBroken):
    """No body follows one whose items are to be moved."""

    code = "successor_missing"
    title_zh = "无承接机构"
    title_en = "No successor"


class LetterheadMissing(NotFound):
    """No series of numbers is signed by the duty that signs the paper."""

    code = "letterhead_missing"
    title_zh = "无可用发文字号"
    title_en = "No letterhead"


class SignaturesMissing(RuleBroken):
    """An item is struck off by two people with a reason."""

    code = "signatures_missing"
    title_zh = "作废须两人签名"
    title_en = "Two signatures needed"


def next_states(state: ItemState) -> frozenset[ItemState]:
    """The states that may follow one: after an end none, but that what is closed is reopened."""
    if state in ENDS:
        return _COURSE.get(state, frozenset())
    return _COURSE[state] | {ItemState.VOIDED}


def require_next(state: ItemState, to: ItemState) -> None:
    """Refuse a step that the table of states does not have.

    Raises:
        ItemMoved: It has no such step.
    """
    if to not in next_states(state):
        raise ItemMoved(
            f"Expected an item that may become {to}, but it is {state}.",
            f"整改事项应当可以转为“{to.zh}”，但当前为“{state.zh}”。",
            state=state,
            to=to,
        )


def require_state(state: ItemState, allowed: Collection[ItemState]) -> None:
    """Refuse a change that the item's state does not bear.

    Raises:
        ItemMoved: It is in another state.
    """
    if state not in allowed:
        raise ItemMoved(
            f"Expected an item that is {' or '.join(sorted(allowed))}, but it is {state}.",
            f"整改事项应当处于可办理状态，但当前为“{state.zh}”。",
            state=state,
        )


def require_apart(
    officer: UUID, earlier: Collection[UUID], found_by: UUID | None, drafted_by: UUID | None
) -> None:
    """Refuse an acceptance by who found the problem, drafted the item or accepted it already.

    Raises:
        AcceptanceNotApart: It is so (I11).
    """
    if officer in {found_by, drafted_by, *earlier}:
        raise AcceptanceNotApart(
            "Expected an acceptance by somebody who neither found nor drafted nor accepted it, "
            "but it is not so.",
            "验收人应当不是发现人、起草人，且未验收过本事项，但不符合。",
        )


def require_accepted(severity: Severity, officers: int, passed: int, evidence: int) -> None:
    """Refuse to close an item that too few have accepted, or that has no evidence (I11).

    Raises:
        AcceptanceNotApart: It is so.
    """
    needed = 2 if severity is Severity.HIGH else max(officers, 1)
    if passed < needed or evidence == 0:
        raise AcceptanceNotApart(
            f"Expected evidence and {needed} acceptances, but there are {evidence} pieces "
            f"and {passed} acceptances.",
            f"销号应当有佐证且经{needed}人验收通过，但佐证{evidence}件、验收通过{passed}人。",
            needed=needed,
            passed=passed,
        )


def require_two(first: UUID, second: UUID) -> None:
    """Refuse one person's word where two must sign.

    Raises:
        SignaturesMissing: Both are the same person.
    """
    if first == second:
        raise SignaturesMissing(
            "Expected two people to sign, but it is one.",
            "应当由两人签名，但为同一人。",
        )
