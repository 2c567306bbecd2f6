"""Accounts of the ledger under lock: which one a body has, and that nobody else changes it.

Bodies are locked before their accounts, shared, in the order of their ids; accounts in the order
of theirs. Whoever closes or re-ranks a body holds it alone, so that nothing is granted to it and
nobody comes to it meanwhile, and no two commands wait for each other.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.features.quota.rules import AccountMissing
from service.features.quota.tables import Account, Ledger


class AccountKey(NamedTuple):
    """What an account counts; `body_id` None is the city's own limit."""

    body_id: UUID | None
    ledger: Ledger
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class LockedAccount:
    """An account that this transaction may change, and the instant its next entry is known."""

    account: Account
    #: The body, None for the city's own account.
    body: "LedgerBody | None"
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LedgerBody:
    """What the ledger's rules ask of a body."""

    lineage: list[UUID]
    name: str
    system_category: str
    rank: str
    status: str


# Behind the CTE the instant is taken after the wait for the lock, not before it: entries of one
# account are known in the order in which they were made. A body in `held` is as it is once the
# wait for it is over. The arrays are filled, and so the bodies locked, before the first account.
_FOUND = """
SELECT locked.*, b.lineage, b.full_name, b.system_category, b.rank, b.status,
       greatest(clock_timestamp(), locked.last_recorded_at + interval '1 microsecond') AS instant
FROM locked LEFT JOIN {bodies} b ON b.id = locked.body_id
"""
_LOCK = """
WITH held AS MATERIALIZED (
    SELECT * FROM body WHERE id = ANY (ARRAY({bodies})) ORDER BY id FOR SHARE),
locked AS MATERIALIZED (
    SELECT a.* FROM account a {wanted}
    AND (a.body_id IS NULL OR a.body_id = ANY (ARRAY(SELECT id FROM held)))
    ORDER BY a.id FOR UPDATE OF a)
""" + _FOUND.format(bodies="held")
_LOCK_SOME = _LOCK.format(
    bodies="SELECT unnest($1::uuid[])",
    wanted="""JOIN unnest($1::uuid[], $2::text[], $3::text[], $4::text[])
                  AS w(body_id, ledger, kind, part)
        ON (a.body_id = w.body_id OR a.body_id IS NULL AND w.body_id IS NULL)
       AND a.ledger = w.ledger AND a.kind = w.kind AND a.part = w.part""",
)
_LOCK_BY_ID = _LOCK.format(
    bodies="SELECT body_id FROM account WHERE id = ANY ($1)", wanted="WHERE a.id = ANY ($1)"
)
_LOCK_OF_RESERVATION = _LOCK.format(
    bodies="SELECT body_id FROM reservation WHERE id = $1",
    wanted="WHERE a.id = (SELECT account_id FROM reservation WHERE id = $1)",
)
_LOCK_BODIES = f"""
WITH locked AS MATERIALIZED (
    SELECT * FROM account WHERE body_id = ANY ($1) ORDER BY id FOR UPDATE)
{_FOUND.format(bodies="body")} ORDER BY locked.ledger, locked.kind, locked.part, locked.id
"""
_HOLD = "SELECT * FROM body WHERE id = ANY ($1) ORDER BY id FOR SHARE"
_OPEN = """
INSERT INTO account (id, version, body_id, ledger, kind, part, authorised, actual, reserved,
                     frozen, latest_effective_on, last_recorded_at)
SELECT w.id, 1, w.body_id, w.ledger, w.kind, w.part, 0, 0, 0, 0, $6, clock_timestamp()
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])
     AS w(id, body_id, ledger, kind, part)
ON CONFLICT DO NOTHING
"""
_BODY = "a body with this id"
_FIRST_DAY = date(1949, 10, 1)


async def locked_account(context: Context, key: AccountKey) -> LockedAccount:
    """One account of a body, locked until the transaction ends.

    Two changes of one account must never promise the same post; the second waits for the
    first, at most `lock_timeout_s` seconds.

    Raises:
        NotFound: The body does not exist or lies out of the actor's reach.
        AccountMissing: This was never granted to the body.
        LockTimeout: Another command still holds the account; safe to repeat.
    """
    return (await locked_accounts(context, key))[key]


