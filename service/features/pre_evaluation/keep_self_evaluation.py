"""Keep the self-evaluation of the body that asks."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation
from service.features.pre_evaluation.tables import EvaluationAnswer


class SelfAnswer(BaseModel):
    """What the body says of itself about one indicator."""

    indicator: Annotated[str, Field(max_length=40)]
    text: Annotated[str, Field(max_length=5000)]
    evidence: list[UUID] = Field(default_factory=list, max_length=50)


class YearOfWork(BaseModel):
    """The workload of one year, always counted the same way."""

    year: int
    number: Annotated[float, Field(ge=0)]


class Measured(BaseModel):
    """The quantitative indicators, as far as they can be computed by now."""

    measures: dict[str, Any]


class KeepSelfEvaluation(Command[Measured]):
    """Keep a self-evaluation (自评). Three years of workload give its growth."""

    name = "pre_evaluation.keep_self_evaluation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记自评"
    title_en = "Keep a self-evaluation"
    refusals = (rules.EvaluationMoved,)

    evaluation_id: UUID
    answers: Annotated[list[SelfAnswer], Field(max_length=50)]
    workload: list[YearOfWork] = Field(default_factory=list, max_length=10)
    answered_by: UUID | None = None


@handles(KeepSelfEvaluation)
async def keep_self_evaluation(command: KeepSelfEvaluation, context: Context) -> Measured:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    for answer in command.answers:
        context.insert(
            EvaluationAnswer(
                id=new_id(),
                evaluation_id=evaluation.id,
                **answer.model_dump(),
                answered_at=context.now,
                answered_by=command.answered_by,
            )
        )
    kept = context.update(
        evaluation,
        workload=[each.model_dump() for each in command.workload],
        measures={**evaluation.measures, "workload_growth": growth_of(command.workload)},
    )
    return Measured(measures=kept.measures)


def growth_of(workload: list[YearOfWork]) -> float | None:
    """From the first year to the last, as a share of the first; None where nothing can be said."""
    years = sorted(workload, key=lambda each: each.year)
    if len({each.year for each in years}) < 3 or years[0].number == 0:
        return None
    return round((years[-1].number - years[0].number) / years[0].number, 4)
