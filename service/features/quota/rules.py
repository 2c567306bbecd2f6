"""The rules of the ledger, pure: what a change may do to a balance.

The invariants are those of the domain (I1, I2, I3). A breach may exist as recorded state, when
it was there before the ledger was opened; no action produces one or makes one worse.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from service.core.errors import RuleBroken


class QuotaExceeded(RuleBroken):
    """The change needs more vacant posts than there are on some day from its effective day on."""

    code = "quota_exceeded"
    title_zh = "超出核定编制"
    title_en = "Quota exceeded"
    rule = "I1"
    article = "《地方各级人民政府机构设置和编制管理条例》（国务院令第486号）"


class AccountMissing(RuleBroken):
    """This kind of quota or post was never granted to the body."""

    code = "account_missing"
    title_zh = "该机构未核定此类编制"
    title_en = "Nothing granted"
    rule = "I1"


class PeriodEmpty(RuleBroken):
    """A period ends on or before the day on which it begins."""

    code = "period_empty"
    title_zh = "期间无效"
    title_en = "Empty period"


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts of whole posts on one day. Subordinate bodies are not included."""

    authorised: int = 0
    actual: int = 0
    reserved: int = 0
    frozen: int = 0

    @property
    def vacant(self) -> int:
        """Posts neither held, promised nor frozen; negative where over quota."""
        return self.authorised - self.actual - self.reserved - self.frozen

    @property
    def available(self) -> int:
        return max(self.vacant, 0)

    @property
    def over(self) -> int:
        """Posts held beyond the quota."""
        return max(self.actual - self.authorised, 0)

    def plus(self, other: Self, sign: int = 1) -> "Balance":
        return Balance(
            self.authorised + sign * other.authorised,
            self.actual + sign * other.actual,
            self.reserved + sign * other.reserved,
            self.frozen + sign * other.frozen,
        )


@dataclass(frozen=True, slots=True)
class Step:
    """The balance from one day on, until the next step."""

    from_on: date
    balance: Balance


def breached(steps: Iterable[Step], delta: Balance) -> Step | None:
    """The first step on which a change would exceed the quota, or exceed it further.

    A change that frees posts or leaves the vacancy as it is never does.
    """
    if delta.vacant >= 0:
        return None
    return next((s for s in steps if s.balance.vacant + delta.vacant < 0), None)


def require_vacant(steps: Iterable[Step], delta: Balance, what: str, what_zh: str) -> None:
    """Refuse a change that no day from its effective day on has room for.

    Raises:
        QuotaExceeded: `facts` give the posts asked for, those vacant, and from which day.
    """
    step = breached(steps, delta)
    if step is None:
        return
    asked, vacant = -delta.vacant, step.balance.available
    raise QuotaExceeded(
        f"Expected to {what} {asked} posts, but {vacant} are vacant from {step.from_on} on.",
        f"应当{what_zh}{asked}名，但自{step.from_on}起仅空编{vacant}名。",
        asked=asked,
        vacant=vacant,
        from_on=step.from_on.isoformat(),
    )


def require_period(from_on: date, until_on: date) -> None:
    """Refuse a half-open period [from, until) that holds no day.

    Raises:
        PeriodEmpty: The end is not after the beginning.
    """
    if until_on <= from_on:
        raise PeriodEmpty(
            f"Expected an end after {from_on}, but it is {until_on}.",
            f"结束日期应当晚于{from_on}，但为{until_on}。",
        )
