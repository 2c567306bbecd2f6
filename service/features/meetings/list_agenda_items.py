"""List agenda items: what waits for a meeting, what is on one, what was decided."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.values import Line
from service.features.meetings.codes import ItemState, MeetingLevel
from service.features.meetings.people import READERS
from service.features.meetings.tables import AgendaItem
from service.features.meetings.view import AgendaItemView, item_view

_MATCHING = """
FROM agenda_item WHERE ($1::text IS NULL OR level = $1) AND ($2::text IS NULL OR state = $2)
AND ($3::uuid IS NULL OR meeting_id = $3) AND ($4::text IS NULL OR subject_id = $4)
AND ($5::boolean IS NULL OR (pressed_at IS NOT NULL) = $5)
"""


class AgendaItemFilter(BaseModel):
    """Which items: of a level, in a state, of a meeting, of a subject, pressed or not."""

    level: MeetingLevel | None = None
    state: ItemState | None = None
    meeting_id: UUID | None = None
    subject_id: Line | None = None
    is_pressed: Annotated[
        bool | None, Field(description="Only those that have waited too long, or only others.")
    ] = None


class ListAgendaItems(AgendaItemFilter, Query[Page[AgendaItemView]]):
    """Agenda items (议题列表): pressed ones first, then those put first."""

    name = "meetings.list_agenda_items"
    duties = READERS
    title_zh = "议题列表"
    title_en = "List agenda items"

    limit: Limit = 50
    cursor: Cursor = None


class CountAgendaItems(AgendaItemFilter, Query[Count]):
    """How many agenda items the same filters match."""

    name = "meetings.count_agenda_items"
    duties = READERS
    title_zh = "统计议题"
    title_en = "Count agenda items"


@answers(ListAgendaItems)
async def list_agenda_items(query: ListAgendaItems, reading: Reading) -> Page[AgendaItemView]:
    reading.require_city()
    is_calm, put_at, item_id = position_of(query.cursor, bool, datetime, UUID) or (
        None,
        None,
        None,
    )
    records = await reading.connection.fetch(
        f"""SELECT * {_MATCHING}
            AND ($6::boolean IS NULL OR (pressed_at IS NULL, put_at, id) > ($6, $7, $8::uuid))
            ORDER BY (pressed_at IS NULL), put_at, id LIMIT $9""",
        *_filters(query),
        is_calm,
        put_at,
        item_id,
        query.limit + 1,
    )
    views = [item_view(AgendaItem.read(record)) for record in records]
    return page_of(
        views,
        query.limit,
        lambda view: cursor_of(view.pressed_at is None, view.put_at, view.id),
    )


@answers(CountAgendaItems)
async def count_agenda_items(query: CountAgendaItems, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(f"SELECT count(*) {_MATCHING}", *_filters(query))
    return Count(count=count)


def _filters(query: AgendaItemFilter) -> tuple[Any, ...]:
    return query.level, query.state, query.meeting_id, query.subject_id, query.is_pressed
