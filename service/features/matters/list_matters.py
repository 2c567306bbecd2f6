"""List matters, the newest first."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_READERS
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.matters.asking import MatterType
from service.features.matters.codes import Outcome, Stage, State
from service.features.matters.tables import Matter
from service.features.matters.view import MatterSummary, summary_of

READERS = LEDGER_READERS | {Duty.COMMISSION_SECRETARY, Duty.COMMISSION_MEMBER}
_MATCHING = """
FROM matter m JOIN body b ON b.id = m.body_id
WHERE ($1 OR b.id = ANY ($2) OR b.lineage && $3)
AND ($4::text IS NULL OR m.stage = $4) AND ($5::text IS NULL OR m.state = $5)
AND ($6::text IS NULL OR m.outcome = $6) AND ($7::text IS NULL OR m.type = $7)
AND ($8::uuid IS NULL OR m.body_id = $8) AND ($9::text IS NULL OR m.number = $9)
"""


class MatterFilter(BaseModel):
    """Which matters: at a stage, in a state, of an outcome or type, of a body, by number."""

    stage: Stage | None = None
    state: State | None = None
    outcome: Outcome | None = None
    type: MatterType | None = None
    body_id: UUID | None = None
    number: Annotated[str | None, Field(max_length=20)] = None


class ListMatters(MatterFilter, Query[Page[MatterSummary]]):
    """Matters within reach (事项列表), newest first."""

    name = "matters.list_matters"
    duties = READERS
    title_zh = "事项列表"
    title_en = "List matters"

    limit: Limit = 50
    cursor: Cursor = None


class CountMatters(MatterFilter, Query[Count]):
    """How many matters the same filters match."""

    name = "matters.count_matters"
    duties = READERS
    title_zh = "统计事项"
    title_en = "Count matters"


def _parameters(asked: MatterFilter, reading: Reading) -> list[object]:
    filters = (asked.stage, asked.state, asked.outcome, asked.type, asked.body_id, asked.number)
    return [*reading.reach, *filters]


@answers(CountMatters)
async def count_matters(query: CountMatters, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", *_parameters(query, reading)
    )
    return Count(count=count)


@answers(ListMatters)
async def list_matters(query: ListMatters, reading: Reading) -> Page[MatterSummary]:
    asked_at, matter_id = position_of(query.cursor, datetime, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT m.* {_MATCHING}
            AND ($10::timestamptz IS NULL OR (m.asked_at, m.id) < ($10, $11::uuid))
            ORDER BY m.asked_at DESC, m.id DESC LIMIT $12""",
        *_parameters(query, reading),
        asked_at,
        matter_id,
        query.limit + 1,
    )
    views = [summary_of(Matter.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.asked_at, view.id))
