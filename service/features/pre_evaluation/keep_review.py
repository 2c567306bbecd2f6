"""Keep what desk and field review found."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation

_WORDS = Annotated[str, Field(max_length=5000)]


class Reviewed(BaseModel):
    """What the tables read of the review."""

    judged: dict[str, bool]
    measures: dict[str, Any]
    needs_experts: bool


class KeepReview(Command[Reviewed]):
    """Keep the desk and field review (审查调研): facts, comparison, and what the team judges.

    The opinion of finance and the ratio to the same level are given where they are known.
    """

    name = "pre_evaluation.keep_review"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记审查调研"
    title_en = "Keep a review"
    refusals = (rules.EvaluationMoved,)

    evaluation_id: UUID
    findings: _WORDS
    interviews: _WORDS | None = None
    comparison: _WORDS
    comparison_ratio: Annotated[float | None, Field(ge=0)] = None
    fiscal_opinion: Literal["FULL", "PART", "NONE"] | None = None
    is_temporary_task: bool | None = None
    lacks_lawful_basis: bool | None = None
    can_be_done_otherwise: bool | None = None
    reviewed_by: UUID | None = None


@handles(KeepReview)
async def keep_review(command: KeepReview, context: Context) -> Reviewed:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    judged = ("is_temporary_task", "lacks_lawful_basis", "can_be_done_otherwise")
    kept = context.update(
        evaluation,
        review=command.model_dump(include={"findings", "interviews", "comparison"}),
        reviewed_by=command.reviewed_by,
        judged={name: bool(getattr(command, name)) for name in judged},
        measures={
            **evaluation.measures,
            "comparison": command.comparison_ratio,
            "fiscal_opinion": command.fiscal_opinion,
        },
    )
    return Reviewed(judged=kept.judged, measures=kept.measures, needs_experts=kept.needs_experts)
