"""Settle a call of false materials: a second person confirms it, or does not."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation


class FalseCallSettled(BaseModel):
    """What the ledger of rectification is told where it was confirmed."""

    is_confirmed: bool
    problem: str
    facts: str
    source_ref: str
    found_on: date


class SettleFalseCall(Command[FalseCallSettled]):
    """Settle a call of false materials (确认材料不实). Whoever called does not confirm."""

    name = "pre_evaluation.settle_false_call"
    duties = frozenset({Duty.PROCESS})
    title_zh = "确认材料不实"
    title_en = "Settle a call of false materials"
    refusals = (rules.EvaluationMoved, rules.SecondPersonNeeded)

    evaluation_id: UUID
    is_confirmed: bool
    reason: Annotated[str, Field(min_length=1, max_length=5000)]
    settled_by: UUID


@handles(SettleFalseCall)
async def settle_false_call(command: SettleFalseCall, context: Context) -> FalseCallSettled:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    *earlier, call = evaluation.false_calls or [None]
    if call is None or "is_confirmed" in call:
        raise missing("a call of false materials that is open")
    if call["called_by"] == str(command.settled_by):
        raise rules.SecondPersonNeeded(
            "Expected a second person to confirm that materials are false, but it is the same.",
            "材料不实应当由提出人以外的第二人确认，但为同一人。",
        )
    settled = command.model_dump(mode="json", exclude={"evaluation_id"})
    context.update(evaluation, false_calls=[*earlier, {**call, **settled}])
    return FalseCallSettled(
        is_confirmed=command.is_confirmed,
        problem="事前评估材料不实",
        facts=f"{call['false_material']}\n{command.reason}"[:4000],
        source_ref=evaluation.title,
        found_on=context.today,
    )
