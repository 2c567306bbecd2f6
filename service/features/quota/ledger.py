"""Reading and writing the ledger: accounts under lock, balances over time, entries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.errors import KnownTooLate
from service.core.ids import new_id
from service.core.query import Reading
from service.core.store.db import Connection
from service.features.quota.rules import AccountMissing, Balance, Step
from service.features.quota.tables import Account, Action, Entry, Ledger

_ALWAYS = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LockedAccount:
    """An account that this transaction may change, and the instant its next entry is known."""

    account: Account
    lineage: list[UUID]
    recorded_at: datetime

    @property
    def balance(self) -> Balance:
        return balance_of(self.account)


def balance_of(account: Account) -> Balance:
    """The sums of an account over all its entries: the balance from its latest step on."""
    return Balance(account.authorised, account.actual, account.reserved, account.frozen)


# Behind the CTE the instant is taken after the wait for the lock, not before it: entries of one
# account are known in the order in which they were made.
_LOCK = """
WITH locked AS MATERIALIZED (
    SELECT * FROM account WHERE body_id = $1 AND ledger = $2 AND kind = $3 AND part = $4
    FOR UPDATE)
SELECT locked.*, b.lineage,
       greatest(clock_timestamp(), locked.last_recorded_at + interval '1 microsecond') AS instant
FROM locked JOIN body b ON b.id = locked.body_id
"""


async def locked_account(
    context: Context, body_id: UUID, ledger: Ledger, kind: str, part: str
) -> LockedAccount:
    """One account of a body, locked until the transaction ends.

    Two changes of one account must never promise the same post; the second waits for the
    first, at most `lock_timeout_s` seconds.

    Raises:
        NotFound: The body does not exist or lies out of the actor's reach.
        AccountMissing: This was never granted to the body.
        LockTimeout: Another command still holds the account; safe to repeat.
    """
    record = await context.connection.fetchrow(_LOCK, body_id, ledger, kind, part)
    if record is None:
        lineage = await context.connection.fetchval(
            "SELECT lineage FROM body WHERE id = $1", body_id
        )
        context.require_reach(lineage or [], "a body with this id")
        raise AccountMissing(
            f"Expected the body to have {kind} {part}, but it was never granted any.",
            f"该机构应当核定有此类编制（{kind}、{part}），但从未核定。",
        )
    context.require_reach(record["lineage"], "a body with this id")
    return LockedAccount(Account.read(record), record["lineage"], record["instant"])


async def steps_from(connection: Connection, account: Account, on: date) -> list[Step]:
    """The balance on a day and each later step of it, oldest first.

    Entries before that day are not read: the account's sums less what came later.
    """
    total = balance_of(account)
    if on >= account.latest_effective_on:
        return [Step(on, total)]
    records = await connection.fetch(
        """SELECT effective_on, sum(authorised)::int, sum(actual)::int,
                  sum(reserved)::int, sum(frozen)::int
           FROM entry WHERE account_id = $1 AND effective_on > $2
           GROUP BY effective_on ORDER BY effective_on DESC""",
        account.id,
        on,
    )
    steps = []
    for from_on, *sums in records:
        steps.append(Step(from_on, total))
        total = total.plus(Balance(*sums), sign=-1)
    steps.append(Step(on, total))
    return steps[::-1]


def record(
    context: Context,
    locked: LockedAccount,
    action: Action,
    delta: Balance,
    effective_on: date,
    **about: Any,
) -> LockedAccount:
    """Append one entry and bring the account's sums up to it; no rule is asked here.

    `about` are the entry's other columns (document_id, reservation_id, reason …).
    """
    account = locked.account
    context.insert(
        Entry(
            id=new_id(),
            account_id=account.id,
            action=action,
            authorised=delta.authorised,
            actual=delta.actual,
            reserved=delta.reserved,
            frozen=delta.frozen,
            effective_on=effective_on,
            recorded_at=locked.recorded_at,
            command_id=context.command_id,
            **about,
        )
    )
    total = locked.balance.plus(delta)
    changed = context.update(
        account,
        authorised=total.authorised,
        actual=total.actual,
        reserved=total.reserved,
        frozen=total.frozen,
        latest_effective_on=max(account.latest_effective_on, effective_on),
        last_recorded_at=locked.recorded_at,
    )
    return LockedAccount(changed, locked.lineage, locked.recorded_at)


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """The balance of one account of a body at one point of both times."""

    kind: str
    part: str
    balance: Balance


# What came after the asked point is taken off the sums: recent questions read few entries.
_BALANCES = """
SELECT b.lineage, a.kind, a.part,
       a.authorised - coalesce(later.authorised, 0) AS authorised,
       a.actual - coalesce(later.actual, 0) AS actual,
       a.reserved - coalesce(later.reserved, 0) AS reserved,
       a.frozen - coalesce(later.frozen, 0) AS frozen
FROM body b LEFT JOIN account a ON a.body_id = b.id AND a.ledger = $2
LEFT JOIN LATERAL (
    SELECT sum(e.authorised)::int AS authorised, sum(e.actual)::int AS actual,
           sum(e.reserved)::int AS reserved, sum(e.frozen)::int AS frozen
    FROM entry e
    WHERE (a.latest_effective_on > $3 OR a.last_recorded_at > $4)
      AND e.account_id = a.id AND (e.effective_on > $3 OR e.recorded_at > $4)
) later ON true
WHERE b.id = $1
ORDER BY a.kind, a.part
"""

# An instant is settled when no open transaction could still record something before it. An
# entry's instant is taken after its transaction began, so the oldest open one is the bound.
_SETTLED = """
SELECT coalesce(min(xact_start), clock_timestamp()) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND state <> 'idle'
"""


async def require_settled(connection: Connection, known_at: datetime) -> None:
    """Refuse an instant about which a transaction may still change what was known.

    Raises:
        KnownTooLate: It lies after the newest settled instant, which `facts` give.
    """
    settled: datetime = await connection.fetchval(_SETTLED)
    if known_at > settled:
        raise KnownTooLate(
            f"Expected an instant up to {settled.isoformat()}, but it is {known_at.isoformat()}.",
            f"时点应当不晚于{settled.isoformat()}，但为{known_at.isoformat()}。",
            settled=settled.isoformat(),
        )


async def balances(
    reading: Reading, body_id: UUID, ledger: Ledger, as_of: date, known_at: datetime | None
) -> list[AccountBalance]:
    """Every account of a body in one ledger, as true on a day and known at an instant.

    Raises:
        NotFound: The body does not exist or lies out of reach.
        KnownTooLate: `known_at` is not settled yet.
    """
    if known_at is not None:
        await require_settled(reading.connection, known_at)
    records = await reading.connection.fetch(_BALANCES, body_id, ledger, as_of, known_at or _ALWAYS)
    reading.require_reach(records[0]["lineage"] if records else [], "a body with this id")
    return [
        AccountBalance(
            r["kind"], r["part"], Balance(r["authorised"], r["actual"], r["reserved"], r["frozen"])
        )
        for r in records
        if r["kind"] is not None
    ]
