"""Send a report back to a step of its evaluation."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation

#: The first step of an evaluation: a short report has none of the later ones to go back to.
_PLAN = "PLAN"


class ReportReturned(BaseModel):
    """The step that is done again."""

    back_to: Literal["PLAN", "REVIEW", "SCORES"]


class ReturnReport(Command[ReportReturned]):
    """Send a report back (退回评估报告) to the step that the leader names: once.

    A short report goes back to the plan, and the evaluation is done in whole.
    """

    name = "pre_evaluation.return_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "退回评估报告"
    title_en = "Send a report back"
    refusals = (rules.EvaluationMoved, rules.ReturnedOnce, rules.StepUnnamed)

    evaluation_id: UUID
    back_to: Literal["PLAN", "REVIEW", "SCORES"] | None = None


@handles(ReturnReport)
async def return_report(command: ReturnReport, context: Context) -> ReportReturned:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    if evaluation.returns:
        raise rules.ReturnedOnce(
            "Expected a report that was never sent back, but it was.",
            "评估报告只能退回一次，但已退回过。",
        )
    back_to = _PLAN if evaluation.is_short else command.back_to
    if back_to is None:
        raise rules.StepUnnamed(
            "Expected the step that is to be done again, but none is named.",
            "退回的应当指明退回环节，但没有。",
        )
    context.update(evaluation, returns=1)
    return ReportReturned(back_to=back_to)
