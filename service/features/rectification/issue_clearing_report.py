"""Issue the clearing report: signed by the director, with a number."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents import rules as papers
from service.features.documents.issue_document import IssueDocument
from service.features.rectification.campaign_tables import Campaign
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.rounds import locked


class ClearingIssued(BaseModel):
    """The report as a paper with its number."""

    campaign_id: UUID
    document_id: UUID
    code: str


class IssueClearingReport(Command[ClearingIssued]):
    """Issue the clearing report of a campaign (制发清零报告); whoever wrote it does not sign."""

    name = "rectification.issue_clearing_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "制发清零报告"
    title_en = "Issue the clearing report"
    refusals = (RoundMoved, papers.SignerWrote, papers.SeriesUnknown)

    campaign_id: UUID
    signed_by: UUID


@handles(IssueClearingReport)
async def issue_clearing_report(command: IssueClearingReport, context: Context) -> ClearingIssued:
    context.require_city()
    campaign = await locked(context, Campaign, command.campaign_id, "a campaign")
    if campaign.draft_id is None or campaign.document_id is not None:
        raise moved("a report that waits for its signature", "为待签发的清零报告")
    paper = await context.order(
        IssueDocument(draft_id=campaign.draft_id, signed_by=command.signed_by)
    )
    context.update(campaign, document_id=paper.id)
    return ClearingIssued(campaign_id=campaign.id, document_id=paper.id, code=paper.code)
