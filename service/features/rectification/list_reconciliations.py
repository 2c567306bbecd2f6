"""List reconciliations, the latest first."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.rectification.finding import READERS
from service.features.rectification.round_codes import RoundState

#: The answers of a round that are within reach; a unit sees its own alone.
WITHIN_REACH = "($1::boolean OR b.id = ANY ($2::uuid[]) OR b.lineage && $3::uuid[])"
_ROUNDS = f"""
SELECT r.*, c.* FROM reconciliation_round r CROSS JOIN LATERAL (
    SELECT count(*) AS units, count(*) FILTER (WHERE a.state = 'CONFIRMED') AS confirmed,
           count(*) FILTER (WHERE a.state = 'DIFFERS') AS differing,
           count(*) FILTER (WHERE a.state = 'NOT_CONFIRMED') AS not_confirmed
    FROM reconciliation_answer a JOIN body b ON b.id = a.body_id
    WHERE a.round_id = r.id AND {WITHIN_REACH}) c
WHERE ($1 OR c.units > 0)
"""


class ReconciliationView(BaseModel):
    """A round: the units within reach, by what they said."""

    id: UUID
    year: int
    begun_on: date
    state: RoundState
    units: int
    confirmed: int
    differing: int
    not_confirmed: int
    closed_on: date | None
    instance_id: UUID
    version: int


class ListReconciliations(Query[Page[ReconciliationView]]):
    """Yearly reconciliations of the ledger (台账核对), the latest first, within reach."""

    name = "rectification.list_reconciliations"
    duties = READERS
    title_zh = "台账核对列表"
    title_en = "List reconciliations"

    limit: Limit = 50
    cursor: Cursor = None


@answers(ListReconciliations)
async def list_reconciliations(
    query: ListReconciliations, reading: Reading
) -> Page[ReconciliationView]:
    (before,) = position_of(query.cursor, int) or (None,)
    records = await reading.connection.fetch(
        f"{_ROUNDS} AND ($4::int IS NULL OR r.year < $4) ORDER BY r.year DESC LIMIT $5",
        *reading.reach,
        before,
        query.limit + 1,
    )
    views = [ReconciliationView.model_validate(dict(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.year))


async def found(reading: Reading, round_id: UUID) -> dict[str, Any] | None:
    """One round with its counts, where anything of it is within reach."""
    record = await reading.connection.fetchrow(f"{_ROUNDS} AND r.id = $4", *reading.reach, round_id)
    return None if record is None else dict(record)
