"""Reading balances: of an account over time, and of a body at one point of both times."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.core.store.db import Connection
from service.features.quota.rules import Balance, Step
from service.features.quota.tables import Account, Ledger


def balance_of(account: Account) -> Balance:
    """The sums of an account over all its entries: the balance from its latest step on."""
    return Balance(account.authorised, account.actual, account.reserved, account.frozen)


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


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """The balance of one account at one point of both times."""

    ledger: str
    kind: str
    part: str
    balance: Balance


# What came after the asked point is taken off the sums: recent questions read few entries.
_AT = """
SELECT {columns}, a.ledger, a.kind, a.part,
       a.authorised - coalesce(later.authorised, 0) AS authorised,
       a.actual - coalesce(later.actual, 0) AS actual,
       a.reserved - coalesce(later.reserved, 0) AS reserved,
       a.frozen - coalesce(later.frozen, 0) AS frozen
FROM {accounts}
LEFT JOIN LATERAL (
    SELECT sum(e.authorised)::int AS authorised, sum(e.actual)::int AS actual,
           sum(e.reserved)::int AS reserved, sum(e.frozen)::int AS frozen
    FROM entry e
    WHERE (a.latest_effective_on > $1 OR a.last_recorded_at > $2)
      AND e.account_id = a.id AND (e.effective_on > $1 OR e.recorded_at > $2)
) later ON true
WHERE {which}
ORDER BY a.ledger, a.kind, a.part
"""
_BALANCES = _AT.format(
    columns="b.lineage",
    accounts="body b LEFT JOIN account a ON a.body_id = b.id AND a.ledger = ANY ($4)",
    which="b.id = $3",
)
_CITY_BALANCES = _AT.format(
    columns="NULL", accounts="account a", which="a.body_id IS NULL AND a.ledger = 'QUOTA'"
)


async def balances(
    reading: Reading,
    body_id: UUID,
    ledgers: list[Ledger],
    as_of: date,
    known_at: datetime | None,
) -> list[AccountBalance]:
    """Every account of a body in some ledgers, as true on a day and known at an instant.

    Raises:
        NotFound: The body does not exist or lies out of reach.
        KnownTooLate: `known_at` is not settled yet.
    """
    await require_settled(reading.connection, known_at)
    records = await reading.connection.fetch(_BALANCES, as_of, known_at or ALWAYS, body_id, ledgers)
    reading.require_reach(records[0]["lineage"] if records else [], "a body with this id")
    return [_balance(record) for record in records if record["kind"] is not None]


async def city_balances(
    reading: Reading, as_of: date, known_at: datetime | None
) -> list[AccountBalance]:
    """The city's own quota accounts: `authorised` the limit, `actual` what is allotted.

    Raises:
        KnownTooLate: `known_at` is not settled yet.
    """
    await require_settled(reading.connection, known_at)
    records = await reading.connection.fetch(_CITY_BALANCES, as_of, known_at or ALWAYS)
    return [_balance(record) for record in records]


def _balance(record: Any) -> AccountBalance:
    counts = (record[name] for name in ("authorised", "actual", "reserved", "frozen"))
    return AccountBalance(record["ledger"], record["kind"], record["part"], Balance(*counts))
