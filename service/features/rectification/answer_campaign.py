"""Answer a campaign: a unit's problems, its sealed form that there are none, or no answer."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.errors import NotFound
from service.core.operation import Command, handles
from service.features.rectification.campaign_tables import CampaignAnswer
from service.features.rectification.register_finding import Breach
from service.features.rectification.round_codes import CampaignAnswerState
from service.features.rectification.round_rules import (
    AnswerUnclear,
    RoundMoved,
    moved,
    require_clear,
)
from service.features.rectification.rounds import locked


class StatedProblem(BaseModel):
    """A problem that a unit states itself; it enters the ledger as an item."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    breach: Breach
    text: Annotated[str, Field(min_length=1, max_length=1000)]


class CampaignAnswered(BaseModel):
    """What the unit came to."""

    answer_id: UUID
    state: CampaignAnswerState
    has_problems: bool


class AnswerCampaign(Command[CampaignAnswered]):
    """Keep a unit's answer in a campaign (登记清零答复): a sealed form, with problems or without.

    `has_problems` unset: the unit never answered, which the office meeting is told.
    """

    name = "rectification.answer_campaign"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记清零答复"
    title_en = "Answer a campaign"
    refusals = (RoundMoved, AnswerUnclear)

    answer_id: UUID
    has_problems: bool | None = None
    problems: Annotated[list[StatedProblem] | None, Field(max_length=100)] = None
    sealed_document_id: UUID | None = None
    answered_by: UUID | None = None


@handles(AnswerCampaign)
async def answer_campaign(command: AnswerCampaign, context: Context) -> CampaignAnswered:
    context.require_city()
    answer = await locked(context, CampaignAnswer, command.answer_id, "an answer")
    if answer.state is not CampaignAnswerState.ASKED:
        raise moved("a unit that has not answered yet", "为尚未答复的单位")
    if command.has_problems is None:
        state = CampaignAnswerState.NOT_ANSWERED
    else:
        state = await _stated(command, context)
    context.update(
        answer,
        state=state,
        problems=[each.model_dump() for each in command.problems or []],
        sealed_document_id=command.sealed_document_id,
        answered_by=command.answered_by,
        answered_on=None if command.has_problems is None else context.today,
    )
    return CampaignAnswered(
        answer_id=answer.id, state=state, has_problems=command.has_problems is True
    )


async def _stated(command: AnswerCampaign, context: Context) -> CampaignAnswerState:
    """What an answer says, once it is clear and its seal is on record."""
    require_clear(command.has_problems is True, len(command.problems or []))
    known = await context.connection.fetchval(
        "SELECT EXISTS (SELECT FROM document WHERE id = $1)", command.sealed_document_id
    )
    if not known:
        raise NotFound(
            "Expected the sealed form among the documents, but it is not there.",
            "盖章表应当已经登记，但未找到。",
        )
    if command.has_problems:
        return CampaignAnswerState.PROBLEMS
    return CampaignAnswerState.NO_PROBLEM
