"""Room: whether an account can take a change on every day from its effective day on. Pure."""

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest

from service.features.quota.rules import BackdatedBreach, Balance, Purpose, QuotaExceeded, Step


def require_room(
    steps: Sequence[Step], delta: Balance, today: date, purpose: Purpose, *, may_breach: bool
) -> bool:
    """Refuse a change that some day has no room for; whether it breaches days of the past.

    `steps` are the balances from the change's effective day on. A change that frees posts or
    leaves the vacancy as it is needs no room, so an existing breach can always be made smaller.

    Raises:
        QuotaExceeded: A day from today on has no room; `facts` say how many, and from when.
        BackdatedBreach: Only days of the past have no room, and the actor may not record that.
    """
    if delta.vacant >= 0:
        return False
    asked, is_breach = -delta.vacant, False
    for step, after in zip_longest(steps, steps[1:]):
        if step.balance.vacant >= asked:
            continue
        if after is None or after.from_on > today:
            vacant = step.balance.available
            raise QuotaExceeded(
                f"Expected to {purpose.en} {asked} posts, "
                f"but {vacant} are vacant from {step.from_on} on.",
                f"应当{purpose.zh}{asked}名，但自{step.from_on}起仅空编{vacant}名。",
                asked=asked,
                vacant=vacant,
                from_on=step.from_on.isoformat(),
            )
        if not may_breach:
            raise BackdatedBreach(
                f"Expected room for {asked} posts on every day, but {step.from_on} had "
                f"{step.balance.available}: only the director may record that.",
                f"自{step.from_on}起应当有{asked}名空编，但当时仅{step.balance.available}名，"
                "须由编办主任登记。",
                asked=asked,
                vacant=step.balance.available,
                from_on=step.from_on.isoformat(),
            )
        is_breach = True
    return is_breach


def require_authorised(steps: Sequence[Step], delta: Balance, purpose: Purpose) -> None:
    """Refuse a change that takes more posts than are authorised on some day.

    Other breaches of days in the past can be recorded as they were; fewer than no posts never
    were. `steps` are the balances from the change's effective day on.

    Raises:
        QuotaExceeded: `facts` give the first such day and what is authorised on it.
    """
    for step in steps:
        if step.balance.authorised + min(delta.authorised, 0) < 0:
            raise QuotaExceeded(
                f"Expected to {purpose.en} {-delta.authorised} posts, "
                f"but {step.balance.authorised} are authorised from {step.from_on} on.",
                f"应当{purpose.zh}{-delta.authorised}名，"
                f"但自{step.from_on}起仅核定{step.balance.authorised}名。",
                asked=-delta.authorised,
                authorised=step.balance.authorised,
                from_on=step.from_on.isoformat(),
            )


def require_promises_kept(steps: Sequence[Step], delta: Balance, today: date) -> bool:
    """Refuse to find that there were fewer posts than are promised; whether some day exceeds them.

    More people than posts is recorded as it is; what is promised still is let go first.
    `steps` are the balances from the change's effective day on.

    Raises:
        QuotaExceeded: `facts` give the first day on which promises would have no room.
    """
    is_breach = False
    for step, next_step in zip_longest(steps, steps[1:]):
        after = step.balance.plus(delta)
        if after.vacant >= 0 or delta.vacant >= 0:
            continue
        is_past = next_step is not None and next_step.from_on <= today
        if not is_past and (after.reserved or after.frozen):
            raise QuotaExceeded(
                f"Expected room for what is promised, but from {step.from_on} on "
                f"{after.reserved + after.frozen} posts are reserved or frozen: let them go first.",
                f"应当先释放预占或解除冻结：自{step.from_on}起尚有"
                f"{after.reserved + after.frozen}名预占或冻结。",
                asked=-delta.vacant,
                vacant=step.balance.available,
                from_on=step.from_on.isoformat(),
            )
        is_breach = True
    return is_breach