async def locked_accounts(
    context: Context, *keys: AccountKey, is_opening: bool = False, what: str = _BODY
) -> dict[AccountKey, LockedAccount]:
    """Several accounts, locked in the order of their ids, so that no two commands can deadlock.

    `is_opening` makes those that do not exist yet; otherwise a missing one is refused.

    Raises:
        NotFound: A body does not exist or lies out of the actor's reach.
        AccountMissing: One of them was never granted.
        LockTimeout: Another command still holds one of them; safe to repeat.
    """
    wanted = list(dict.fromkeys(keys))
    in_order = sorted(wanted, key=lambda key: (str(key.body_id), *key[1:]))
    columns: list[list[Any]] = [list(column) for column in zip(*in_order, strict=True)]
    if is_opening:
        await _hold(context, [key.body_id for key in wanted if key.body_id is not None], what)
        ids = [new_id() for _ in wanted]
        await context.connection.execute(_OPEN, ids, *columns, _FIRST_DAY)
    records = await context.connection.fetch(_LOCK_SOME, *columns)
    found = {key_of(locked.account): locked for locked in map(_locked, records)}
    for key in wanted:
        if key not in found:
            await require_body(context, key.body_id)
            raise AccountMissing(
                f"Expected {key.kind} {key.part} to be granted before, but it never was.",
                f"此类编制（{key.kind}、{key.part}）应当已核定，但从未核定。",
            )
        _require_reach(context, found[key], what)
    return found


async def lock_of_reservation(context: Context, reservation_id: UUID) -> LockedAccount | None:
    """The account of a reservation, locked; None where there is no such reservation.

    Raises:
        NotFound: It lies out of the actor's reach.
    """
    record = await context.connection.fetchrow(_LOCK_OF_RESERVATION, reservation_id)
    if record is None:
        return None
    locked = _locked(record)
    _require_reach(context, locked, "a reservation with this id")
    return locked


async def locked_by_id(context: Context, *account_ids: UUID) -> dict[UUID, LockedAccount]:
    """Accounts by their ids, locked in the order of these.

    Raises:
        NotFound: One of them lies out of the actor's reach.
    """
    records = await context.connection.fetch(_LOCK_BY_ID, list(account_ids))
    found = {locked.account.id: locked for locked in map(_locked, records)}
    for locked in sorted(found.values(), key=lambda each: each.body is None):
        _require_reach(context, locked, "an entry with this id")
    return found


async def locked_bodies(context: Context, *body_ids: UUID) -> list[LockedAccount]:
    """Every account of some bodies, locked in the order of their ids; reach is the caller's."""
    records = await context.connection.fetch(_LOCK_BODIES, list(body_ids))
    return [_locked(record) for record in records]


async def _hold(context: Context, body_ids: list[UUID], what: str) -> None:
    """Lock bodies, shared, before an account of theirs is made.

    Raises:
        NotFound: One does not exist or lies out of reach.
    """
    records = await context.connection.fetch(_HOLD, body_ids)
    lineages = {record["id"]: record["lineage"] for record in records}
    for body_id in body_ids:
        context.require_reach(lineages.get(body_id, []), what)


def key_of(account: Account) -> AccountKey:
    return AccountKey(account.body_id, account.ledger, account.kind, account.part)


async def require_body(context: Context, body_id: UUID | None) -> LedgerBody:
    """A body within the actor's reach.

    Raises:
        NotFound: It does not exist or lies out of reach.
    """
    record = await context.connection.fetchrow("SELECT * FROM body WHERE id = $1", body_id)
    context.require_reach(record["lineage"] if record else [], "a body with this id")
    assert record is not None, "an empty lineage is never covered"
    return _body(record)


def _require_reach(context: Context, locked: LockedAccount, what: str = _BODY) -> None:
    if locked.body is None:
        context.require_city()
    else:
        context.require_reach(locked.body.lineage, what)


def _locked(record: Any) -> LockedAccount:
    body = None if record["body_id"] is None else _body(record)
    return LockedAccount(Account.read(record), body, record["instant"])


def _body(record: Any) -> LedgerBody:
    return LedgerBody(
        record["lineage"],
        record["full_name"],
        record["system_category"],
        record["rank"],
        record["status"],
    )
