"""Press for an answer in a campaign: the later it is, the higher it goes."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.calendar.stored import stored_calendar
from service.features.rectification import rules
from service.features.rectification.by_table import decided
from service.features.rectification.campaign_tables import CampaignAnswer
from service.features.rectification.lights import days_between
from service.features.rectification.round_codes import CampaignAnswerState, PressMeasure
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.rounds import locked


class CampaignAnswerPressed(Event):
    """A unit is late with its answer."""

    type: ClassVar[str] = "rectification.campaign_answer_pressed"
    title_zh = "清零答复已催办"
    title_en = "Campaign answer pressed"

    answer_id: UUID
    campaign_id: UUID
    body_id: UUID
    measure: PressMeasure

    def subject(self) -> str:
        return f"body/{self.body_id}"


class AnswerPressed(BaseModel):
    """How late it is, in full working days, and what follows."""

    answer_id: UUID
    days_late: int
    measure: PressMeasure


class PressCampaignAnswer(Command[AnswerPressed]):
    """Press a unit for its answer (催办清零答复), as the table `campaign_press` says."""

    name = "rectification.press_campaign_answer"
    duties = frozenset({Duty.PROCESS})
    title_zh = "催办清零答复"
    title_en = "Press for an answer"
    refusals = (RoundMoved, rules.LedgerRulesMissing)

    answer_id: UUID


@handles(PressCampaignAnswer)
async def press_campaign_answer(command: PressCampaignAnswer, context: Context) -> AnswerPressed:
    context.require_city()
    answer = await locked(context, CampaignAnswer, command.answer_id, "an answer")
    if answer.state is not CampaignAnswerState.ASKED:
        raise moved("a unit that has not answered yet", "为尚未答复的单位")
    calendar = await stored_calendar(context.connection)
    # Today is not over: only whole days count.
    late = days_between(calendar, answer.due, context.today - timedelta(days=1))
    measure = PressMeasure(await decided(context, "campaign_press", answer_days_late=max(late, 0)))
    context.update(answer, pressed=measure)
    context.announce(
        CampaignAnswerPressed(
            answer_id=answer.id,
            campaign_id=answer.campaign_id,
            body_id=answer.body_id,
            measure=measure,
        )
    )
    return AnswerPressed(answer_id=answer.id, days_late=max(late, 0), measure=measure)
