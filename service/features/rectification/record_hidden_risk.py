"""Record a hidden-risk review: what an inspector checked where units saw no problem."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification.campaign_tables import Campaign
from service.features.rectification.campaigns import CampaignStep
from service.features.rectification.round_codes import CampaignState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.rounds import locked


class RecordHiddenRisk(Command[CampaignStep]):
    """Keep what the review of units without problems looked at (登记隐患核查)."""

    name = "rectification.record_hidden_risk"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记隐患核查"
    title_en = "Record a hidden-risk review"
    refusals = (RoundMoved,)

    campaign_id: UUID
    findings: Annotated[str, Field(min_length=1, max_length=3000)]
    reviewed_by: UUID


@handles(RecordHiddenRisk)
async def record_hidden_risk(command: RecordHiddenRisk, context: Context) -> CampaignStep:
    context.require_city()
    campaign = await locked(context, Campaign, command.campaign_id, "a campaign")
    if campaign.state is not CampaignState.OPEN:
        raise moved("an open campaign", "为进行中的清零行动")
    context.update(campaign, hidden_risk=command.findings, hidden_risk_by=command.reviewed_by)
    return CampaignStep(campaign_id=campaign.id)
