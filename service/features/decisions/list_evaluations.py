"""List what was decided by tables, newest first."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from service.core.auth.actor import Duty
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.decisions.evaluate_decision import Key
from service.features.decisions.explaining import RULE_ID_MAX, DecisionExplained
from service.features.processes.list_releases import READERS

READERS_OF_EVALUATIONS = READERS | {Duty.AUDIT_ADMIN}
_MATCHING = """
FROM decision_evaluation WHERE ($1::text IS NULL OR decision_key = $1)
AND ($2::uuid IS NULL OR actor_id = $2) AND ($3::text IS NULL OR rules @> ARRAY[$3])
AND ($4::timestamptz IS NULL OR decided_at >= $4) AND ($5::timestamptz IS NULL OR decided_at < $5)
AND ($6::uuid IS NULL OR instance_id = $6)
"""

RuleId = Annotated[
    str | None, Field(max_length=RULE_ID_MAX, description="Only where the rule with this id fired.")
]


class EvaluationView(BaseModel):
    """One evaluation on record."""

    id: UUID
    decided_at: datetime
    decision_key: str
    release_id: UUID
    actor_id: UUID | None
    actor_name: str
    inputs: dict[str, Any]
    output: Any
    explanation: list[DecisionExplained]
    #: The command that ordered it; null for a request.
    cause: UUID | None
    #: The case whose diagram asked; null where nobody's did.
    instance_id: UUID | None


class CountEvaluations(Query[Count]):
    """How many evaluations the same filters match."""

    name = "decisions.count_evaluations"
    duties = READERS_OF_EVALUATIONS
    title_zh = "统计决策记录"
    title_en = "Count evaluations"

    key: Key | None = None
    actor_id: UUID | None = None
    rule_id: RuleId = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    #: Only those of a case.
    instance_id: UUID | None = None


class ListEvaluations(Query[Page[EvaluationView]]):
    """What was decided by tables (决策记录), with inputs, rules and results; never deleted."""

    name = "decisions.list_evaluations"
    duties = READERS_OF_EVALUATIONS
    title_zh = "决策记录列表"
    title_en = "List evaluations"

    key: Key | None = None
    actor_id: UUID | None = None
    rule_id: RuleId = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    #: Only those of a case.
    instance_id: UUID | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountEvaluations)
async def count_evaluations(query: CountEvaluations, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(f"SELECT count(*) {_MATCHING}", *_filters(query))
    return Count(count=count)


@answers(ListEvaluations)
async def list_evaluations(query: ListEvaluations, reading: Reading) -> Page[EvaluationView]:
    reading.require_city()
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"SELECT * {_MATCHING} AND ($7::uuid IS NULL OR id < $7) ORDER BY id DESC LIMIT $8",
        *_filters(query),
        before,
        query.limit + 1,
    )
    views = [EvaluationView(**record) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))


def _filters(query: CountEvaluations | ListEvaluations) -> tuple[Any, ...]:
    filters = (query.key, query.actor_id, query.rule_id, query.since, query.until)
    return *filters, query.instance_id
