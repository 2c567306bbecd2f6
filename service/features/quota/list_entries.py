"""List the entries of a body's accounts: the account book, newest first."""

from datetime import datetime
from uuid import UUID

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.features.bodies.at_a_moment import AtAMoment
from service.features.quota.entry_view import EntryView
from service.features.quota.tables import Action, Ledger

_MATCHING = """
FROM entry e JOIN account a ON a.id = e.account_id
WHERE a.body_id = $1 AND ($2::text IS NULL OR a.ledger = $2) AND ($3::text IS NULL OR a.kind = $3)
  AND ($4::text IS NULL OR e.action = $4)
  AND ($5::date IS NULL OR e.effective_on <= $5) AND e.recorded_at <= $6
"""


class EntryFilter(AtAMoment):
    """Which entries of a body; `as_of` leaves out what takes effect later."""

    body_id: UUID
    ledger: Ledger | None = None
    kind: str | None = None
    action: Action | None = None


class ListEntries(EntryFilter, Query[Page[EntryView]]):
    """The entries of a body's accounts (台账明细) in the order in which they were recorded."""

    name = "quota.list_entries"
    duties = LEDGER_READERS
    title_zh = "台账明细"
    title_en = "List entries"
    refusals = (KnownTooLate,)

    limit: Limit = 50
    cursor: Cursor = None


class CountEntries(EntryFilter, Query[Count]):
    """How many entries the same filters match."""

    name = "quota.count_entries"
    duties = LEDGER_READERS
    title_zh = "统计台账明细"
    title_en = "Count entries"
    refusals = (KnownTooLate,)


async def _parameters(asked: EntryFilter, reading: Reading) -> list[object]:
    await require_settled(reading.connection, asked.known_at)
    lineage = await reading.connection.fetchval(
        "SELECT lineage FROM body WHERE id = $1", asked.body_id
    )
    reading.require_reach(lineage or [], "a body with this id")
    return [
        asked.body_id,
        asked.ledger,
        asked.kind,
        asked.action,
        asked.as_of,
        asked.known_at or ALWAYS,
    ]


@answers(ListEntries)
async def list_entries(query: ListEntries, reading: Reading) -> Page[EntryView]:
    parameters = await _parameters(query, reading)
    recorded_at, entry_id = position_of(query.cursor, datetime, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT e.*, a.body_id, a.ledger, a.kind, a.part {_MATCHING}
            AND ($7::timestamptz IS NULL OR (e.recorded_at, e.id) < ($7, $8::uuid))
            ORDER BY e.recorded_at DESC, e.id DESC LIMIT $9""",
        *parameters,
        recorded_at,
        entry_id,
        query.limit + 1,
    )
    views = [EntryView.model_validate(dict(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.recorded_at, view.id))


@answers(CountEntries)
async def count_entries(query: CountEntries, reading: Reading) -> Count:
    parameters = await _parameters(query, reading)
    return Count(
        count=await reading.connection.fetchval(f"SELECT count(*) {_MATCHING}", *parameters)
    )
