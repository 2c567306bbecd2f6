"""Whether accounts keep I1, I2 and I3 on every day, and their sums agree with what made them."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from asyncpg import Record

from service.core.check import Check, Finding
from service.core.store.db import Connection
from service.features.quota.replay import Change, replayed
from service.features.quota.rules import Balance

#: Accounts read at once, each with all of its entries.
_BATCH = 200

# What an account should count besides its entries: people on the establishment, posts promised.
_ENTRIES = """
WITH batch AS (SELECT * FROM account WHERE id > $1 ORDER BY id LIMIT $2)
SELECT a.id, a.body_id, a.ledger, a.kind, a.part, a.authorised AS sum_authorised,
       a.actual AS sum_actual, a.reserved AS sum_reserved, a.frozen AS sum_frozen,
       a.latest_effective_on, a.last_recorded_at, a.people, a.promised,
       e.id AS entry_id, e.action, e.authorised, e.actual, e.reserved, e.frozen,
       e.effective_on, e.recorded_at, e.command_id, e.corrects_id, e.is_breach
FROM (SELECT batch.*,
        CASE WHEN batch.body_id IS NULL THEN NULL WHEN batch.ledger = 'QUOTA' THEN
            (SELECT count(*) FROM person p WHERE p.status = 'ACTIVE'
             AND (p.body_id, p.kind, p.funding) = (batch.body_id, batch.kind, batch.part))
        ELSE
            (SELECT count(*) FROM person p WHERE p.status = 'ACTIVE'
             AND (p.body_id, p.tier, p.level, p.slot)
                 = (batch.body_id, batch.ledger, batch.kind, batch.part))
        END AS people,
        (SELECT coalesce(sum(r.posts - r.used), 0) FROM reservation r
         WHERE r.account_id = batch.id AND r.state = 'HELD') AS promised
      FROM batch) a
LEFT JOIN entry e ON e.account_id = a.id
ORDER BY a.id, e.recorded_at, e.id
"""
_FIRST = UUID(int=0)


async def _find(connection: Connection) -> list[Finding]:
    findings: list[Finding] = []
    last = _FIRST
    while records := await connection.fetch(_ENTRIES, last, _BATCH):
        for _, group in groupby(records, key=lambda record: record["id"]):
            findings += _findings(list(group))
        last = records[-1]["id"]
    return findings


def _findings(records: Sequence[Record]) -> Iterator[Finding]:
    account = records[0]
    entries = [record for record in records if record["entry_id"] is not None]
    subject = f"account/{account['id']}"
    name = f"{account['kind']} {account['part']}"
    total, wrong = replayed(list(_changes(entries)))
    for each in wrong:
        yield Finding(
            _rule_of(account),
            subject,
            f"{name}: command {each.command_id} left {_shown(each.balance)} from {each.on} on",
        )
    stored = Balance(
        account["sum_authorised"],
        account["sum_actual"],
        account["sum_reserved"],
        account["sum_frozen"],
    )
    if stored != total:
        yield Finding("LEDGER", subject, f"{name}: {_shown(stored)}, entries make {_shown(total)}")
    if account["people"] not in (None, total.actual):
        people = account["people"]
        yield Finding("LEDGER", subject, f"{name}: {total.actual} counted as held, by {people}")
    if account["promised"] != total.reserved:
        promised = account["promised"]
        yield Finding("LEDGER", subject, f"{name}: {total.reserved} reserved, {promised} promised")
    yield from _times(account, entries, subject)


def _times(account: Record, entries: Sequence[Record], subject: str) -> Iterator[Finding]:
    """Entries of an account became known one after the other, and it knows the latest of both."""
    instants = [entry["recorded_at"] for entry in entries]
    if len(set(instants)) < len(instants):
        yield Finding("LEDGER", subject, "two entries became known at the same instant")
    if instants and (
        max(instants) > account["last_recorded_at"]
        or max(entry["effective_on"] for entry in entries) > account["latest_effective_on"]
    ):
        yield Finding("LEDGER", subject, "an entry is later than the account's latest one")


def _changes(entries: Sequence[Record]) -> Iterator[Change]:
    #: Openings and what corrects them, directly or in turn.
    found: set[UUID] = set()
    for entry in entries:
        if entry["action"] == "OPEN" or entry["corrects_id"] in found:
            found.add(entry["entry_id"])
        yield Change(
            entry["command_id"],
            Balance(entry["authorised"], entry["actual"], entry["reserved"], entry["frozen"]),
            entry["effective_on"],
            is_recorded_state=entry["is_breach"] or entry["entry_id"] in found,
        )


def _rule_of(account: Record) -> str:
    if account["body_id"] is None:
        return "I3"
    return "I1" if account["ledger"] == "QUOTA" else "I2"


def _shown(balance: Balance) -> str:
    return (
        f"{balance.authorised} authorised, {balance.actual} held, "
        f"{balance.reserved} reserved, {balance.frozen} frozen"
    )


ACCOUNTS = Check(
    {
        "I1": ("实有与预占不超核定编制", "no action exceeded a quota"),
        "I2": ("领导不超核定职数", "no action exceeded the posts"),
        "I3": ("各单位编制之和等于已下达总数且不超全市总量", "bodies stay within the city's limit"),
        "LEDGER": ("余额与分录、人员、预占一致", "sums agree with entries, people and promises"),
    },
    _find,
)
