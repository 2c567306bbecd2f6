"""List quarter reports, the latest first."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.rectification.list_look_backs import OVERSEERS
from service.features.rectification.round_codes import ReportState


class QuarterReportView(BaseModel):
    """A quarter's report with the sums over all bodies."""

    id: UUID
    year: int
    quarter: int
    from_on: date
    to_on: date
    state: ReportState
    opened: int
    closed: int
    remaining: int
    overdue: int
    document_id: UUID | None
    instance_id: UUID
    version: int


_SUM = "(SELECT coalesce(sum((l->>'{0}')::int), 0) FROM jsonb_array_elements(q.lines) l) AS {0}"
_SUMS = ", ".join(_SUM.format(name) for name in ("opened", "closed", "remaining", "overdue"))
REPORTS = f"SELECT q.*, {_SUMS} FROM quarter_report q"


class ListQuarterReports(Query[Page[QuarterReportView]]):
    """Quarter reports of the ledger (整改台账季度报告), the latest first."""

    name = "rectification.list_quarter_reports"
    duties = OVERSEERS
    title_zh = "季度报告列表"
    title_en = "List quarter reports"

    year: Annotated[int | None, Field(ge=2000, le=9999)] = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(ListQuarterReports)
async def list_quarter_reports(
    query: ListQuarterReports, reading: Reading
) -> Page[QuarterReportView]:
    reading.require_city()
    year, quarter = position_of(query.cursor, int, int) or (None, None)
    records = await reading.connection.fetch(
        f"""{REPORTS} WHERE ($1::int IS NULL OR q.year = $1)
            AND ($2::int IS NULL OR (q.year, q.quarter) < ($2, $3::int))
            ORDER BY q.year DESC, q.quarter DESC LIMIT $4""",
        query.year,
        year,
        quarter,
        query.limit + 1,
    )
    views = [QuarterReportView.model_validate(dict(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.year, view.quarter))
