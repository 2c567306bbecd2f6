"""Call materials of an evaluation false: somebody else is to confirm it."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationMoment, EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation


class FalseCall(BaseModel):
    """The call that waits for a second person."""

    called_by: UUID
    called_at: EvaluationMoment
    false_material: str


class CallFalseMaterial(Command[FalseCall]):
    """Keep that somebody calls materials false (提出材料不实), with the facts."""

    name = "pre_evaluation.call_false_material"
    duties = frozenset({Duty.PROCESS})
    title_zh = "提出材料不实"
    title_en = "Call materials false"
    refusals = (rules.EvaluationMoved, rules.FactsUnsaid)

    evaluation_id: UUID
    called_by: UUID
    called_at: EvaluationMoment
    false_material: Annotated[str, Field(max_length=5000)] = ""


@handles(CallFalseMaterial)
async def call_false_material(command: CallFalseMaterial, context: Context) -> FalseCall:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    if not command.false_material.strip():
        raise rules.FactsUnsaid(
            "Expected the facts that show that materials are false, but there are none.",
            "提出材料不实的应当写明事实，但没有。",
        )
    call = FalseCall(
        called_by=command.called_by,
        called_at=command.called_at,
        false_material=command.false_material.strip(),
    )
    calls = [*(evaluation.false_calls or []), call.model_dump(mode="json")]
    context.update(evaluation, false_calls=calls)
    return call
