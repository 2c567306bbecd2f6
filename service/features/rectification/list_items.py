"""List items of the ledger, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel, Field

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.values import Line
from service.features.rectification import rules
from service.features.rectification.codes import ENDS, Area, ItemState, Severity, SourceType
from service.features.rectification.finding import READERS, item_of
from service.features.rectification.item_view import ItemSummary, summary_of
from service.features.rectification.lights import lights

_ENDED = sorted(state.value for state in ENDS)
MATCHING = """
FROM rectification_item i JOIN body b ON b.id = i.body_id
WHERE ($1::boolean OR i.body_id = ANY ($2::uuid[]) OR b.lineage && $3::uuid[])
AND ($4::text IS NULL OR i.state = $4) AND ($5::uuid IS NULL OR i.body_id = $5)
AND ($6::text IS NULL OR i.severity = $6) AND ($7::text IS NULL OR i.area = $7)
AND ($8::text IS NULL OR i.source_type = $8) AND ($9::boolean IS NULL OR i.is_overdue = $9)
AND ($10::int IS NULL OR i.category = $10) AND ($11::text IS NULL OR i.responsible_leader = $11)
AND ($12::text IS NULL OR i.number = $12)
AND ($13::boolean IS NULL OR (i.state <> ALL ($14::text[])) = $13)
"""


class ItemFilter(BaseModel):
    """Which items; what is left out does not matter."""

    state: ItemState | None = None
    body_id: UUID | None = None
    severity: Severity | None = None
    area: Area | None = None
    source_type: SourceType | None = None
    is_overdue: bool | None = None
    category: Annotated[int | None, Field(ge=1, le=99)] = None
    responsible_leader: Line | None = None
    number: Line | None = None
    is_open: Annotated[bool | None, Field(description="Only open ones, or only ended ones.")] = None


class ListItems(ItemFilter, Query[Page[ItemSummary]]):
    """Items of the rectification ledger (整改事项列表), newest first, within reach."""

    name = "rectification.list_items"
    duties = READERS
    title_zh = "整改事项列表"
    title_en = "List rectification items"
    refusals = (rules.LedgerRulesMissing,)

    limit: Limit = 50
    cursor: Cursor = None


class CountItems(ItemFilter, Query[Count]):
    """How many items the same filters match."""

    name = "rectification.count_items"
    duties = READERS
    title_zh = "统计整改事项"
    title_en = "Count rectification items"


@answers(ListItems)
async def list_items(query: ListItems, reading: Reading) -> Page[ItemSummary]:
    opened_at, item_id = position_of(query.cursor, datetime, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT i.*, b.full_name {MATCHING}
            AND ($15::timestamptz IS NULL OR (i.opened_at, i.id) < ($15, $16::uuid))
            ORDER BY i.opened_at DESC, i.id DESC LIMIT $17""",
        *parameters(query, reading),
        opened_at,
        item_id,
        query.limit + 1,
    )
    opened = {record["id"]: record["opened_at"] for record in records}
    views = await summaries(reading, records)
    return page_of(views, query.limit, lambda view: cursor_of(opened[view.id], view.id))


@answers(CountItems)
async def count_items(query: CountItems, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        f"SELECT count(*) {MATCHING}", *parameters(query, reading)
    )
    return Count(count=count)


def parameters(query: ItemFilter, reading: Reading) -> tuple[Any, ...]:
    """The values of `MATCHING`, in its order."""
    return (
        *reading.reach,
        query.state,
        query.body_id,
        query.severity,
        query.area,
        query.source_type,
        query.is_overdue,
        query.category,
        query.responsible_leader,
        query.number,
        query.is_open,
        _ENDED,
    )


async def summaries(reading: Reading, records: Sequence[Record]) -> list[ItemSummary]:
    """Items as lists show them, with their lights."""
    items = [item_of(record) for record in records]
    lit = await lights(reading, items)
    return [
        summary_of(item, record["full_name"], lit.get(item.id))
        for item, record in zip(items, records, strict=True)
    ]
