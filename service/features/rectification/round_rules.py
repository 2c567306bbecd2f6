"""What rounds over the ledger and campaigns refuse, and how a sample is drawn."""

import hashlib
import math
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from service.core.errors import Conflict, RuleBroken


class RoundTaken(Conflict):
    """A round already covers the period."""

    code = "round_taken"
    title_zh = "该时段已开展"
    title_en = "Period already covered"


class RoundMoved(Conflict):
    """The round, or what is asked of somebody in it, is not in the state that the change needs."""

    code = "round_moved"
    title_zh = "轮次状态不符"
    title_en = "Round moved on"


class LookBackNotApart(RuleBroken):
    """Whoever accepted an item does not look back at it."""

    code = "look_back_not_apart"
    title_zh = "验收人不得参加回头看"
    title_en = "Look-back by the acceptance officer"


class DifferenceUnclear(RuleBroken):
    """A difference names an item that the unit was not asked about, or none is named at all."""

    code = "difference_unclear"
    title_zh = "差异填报不清"
    title_en = "Difference unclear"


class DifferenceUnsettled(RuleBroken):
    """A unit named a difference that the office has not settled."""

    code = "difference_unsettled"
    title_zh = "差异尚未处理"
    title_en = "Difference not settled"


class AnswerUnclear(RuleBroken):
    """Problems without a list of them, or a list beside the form that there is none."""

    code = "campaign_answer_unclear"
    title_zh = "答复填报不清"
    title_en = "Answer unclear"


class CampaignEmpty(RuleBroken):
    """A campaign needs units that exist and a last day after its first."""

    code = "campaign_empty"
    title_zh = "清零行动方案不完整"
    title_en = "Campaign without units or days"


def half_year_before(day: date) -> tuple[date, date]:
    """The first and last day of the six whole months before a day's month."""
    last = day.replace(day=1) - timedelta(days=1)
    months = last.year * 12 + last.month - 1 - 5
    return date(months // 12, months % 12 + 1, 1), last


def quarter_of(day: date) -> tuple[int, int, date]:
    """Year, number and first day of the quarter that a day lies in."""
    quarter = (day.month - 1) // 3 + 1
    return day.year, quarter, date(day.year, quarter * 3 - 2, 1)


def sampled(seed: str, items: Iterable[UUID], share: Decimal) -> list[UUID]:
    """A share of the items, rounded up, drawn in the order of their hashes with the seed.

    The same seed draws the same items again, in whatever order they are given.
    """
    order = sorted(items, key=lambda item: hashlib.sha256(f"{seed}:{item}".encode()).digest())
    return order[: math.ceil(len(order) * share)]


def require_another(checker: UUID, barred: Collection[UUID]) -> None:
    """Refuse whoever accepted the item.

    Raises:
        LookBackNotApart: It is so.
    """
    if checker in barred:
        raise LookBackNotApart(
            "Expected a look-back by somebody who did not accept the item, but it is not so.",
            "回头看应当由未参加该事项验收的人员进行，但不符合。",
        )


def require_stated(is_right: bool, named: Collection[str], asked: Collection[str]) -> None:
    """Refuse a confirmation that does not say where the ledger is wrong, or says it of others.

    Raises:
        DifferenceUnclear: It is so.
    """
    strange = sorted(set(named) - set(asked))
    if strange or is_right == bool(named):
        raise DifferenceUnclear(
            f"Expected differences of the unit's own items exactly where it differs, "
            f"but they are {strange or list(named)}.",
            "有差异时应当逐项列明本单位事项的差异，无差异时不填，但不符合。",
            numbers=strange,
        )


def require_settled(named: Collection[str], settled: Collection[str]) -> None:
    """Refuse to leave a difference without an answer.

    Raises:
        DifferenceUnsettled: It is so.
    """
    left = sorted(set(named) - set(settled))
    if left:
        raise DifferenceUnsettled(
            f"Expected every difference to be settled, but these are not: {', '.join(left)}.",
            f"差异应当逐项处理，但以下未处理：{'、'.join(left)}。",
            numbers=left,
        )


def require_clear(has_problems: bool, listed: int) -> None:
    """Refuse an answer that says two things.

    Raises:
        AnswerUnclear: It is so.
    """
    if has_problems != (listed > 0):
        raise AnswerUnclear(
            f"Expected problems exactly where there are some, but {listed} are listed.",
            f"有问题的应当逐项填写，无问题的不填，但填写了{listed}项。",
            listed=listed,
        )


def moved(what: str, zh: str) -> RoundMoved:
    """The refusal of a change that comes too late or too early."""
    return RoundMoved(f"Expected {what}, but it is not so.", f"应当{zh}，但不符合。")
