"""Chart a campaign: how far it is today, as one bar of its wall chart."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.rectification.campaign_tables import Campaign, CampaignChart
from service.features.rectification.campaigns import course_of
from service.features.rectification.round_codes import CampaignState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.rounds import locked


class CampaignCharted(BaseModel):
    """Cleared of all items, answered of all units.

    Attributes:
        is_over: Everything is cleared, or the last day has passed.
    """

    campaign_id: UUID
    to_on: date
    cleared: int
    total: int
    answered: int
    bodies: int
    is_cleared: bool
    is_over: bool


class ChartCampaign(Command[CampaignCharted]):
    """Chart how far a campaign is (清零行动挂图): cleared of all, answered of all."""

    name = "rectification.chart_campaign"
    duties = frozenset({Duty.PROCESS})
    title_zh = "清零行动挂图"
    title_en = "Chart a campaign"
    refusals = (RoundMoved,)

    campaign_id: UUID


@handles(ChartCampaign)
async def chart_campaign(command: ChartCampaign, context: Context) -> CampaignCharted:
    context.require_city()
    campaign = await locked(context, Campaign, command.campaign_id, "a campaign")
    if campaign.state is not CampaignState.OPEN:
        raise moved("an open campaign", "为进行中的清零行动")
    course = await course_of(context.connection, campaign)
    counted = {
        "cleared": course.cleared,
        "total": course.total,
        "answered": course.answered,
        "bodies": course.bodies,
    }
    context.insert(
        CampaignChart(id=new_id(), campaign_id=campaign.id, charted_on=context.today, **counted)
    )
    return CampaignCharted(
        campaign_id=campaign.id,
        to_on=campaign.to_on,
        **counted,
        is_cleared=course.is_cleared,
        is_over=course.is_cleared or context.today > campaign.to_on,
    )
