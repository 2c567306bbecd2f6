"""Keep what one evaluator judges: words first, then a number (I19)."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.by_table import scored_indicators
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation, team_of
from service.features.pre_evaluation.scoring import require_points, void
from service.features.pre_evaluation.tables import TEXT_MIN, EvaluationScore


class ScoreGiven(BaseModel):
    """A judgement of one indicator: the paragraph, and the points that follow from it."""

    indicator: Annotated[str, Field(max_length=40)]
    text: Annotated[str, Field(max_length=5000)]
    score: float


class ScoresKept(BaseModel):
    """How many indicators were scored."""

    scored: int


class KeepScores(Command[ScoresKept]):
    """Keep an evaluator's scores (登记评估得分): each indicator that people score, once.

    No number is kept without at least 50 characters of judgement, none above what the indicator
    is worth. Scores of the same evaluator from before are void.
    """

    name = "pre_evaluation.keep_scores"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记评估得分"
    title_en = "Keep scores"
    refusals = (
        rules.EvaluationMoved,
        rules.ScoreWithoutText,
        rules.ScoreUnfit,
        rules.EvaluationRulesMissing,
    )

    evaluation_id: UUID
    member: UUID
    scores: Annotated[list[ScoreGiven], Field(max_length=50)]


@handles(KeepScores)
async def keep_scores(command: KeepScores, context: Context) -> ScoresKept:
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    team = [each.person_id for each in await team_of(context, evaluation.id)]
    if command.member not in team:
        raise missing("a member of the team")
    indicators = await scored_indicators(context)
    _require_all_once(command, set(indicators))
    await void(context, evaluation.id, command.member)
    for given in command.scores:
        _require_text(given)
        context.insert(
            EvaluationScore(
                id=new_id(),
                evaluation_id=evaluation.id,
                person_id=command.member,
                indicator=given.indicator,
                text=given.text.strip(),
                score=given.score,
                points=require_points(indicators[given.indicator], given.indicator, given.score),
                scored_at=context.now,
            )
        )
    # What was discussed were other scores.
    context.update(evaluation, discussion="")
    return ScoresKept(scored=len(command.scores))


def _require_all_once(command: KeepScores, codes: set[str]) -> None:
    """Refuse scores that leave out an indicator, name one twice, or one that people don't score.

    Raises:
        ScoreUnfit: It is so; `facts.indicators` are those that are to be scored.
    """
    given = [each.indicator for each in command.scores]
    if len(given) != len(set(given)) or set(given) != codes:
        raise rules.ScoreUnfit(
            f"Expected each of {', '.join(sorted(codes))} once, "
            f"but there are {', '.join(given) or 'none'}.",
            f"应当逐项评价{'、'.join(sorted(codes))}，但为{'、'.join(given) or '空'}。",
            indicators=sorted(codes),
        )


def _require_text(given: ScoreGiven) -> None:
    """Refuse a number without its paragraph.

    Raises:
        ScoreWithoutText: It has fewer than 50 characters.
    """
    length = len(given.text.strip())
    if length < TEXT_MIN:
        raise rules.ScoreWithoutText(
            f"Expected at least {TEXT_MIN} characters of judgement before a score, "
            f"but {given.indicator} has {length}.",
            f"应当先写不少于{TEXT_MIN}字的定性意见再打分，但{given.indicator}只有{length}字。",
            indicator=given.indicator,
        )
