"""Draft the clearing report: what a campaign came to, for the commission."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.kinds.part import Said
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import SeriesUnknown
from service.features.rectification.campaign_tables import Campaign
from service.features.rectification.campaigns import TARGET, course_of
from service.features.rectification.round_codes import CampaignState
from service.features.rectification.round_papers import INTERNAL_RULE, release_of
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.rounds import locked

_OPEN = f"""
SELECT i.number, i.problem {TARGET} AND i.state NOT IN ('CLOSED', 'REFERRED_CLOSED')
ORDER BY i.number LIMIT 50
"""
_SILENT = """
SELECT b.full_name FROM campaign_answer a JOIN body b ON b.id = a.body_id
WHERE a.campaign_id = $1 AND a.state NOT IN ('PROBLEMS', 'NO_PROBLEM')
ORDER BY b.full_name LIMIT 100
"""
_RECIPIENT = "市委机构编制委员会"


class ClearingDrafted(BaseModel):
    """The draft that waits for its signature."""

    campaign_id: UUID
    draft_id: UUID


class DraftClearingReport(Command[ClearingDrafted]):
    """Write the clearing report of a campaign (拟制清零报告), with the numbers of the ledger.

    Open items are named up to 50, units without an answer up to 100.
    """

    name = "rectification.draft_clearing_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "拟制清零报告"
    title_en = "Draft the clearing report"
    refusals = (RoundMoved, ClassifiedMatter, SeriesUnknown)

    campaign_id: UUID
    series: Series
    text: Said
    drafted_by: UUID


@handles(DraftClearingReport)
async def draft_clearing_report(command: DraftClearingReport, context: Context) -> ClearingDrafted:
    context.require_city()
    campaign = await locked(context, Campaign, command.campaign_id, "a campaign")
    if campaign.state is not CampaignState.OPEN:
        raise moved("an open campaign", "为进行中的清零行动")
    drafted = await context.order(
        DraftDocument(
            kind=PaperKind.CLEARING_REPORT,
            title=f"{campaign.name[:100]}清零报告",
            recipient=_RECIPIENT,
            series=command.series,
            data=await _data(context, campaign, command.text),
            basis=[INTERNAL_RULE],
            release_id=await release_of(context, campaign.instance_id),
            subject=Subject(type="rectification_campaign", id=campaign.id),
            drafted_by=command.drafted_by,
        )
    )
    context.update(campaign, draft_id=drafted.id)
    return ClearingDrafted(campaign_id=campaign.id, draft_id=drafted.id)


async def _data(context: Context, campaign: Campaign, text: str) -> dict[str, Any]:
    course = await course_of(context.connection, campaign)
    left = await context.connection.fetch(_OPEN, campaign.id, campaign.opened_on)
    silent = await context.connection.fetch(_SILENT, campaign.id)
    return {
        "campaign": campaign.name,
        "number": campaign.number,
        "from_on": campaign.from_on.isoformat(),
        "to_on": campaign.to_on.isoformat(),
        "bodies": course.bodies,
        "answered": course.answered,
        "total": course.total,
        "cleared": course.cleared,
        "summary": text,
        "open_items": [f"{each['number'] or '待登记'} {each['problem']}" for each in left],
        "silent_bodies": [each["full_name"] for each in silent],
    }
