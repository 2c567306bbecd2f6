"""Scores that count, and taking them back."""

from typing import Any
from uuid import UUID

from service.core.command import Context
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.tables import EvaluationScore

_VALID = """
SELECT * FROM evaluation_score WHERE evaluation_id = $1 AND NOT is_void
AND ($2::uuid IS NULL OR person_id = $2) ORDER BY id
"""


async def valid_scores(
    context: Context, evaluation_id: UUID, person_id: UUID | None = None
) -> list[EvaluationScore]:
    """The scores of an evaluation that count, of one person or of all."""
    records = await context.connection.fetch(_VALID, evaluation_id, person_id)
    return [EvaluationScore.read(record) for record in records]


async def void(context: Context, evaluation_id: UUID, person_id: UUID) -> None:
    """Take back what a person has scored so far; it stays readable."""
    for each in await valid_scores(context, evaluation_id, person_id):
        context.update(each, is_void=True)
    # Before new ones of the same person: one counts for each indicator.
    await context.flush()


def require_points(indicator: dict[str, Any] | None, code: str, score: float) -> float:
    """What an indicator is worth at most.

    Raises:
        ScoreUnfit: Nobody scores this indicator, or the score is not between 0 and that.
    """
    if indicator is None:
        raise rules.ScoreUnfit(
            f"Expected an indicator that people score, but {code} is none.",
            f"应当为定性指标，但{code}不是。",
            indicator=code,
        )
    points = float(indicator["points"])
    if not 0 <= score <= points:
        raise rules.ScoreUnfit(
            f"Expected at most {points:g} points for {code}, but there are {score:g}.",
            f"“{indicator['name']}”的得分应当为0至{points:g}分，但为{score:g}分。",
            indicator=code,
            points=points,
        )
    return points
