"""Draft the quarter's report: the checked figures become a paper to be signed."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import SeriesUnknown
from service.features.rectification.round_codes import ReportState
from service.features.rectification.round_papers import INTERNAL_RULE, release_of, titles_of
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.round_tables import QuarterReport
from service.features.rectification.rounds import locked

_ATTACHED_MAX = 100
_RECIPIENT = "上级机构编制委员会办公室"


class QuarterDrafted(BaseModel):
    """The draft that waits for its signature."""

    report_id: UUID
    draft_id: UUID


class DraftQuarterReport(Command[QuarterDrafted]):
    """Write the quarter's figures into a report (拟制季度报告), after somebody has checked them.

    The papers that show what was closed are named as attachments, at most 100.
    """

    name = "rectification.draft_quarter_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "拟制季度报告"
    title_en = "Draft the quarter's report"
    refusals = (RoundMoved, ClassifiedMatter, SeriesUnknown)

    report_id: UUID
    series: Series
    checked_by: UUID
    remarks: Annotated[str | None, Field(max_length=2000)] = None


@handles(DraftQuarterReport)
async def draft_quarter_report(command: DraftQuarterReport, context: Context) -> QuarterDrafted:
    context.require_city()
    report = await locked(context, QuarterReport, command.report_id, "a quarter report")
    if report.state is ReportState.ISSUED:
        raise moved("a report that is not out yet", "为尚未报送的报告")
    drafted = await context.order(
        DraftDocument(
            kind=PaperKind.QUARTER_REPORT,
            title=f"{_period(report)}整改台账季度报告",
            recipient=_RECIPIENT,
            series=command.series,
            data=_data(report, command.remarks),
            basis=[INTERNAL_RULE],
            release_id=await release_of(context, report.instance_id),
            attachments=await titles_of(context, report.evidence[:_ATTACHED_MAX]),
            subject=Subject(type="quarter_report", id=report.id),
            drafted_by=command.checked_by,
        )
    )
    context.update(
        report,
        state=ReportState.DRAFTED,
        checked_by=command.checked_by,
        remarks=command.remarks,
        draft_id=drafted.id,
    )
    return QuarterDrafted(report_id=report.id, draft_id=drafted.id)


def _period(report: QuarterReport) -> str:
    return f"{report.year}年第{report.quarter}季度"


def _data(report: QuarterReport, remarks: str | None) -> dict[str, Any]:
    def total(name: str) -> int:
        return sum(line[name] for line in report.lines)

    return {
        "quarter": f"{_period(report)}（{report.from_on}至{report.to_on}）",
        "summary": (
            f"登记{total('opened')}项，销号{total('closed')}项，"
            f"在办{total('remaining')}项，其中逾期{total('overdue')}项。"
        ),
        "lines": report.lines,
        "problems": [remarks] if remarks else [],
    }
