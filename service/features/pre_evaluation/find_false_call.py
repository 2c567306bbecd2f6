"""Find the call of false materials that waits for a second person."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.call_false_material import FalseCall
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation


class FindFalseCall(Command[FalseCall]):
    """Find who called materials false, at which step, and why (查找材料不实提出情况)."""

    name = "pre_evaluation.find_false_call"
    duties = frozenset({Duty.PROCESS})
    title_zh = "查找材料不实提出情况"
    title_en = "Find a call of false materials"
    refusals = (rules.EvaluationMoved,)

    evaluation_id: UUID


@handles(FindFalseCall)
async def find_false_call(command: FindFalseCall, context: Context) -> FalseCall:
    """Read only: nothing changes."""
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    calls = evaluation.false_calls or []
    if not calls or "is_confirmed" in calls[-1]:
        raise missing("a call of false materials that is open")
    return FalseCall.model_validate(calls[-1])
