"""List the team of an evaluation: who is in it, who was replaced, and what they declared."""

from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.pre_evaluation.list_pre_evaluations import READERS
from service.features.pre_evaluation.reading import seen_evaluation
from service.features.pre_evaluation.view import EvaluationMemberView

_MEMBERS = """
SELECT * FROM evaluation_member WHERE evaluation_id = $1 ORDER BY is_out, role <> 'LEAD', id
"""


class EvaluationTeam(BaseModel):
    """The team, those who are in it first."""

    items: list[EvaluationMemberView]


class ListEvaluationMembers(Query[EvaluationTeam]):
    """The team of an evaluation within reach (评估组成员)."""

    name = "pre_evaluation.list_evaluation_members"
    duties = READERS
    title_zh = "评估组成员"
    title_en = "List the team of an evaluation"

    evaluation_id: UUID


@answers(ListEvaluationMembers)
async def list_evaluation_members(query: ListEvaluationMembers, reading: Reading) -> EvaluationTeam:
    record = await seen_evaluation(reading, query.evaluation_id)
    members = await reading.connection.fetch(_MEMBERS, record["id"])
    return EvaluationTeam(
        items=[EvaluationMemberView.model_validate(dict(each)) for each in members]
    )
