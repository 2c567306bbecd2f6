"""Gather the scores of an evaluation for the tables."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.pre_evaluation import rules
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.finding import locked_evaluation, team_of
from service.features.pre_evaluation.scoring import valid_scores
from service.features.pre_evaluation.team import told


class IndicatorScores(BaseModel):
    """What everybody has given for one indicator."""

    code: str
    points: float
    scores: list[float]


class ScoresGathered(BaseModel):
    """The inputs `scores` and `is_discussed` of the tables, and who leads the team."""

    scores: list[IndicatorScores]
    is_discussed: bool
    lead: UUID


class GatherScores(Command[ScoresGathered]):
    """Gather the scores of all who are in the team now (汇总得分)."""

    name = "pre_evaluation.gather_scores"
    duties = frozenset({Duty.PROCESS})
    title_zh = "汇总得分"
    title_en = "Gather scores"
    refusals = (rules.EvaluationMoved,)

    evaluation_id: UUID


@handles(GatherScores)
async def gather_scores(command: GatherScores, context: Context) -> ScoresGathered:
    """Read only: nothing changes."""
    evaluation = await locked_evaluation(context, command.evaluation_id, EvaluationState.IN_WORK)
    team = told(await team_of(context, evaluation.id))
    by_code: dict[str, IndicatorScores] = {}
    for each in await valid_scores(context, evaluation.id):
        if each.person_id in team.evaluators:
            empty = IndicatorScores(code=each.indicator, points=each.points, scores=[])
            by_code.setdefault(each.indicator, empty).scores.append(each.score)
    return ScoresGathered(
        scores=list(by_code.values()), is_discussed=bool(evaluation.discussion), lead=team.lead
    )
