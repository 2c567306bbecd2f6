"""Writing the ledger: entries, each for every day from its effective day on."""

from datetime import date, timedelta
from typing import Any

from service.core.auth.policy import BACKDATERS
from service.core.command import Context
from service.core.ids import new_id
from service.features.quota.accounts import LockedAccount
from service.features.quota.balances import balance_of, steps_from
from service.features.quota.room import require_authorised, require_room
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action, Entry


async def post(
    context: Context,
    action: Action,
    locked: LockedAccount,
    delta: Balance,
    effective_on: date,
    purpose: Purpose,
    **about: Any,
) -> Entry:
    """Append one entry that every day from its effective day on has room for.

    A day of the past that it makes exceed the quota is recorded and flagged, where the actor
    holds the duty for that. `about` are the entry's other columns.

    Raises:
        QuotaExceeded: Some day from today on has no room, or some day would have fewer than
            no posts authorised.
        BackdatedBreach: A day of the past has no room, and the actor lacks the duty.
    """
    is_breach = False
    if delta.vacant < 0 or delta.authorised < 0:
        steps = await steps_from(context.connection, locked.account, effective_on)
        may_breach = bool(context.actor.grants_for(BACKDATERS))
        require_authorised(steps, delta, purpose)
        is_breach = require_room(steps, delta, context.today, purpose, may_breach=may_breach)
    return record(context, action, locked, delta, effective_on, is_breach=is_breach, **about)


def record(
    context: Context,
    action: Action,
    locked: LockedAccount,
    delta: Balance,
    effective_on: date,
    **about: Any,
) -> Entry:
    """Append one entry and bring the account's sums up to it; no rule is asked here."""
    account = context.changes.latest(locked.account)
    entry = context.insert(
        Entry(
            id=new_id(),
            account_id=account.id,
            action=action,
            authorised=delta.authorised,
            actual=delta.actual,
            reserved=delta.reserved,
            frozen=delta.frozen,
            effective_on=effective_on,
            recorded_at=max(
                locked.recorded_at, account.last_recorded_at + timedelta(microseconds=1)
            ),
            command_id=context.command_id,
            **about,
        )
    )
    total = balance_of(account).plus(delta)
    context.update(
        account,
        authorised=total.authorised,
        actual=total.actual,
        reserved=total.reserved,
        frozen=total.frozen,
        latest_effective_on=max(account.latest_effective_on, effective_on),
        last_recorded_at=entry.recorded_at,
    )
    return entry
