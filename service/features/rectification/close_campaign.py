"""Close a campaign: the commission has heard its report."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.rectification.campaign_tables import Campaign
from service.features.rectification.campaigns import course_of
from service.features.rectification.round_codes import CampaignState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.rounds import locked


class CampaignOutcome(BaseModel):
    """How a campaign ended: CLEARED, or ENDED_WITH_OPEN_ITEMS."""

    campaign_id: UUID
    state: CampaignState
    cleared: int
    total: int


class CloseCampaign(Command[CampaignOutcome]):
    """Close a campaign (办结清零行动) on the minutes of the commission that heard its report.

    What is open stays in the ledger and goes its own way.
    """

    name = "rectification.close_campaign"
    duties = frozenset({Duty.PROCESS})
    title_zh = "办结清零行动"
    title_en = "Close a campaign"
    refusals = (RoundMoved,)

    campaign_id: UUID
    agenda_item_id: UUID
    minutes_document_id: UUID


class CampaignClosed(CampaignOutcome, Event):
    """A campaign is over."""

    type: ClassVar[str] = "rectification.campaign_closed"
    title_zh = "清零行动已办结"
    title_en = "Campaign closed"

    def subject(self) -> str:
        return f"rectification_campaign/{self.campaign_id}"


@handles(CloseCampaign)
async def close_campaign(command: CloseCampaign, context: Context) -> CampaignOutcome:
    context.require_city()
    campaign = await locked(context, Campaign, command.campaign_id, "a campaign")
    if campaign.state is not CampaignState.OPEN or campaign.document_id is None:
        raise moved("an open campaign whose report is out", "为已制发报告的清零行动")
    course = await course_of(context.connection, campaign)
    state = CampaignState.ENDED_WITH_OPEN_ITEMS
    if course.is_cleared:
        state = CampaignState.CLEARED
    context.update(
        campaign,
        state=state,
        closing_item_id=command.agenda_item_id,
        minutes_document_id=command.minutes_document_id,
        closed_on=context.today,
    )
    told = {"campaign_id": campaign.id, "state": state}
    context.announce(CampaignClosed(**told, cleared=course.cleared, total=course.total))
    return CampaignOutcome(**told, cleared=course.cleared, total=course.total)
