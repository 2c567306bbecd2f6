"""List the scores of an evaluation, each with its paragraph."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import OFFICE
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.pre_evaluation.reading import seen_evaluation
from service.features.pre_evaluation.view import EvaluationScoreView

_SCORES = """
SELECT s.*, p.name AS person_name FROM evaluation_score s JOIN actor p ON p.id = s.person_id
WHERE s.evaluation_id = $1 ORDER BY s.indicator, s.is_void, s.id
"""


class EvaluationScores(BaseModel):
    """What everybody has judged, void ones last."""

    items: list[EvaluationScoreView]


class ListEvaluationScores(Query[EvaluationScores]):
    """The scores of an evaluation (评估得分), for the office and the team alone.

    The body that asks reads its report.
    """

    name = "pre_evaluation.list_evaluation_scores"
    duties = OFFICE | {
        Duty.THIRD_PARTY_EVALUATOR,
        Duty.COMMISSION_SECRETARY,
        Duty.COMMISSION_CHAIR,
        Duty.AUDIT_ADMIN,
    }
    title_zh = "评估得分"
    title_en = "List the scores of an evaluation"

    evaluation_id: UUID


@answers(ListEvaluationScores)
async def list_evaluation_scores(query: ListEvaluationScores, reading: Reading) -> EvaluationScores:
    record = await seen_evaluation(reading, query.evaluation_id)
    scores = await reading.connection.fetch(_SCORES, record["id"])
    return EvaluationScores(
        items=[EvaluationScoreView.model_validate(dict(each)) for each in scores]
    )
