"""Keep what the team discussed about scores that lie far apart."""

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
from service.features.pre_evaluation.scoring import require_points, valid_scores


class ScoreChanged(BaseModel):
    """One evaluator's new score after the discussion, with the reason."""

    member: UUID
    indicator: Annotated[str, Field(max_length=40)]
    score: float
    reason: Annotated[str, Field(max_length=1000)]


class DiscussionKept(BaseModel):
    """How many scores changed."""

    changed: int


class KeepDiscussion(Command[DiscussionKept]):
    """Keep a discussion of scores (登记合议): once; what is left of the spread stays on record.

    A changed score keeps its paragraph and its first number.
    """

    name = "pre_evaluation.keep_discussion"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记合议"
    title_en = "Keep a discussion"
    refusals = (rules.EvaluationMoved, rules.ScoreUnfit)

    evaluation_id: UUID
    discussion: Annotated[str, Field(min_length=1, max_length=5000)]
    changes: list[ScoreChanged] = Field(default_factory=list, max_length=100)


@handles(KeepDiscussion)
async def keep_discussion(command: KeepDiscussion, context: Context) -> DiscussionKept:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    scores = {
        (each.person_id, each.indicator): each
        for each in await valid_scores(context, evaluation.id)
    }
    for change in command.changes:
        score = scores.get((change.member, change.indicator))
        if score is None:
            raise missing("a score of this member for this indicator")
        worth = {"name": change.indicator, "points": score.points}
        require_points(worth, change.indicator, change.score)
        context.update(
            score,
            score=change.score,
            first_score=score.score if score.first_score is None else score.first_score,
            change_reason=change.reason,
        )
    context.update(evaluation, discussion=command.discussion)
    return DiscussionKept(changed=len(command.changes))
