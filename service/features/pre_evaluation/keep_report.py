"""Keep the report of an evaluation as it is drafted, with what the tables say."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation


class Assessed(BaseModel):
    """What the tables say: of a short report there is no total and no grade."""

    total: float | None = None
    grade: str | None = None
    result: EvaluationResult


class ReportKept(BaseModel):
    """The result that the body may comment on."""

    result: EvaluationResult


class KeepEvaluationReport(Command[ReportKept]):
    """Keep the draft of a report (登记评估报告); what it comes to is what the tables say."""

    name = "pre_evaluation.keep_report"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记评估报告"
    title_en = "Keep the report of an evaluation"
    refusals = (rules.EvaluationMoved,)

    evaluation_id: UUID
    is_short: bool
    hits: Annotated[list[dict[str, Any]], Field(max_length=50)]
    assessed: Assessed
    summary: Annotated[str, Field(max_length=5000)]
    alternatives: Annotated[str, Field(max_length=5000)]
    conclusion: Annotated[str, Field(max_length=5000)]
    drafted_by: UUID


@handles(KeepEvaluationReport)
async def keep_report(command: KeepEvaluationReport, context: Context) -> ReportKept:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    context.update(
        evaluation,
        is_short=command.is_short,
        hits=command.hits,
        **command.assessed.model_dump(),
        report=command.model_dump(include={"summary", "alternatives", "conclusion"}),
        drafted_by=command.drafted_by,
        comments=None,
        answer=None,
    )
    return ReportKept(result=command.assessed.result)
