"""Withdraw an evaluation that a body asked for by itself."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import OPEN
from service.features.pre_evaluation.finding import locked_evaluation, tell
from service.features.pre_evaluation.view import EvaluationView, view_of

_NAME = "SELECT full_name FROM body WHERE id = $1"


class WithdrawEvaluation(Command[EvaluationView]):
    """Withdraw a request for an evaluation (撤回评估申请); what was done stays on file.

    Its case ends by the message. One that belongs to a matter is withdrawn with that.
    """

    name = "pre_evaluation.withdraw_evaluation"
    duties = frozenset({Duty.APPLICANT_OFFICER})
    title_zh = "撤回评估申请"
    title_en = "Withdraw an evaluation"
    refusals = (rules.EvaluationMoved, rules.EvaluationUnderMatter)
    example: ClassVar = {"statement": "已自行调剂解决。"}

    evaluation_id: UUID
    statement: Annotated[Text, Field(min_length=1)]


@handles(WithdrawEvaluation)
async def withdraw_evaluation(command: WithdrawEvaluation, context: Context) -> EvaluationView:
    evaluation = await locked_evaluation(context, command.evaluation_id, *OPEN)
    if evaluation.matter_id is not None:
        raise rules.EvaluationUnderMatter(
            "Expected an evaluation that the body asked for by itself, "
            "but it belongs to a matter and is withdrawn with that.",
            "应当为单位自行申请的评估，但其属于审批事项，应随事项撤回。",
            matter_id=str(evaluation.matter_id),
        )
    tell(context, "EvaluationWithdrawn", evaluation.id, {"statement": command.statement})
    kept = context.update(evaluation)
    context.tag(kept)
    name = await context.connection.fetchval(_NAME, evaluation.body_id)
    return view_of(kept, name)
