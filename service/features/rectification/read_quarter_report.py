"""Read one quarter report: body by body, with the papers that show what was closed."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification.list_look_backs import OVERSEERS
from service.features.rectification.list_quarter_reports import REPORTS, QuarterReportView


class QuarterLineView(BaseModel):
    """What one body's items came to."""

    body: str
    opened: int
    closed: int
    remaining: int
    overdue: int


class QuarterReportDetail(QuarterReportView):
    """A quarter's report with its lines."""

    lines: list[QuarterLineView]
    evidence: list[UUID]
    remarks: str | None
    checked_by: UUID | None
    draft_id: UUID | None


class ReadQuarterReport(Query[QuarterReportDetail]):
    """One quarter report (查询季度报告), body by body."""

    name = "rectification.read_quarter_report"
    duties = OVERSEERS
    title_zh = "查询季度报告"
    title_en = "Read a quarter report"

    report_id: UUID


@answers(ReadQuarterReport)
async def read_quarter_report(query: ReadQuarterReport, reading: Reading) -> QuarterReportDetail:
    reading.require_city()
    record = await reading.connection.fetchrow(f"{REPORTS} WHERE q.id = $1", query.report_id)
    if record is None:
        raise missing("a quarter report")
    return QuarterReportDetail.model_validate(dict(record))
