"""Issue the quarter's report: signed, numbered, and told to the office above."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.documents import rules as papers
from service.features.documents.issue_document import IssueDocument
from service.features.rectification.round_codes import ReportState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.round_tables import QuarterReport
from service.features.rectification.rounds import locked


class QuarterIssued(BaseModel):
    """The report as a paper with its number."""

    report_id: UUID
    document_id: UUID
    code: str


class IssueQuarterReport(Command[QuarterIssued]):
    """Issue the quarter's report to the office above (报送季度报告).

    Whoever checked it does not sign it. Systems of the office above hear of it by the event
    `rectification.quarter_reported`.
    """

    name = "rectification.issue_quarter_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "报送季度报告"
    title_en = "Issue the quarter's report"
    refusals = (RoundMoved, papers.SignerWrote, papers.SeriesUnknown)

    report_id: UUID
    signed_by: UUID


class QuarterReported(Event):
    """The ledger's report of a quarter is out."""

    type: ClassVar[str] = "rectification.quarter_reported"
    title_zh = "季度报告已报送"
    title_en = "Quarter reported"

    report_id: UUID
    year: int
    quarter: int
    document_id: UUID
    code: str

    def subject(self) -> str:
        return f"quarter_report/{self.report_id}"


@handles(IssueQuarterReport)
async def issue_quarter_report(command: IssueQuarterReport, context: Context) -> QuarterIssued:
    context.require_city()
    report = await locked(context, QuarterReport, command.report_id, "a quarter report")
    if report.state is not ReportState.DRAFTED or report.draft_id is None:
        raise moved("a report that waits for its signature", "为待签发的报告")
    paper = await context.order(
        IssueDocument(draft_id=report.draft_id, signed_by=command.signed_by)
    )
    context.update(report, state=ReportState.ISSUED, document_id=paper.id)
    context.announce(
        QuarterReported(
            report_id=report.id,
            year=report.year,
            quarter=report.quarter,
            document_id=paper.id,
            code=paper.code,
        )
    )
    return QuarterIssued(report_id=report.id, document_id=paper.id, code=paper.code)
