"""Replaying an account: whether any of its entries broke a rule when it was made. Pure.

Breaches that were recorded as they were found stay; what is looked for is an action that made
one, or made one worse, on any day from its effective day on.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from service.features.quota.rules import Balance


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of an account, in the order in which they became known."""

    command_id: UUID
    delta: Balance
    effective_on: date
    #: An opening, what corrects one, or what is flagged as a breach.
    is_recorded_state: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """A command that left a day with more than it has room for, or with fewer than nothing."""

    command_id: UUID
    on: date
    balance: Balance


def replayed(changes: Sequence[Change]) -> tuple[Balance, list[Wrong]]:
    """The sums of an account, and the first day of each command that broke a rule.

    The entries of one command count together: a merger brings people and posts in turn.
    """
    account = _Account([], [])
    wrong = []
    for command_id, group in groupby(changes, key=lambda change: change.command_id):
        wrong += list(account.apply(command_id, list(group)))[:1]
    return (account.balances[-1] if account.balances else Balance()), wrong


@dataclass(slots=True)
class _Account:
    """The balance from each day on which it changes, oldest first."""

    days: list[date]
    balances: list[Balance]

    def apply(self, command_id: UUID, changes: list[Change]) -> Iterator[Wrong]:
        for change in changes:
            self._begin(change.effective_on)
        first = bisect_left(self.days, min(change.effective_on for change in changes))
        before = self.balances[first:]
        for change in changes:
            for place in range(bisect_left(self.days, change.effective_on), len(self.days)):
                self.balances[place] = self.balances[place].plus(change.delta)
        may_breach = any(change.is_recorded_state for change in changes)
        after = self.balances[first:]
        for day, old, new in zip(self.days[first:], before, after, strict=True):
            is_worse = new.vacant < min(old.vacant, 0)
            if (is_worse and not may_breach) or _is_more_negative(new, old):
                yield Wrong(command_id, day, new)

    def _begin(self, day: date) -> None:
        place = bisect_left(self.days, day)
        if self.days[place : place + 1] != [day]:
            self.days.insert(place, day)
            self.balances.insert(place, self.balances[place - 1] if place else Balance())


def _is_more_negative(new: Balance, old: Balance) -> bool:
    """Whether a count fell below nothing, or further below it."""
    counts = ((new.authorised, old.authorised), (new.actual, old.actual))
    more = ((new.reserved, old.reserved), (new.frozen, old.frozen))
    return any(now < min(before, 0) for now, before in (*counts, *more))
