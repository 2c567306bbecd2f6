"""List, count and total quota lines: what the bodies have, line by line and together."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.bodies.at_a_moment import Parameters
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.lines import COUNTS, LineCounts, LineFilter, lines_at


class QuotaLineView(LineCounts):
    """What one body has of one kind and funding form; bodies below it apart."""

    body_id: UUID
    body_code: str
    full_name: str
    kind: QuotaKind
    funding: Funding


class QuotaTotal(LineCounts):
    """What all matching lines of one kind and funding form have together.

    `available` and `over` are sums over the lines: one body's vacancy is no other body's room.
    """

    kind: QuotaKind
    funding: Funding
    lines: int


class QuotaTotals(BaseModel):
    """Totals on one day, as known at one instant, by kind and funding form."""

    as_of: date
    known_at: datetime | None
    totals: list[QuotaTotal]


class ListQuotaLines(LineFilter, Query[Page[QuotaLineView]]):
    """The quota lines of all bodies (编制明细) by body code, kind and funding form."""

    name = "quota.list_quota_lines"
    duties = LEDGER_READERS
    title_zh = "编制明细"
    title_en = "List quota lines"
    refusals = (KnownTooLate,)

    limit: Limit = 50
    cursor: Cursor = None


class CountQuotaLines(LineFilter, Query[Count]):
    """How many quota lines the same filters match."""

    name = "quota.count_quota_lines"
    duties = LEDGER_READERS
    title_zh = "统计编制明细"
    title_en = "Count quota lines"
    refusals = (KnownTooLate,)


class TotalQuotaLines(LineFilter, Query[QuotaTotals]):
    """What the matching quota lines have together (编制合计)."""

    name = "quota.total_quota_lines"
    duties = LEDGER_READERS
    title_zh = "编制合计"
    title_en = "Total quota lines"
    refusals = (KnownTooLate,)


@answers(ListQuotaLines)
async def list_quota_lines(query: ListQuotaLines, reading: Reading) -> Page[QuotaLineView]:
    parameters = Parameters()
    lines = await lines_at(query, reading, parameters)
    after = "true"
    if (position := position_of(query.cursor, str, QuotaKind, Funding)) is not None:
        code, kind, funding = map(parameters.place, position)
        after = f"(body_code, kind, funding) > ({code}, {kind}, {funding})"
    records = await reading.connection.fetch(
        f"SELECT * FROM {lines} line WHERE {after}"
        f" ORDER BY body_code, kind, funding LIMIT {parameters.place(query.limit + 1)}",
        *parameters,
    )
    views = [QuotaLineView.model_validate(dict(record)) for record in records]
    return page_of(
        views, query.limit, lambda view: cursor_of(view.body_code, view.kind, view.funding)
    )


@answers(CountQuotaLines)
async def count_quota_lines(query: CountQuotaLines, reading: Reading) -> Count:
    parameters = Parameters()
    lines = await lines_at(query, reading, parameters)
    count = await reading.connection.fetchval(f"SELECT count(*) FROM {lines} line", *parameters)
    return Count(count=count)


@answers(TotalQuotaLines)
async def total_quota_lines(query: TotalQuotaLines, reading: Reading) -> QuotaTotals:
    parameters = Parameters()
    lines = await lines_at(query, reading, parameters)
    sums = ", ".join(f"sum({name})::int AS {name}" for name in COUNTS)
    records = await reading.connection.fetch(
        f"SELECT kind, funding, count(*) AS lines, {sums} FROM {lines} line"
        " GROUP BY kind, funding ORDER BY kind, funding",
        *parameters,
    )
    return QuotaTotals(
        as_of=query.as_of or reading.today,
        known_at=query.known_at,
        totals=[QuotaTotal.model_validate(dict(record)) for record in records],
    )
