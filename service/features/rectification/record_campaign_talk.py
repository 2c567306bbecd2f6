"""Record a talk in a campaign: what was said to a unit that has not answered."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification.campaign_tables import CampaignAnswer
from service.features.rectification.rounds import locked


class CampaignTalked(BaseModel):
    """The answer that the talk was about."""

    answer_id: UUID


class RecordCampaignTalk(Command[CampaignTalked]):
    """Keep the record of a talk with a unit that is late with its answer (登记清零约谈)."""

    name = "rectification.record_campaign_talk"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记清零约谈"
    title_en = "Record a talk in a campaign"

    answer_id: UUID
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    held_by: UUID


@handles(RecordCampaignTalk)
async def record_campaign_talk(command: RecordCampaignTalk, context: Context) -> CampaignTalked:
    context.require_city()
    answer = await locked(context, CampaignAnswer, command.answer_id, "an answer")
    context.update(answer, talk=command.text, talk_by=command.held_by)
    return CampaignTalked(answer_id=answer.id)
