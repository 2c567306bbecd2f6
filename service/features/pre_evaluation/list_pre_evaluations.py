"""List evaluations, the newest first."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_READERS
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.pre_evaluation.codes import EvaluationState
from service.features.pre_evaluation.tables import Evaluation
from service.features.pre_evaluation.view import EvaluationSummary, summary_of

#: Whoever reads evaluations, each within reach; people of a team those that they evaluate.
READERS = LEDGER_READERS | {
    Duty.COMMISSION_SECRETARY,
    Duty.COMMISSION_MEMBER,
    Duty.THIRD_PARTY_EVALUATOR,
    Duty.EXPERT,
}
_MATCHING = """
FROM evaluation e JOIN body b ON b.id = e.body_id
WHERE ($1 OR b.id = ANY ($2) OR b.lineage && $3)
AND ($4::text IS NULL OR e.state = $4) AND ($5::text IS NULL OR e.result = $5)
AND ($6::uuid IS NULL OR e.body_id = $6) AND ($7::uuid IS NULL OR e.matter_id = $7)
"""


class EvaluationFilter(BaseModel):
    """Which evaluations: in a state, of a result, of a body, of a matter."""

    state: EvaluationState | None = None
    result: EvaluationResult | None = None
    body_id: UUID | None = None
    matter_id: UUID | None = None


class ListPreEvaluations(EvaluationFilter, Query[Page[EvaluationSummary]]):
    """Evaluations within reach (评估列表), newest first."""

    name = "pre_evaluation.list_pre_evaluations"
    duties = READERS
    title_zh = "评估列表"
    title_en = "List evaluations"

    limit: Limit = 50
    cursor: Cursor = None


class CountPreEvaluations(EvaluationFilter, Query[Count]):
    """How many evaluations the same filters match."""

    name = "pre_evaluation.count_pre_evaluations"
    duties = READERS
    title_zh = "统计评估"
    title_en = "Count evaluations"


def _parameters(asked: EvaluationFilter, reading: Reading) -> list[object]:
    result = None if asked.result is None else asked.result.value
    return [*reading.reach, asked.state, result, asked.body_id, asked.matter_id]


@answers(CountPreEvaluations)
async def count_pre_evaluations(query: CountPreEvaluations, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        # A result is known once it is final.
        f"SELECT count(*) {_MATCHING} AND ($5::text IS NULL OR e.state = 'COMPLETED')",
        *_parameters(query, reading),
    )
    return Count(count=count)


@answers(ListPreEvaluations)
async def list_pre_evaluations(
    query: ListPreEvaluations, reading: Reading
) -> Page[EvaluationSummary]:
    asked_at, evaluation_id = position_of(query.cursor, datetime, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT e.*, b.full_name {_MATCHING}
            AND ($5::text IS NULL OR e.state = 'COMPLETED')
            AND ($8::timestamptz IS NULL OR (e.requested_at, e.id) < ($8, $9::uuid))
            ORDER BY e.requested_at DESC, e.id DESC LIMIT $10""",
        *_parameters(query, reading),
        asked_at,
        evaluation_id,
        query.limit + 1,
    )
    views = [summary_of(Evaluation.read(each), each["full_name"]) for each in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.requested_at, view.id))
