"""List the audit: who asked for what, as whom, with which outcome, and what it changed."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading

_READERS = frozenset({Duty.AUDIT_ADMIN})
_MATCHING = """
FROM audit WHERE ($1::timestamptz IS NULL OR at >= $1) AND ($2::timestamptz IS NULL OR at < $2)
AND ($3::uuid IS NULL OR actor_id = $3) AND ($4::text IS NULL OR command = $4)
AND ($5::text IS NULL OR outcome = $5) AND ($6::uuid IS NULL OR cause = $6)
"""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z_.0-9]+$", max_length=80)]
Since = Annotated[AwareDatetime | None, Field(description="From this instant on.")]
Until = Annotated[AwareDatetime | None, Field(description="Before this instant.")]
Outcome = Annotated[Code | None, Field(description="`done`, or the code of a refusal.")]


class AuditView(BaseModel):
    """One command, done or refused. Sealed values never stand here; personal data are masked."""

    id: UUID
    #: When it was written, by the database's clock, also where a demo's clock is set.
    at: datetime
    actor_id: UUID | None
    actor_name: str
    #: The duty under which it was allowed; null where none was held.
    duty: str | None
    command: str
    outcome: str
    asked: dict[str, Any]
    #: `table`, `key`, and the `old` and `new` values of what changed.
    changes: list[dict[str, Any]]
    #: The command that ordered this one; null for a request.
    cause: UUID | None
    request_id: str


class CountAuditEntries(Query[Count]):
    """How many entries the same filters match; name a span of time, for it counts them all."""

    name = "access.count_audit_entries"
    duties = _READERS
    title_zh = "统计审计记录"
    title_en = "Count audit entries"

    since: Since = None
    until: Until = None
    actor_id: UUID | None = None
    command: Code | None = None
    outcome: Outcome = None
    cause: UUID | None = None


class ListAuditEntries(Query[Page[AuditView]]):
    """The audit (审计记录), newest first. Nobody can change or delete an entry."""

    name = "access.list_audit_entries"
    duties = _READERS
    title_zh = "审计记录列表"
    title_en = "List audit entries"

    since: Since = None
    until: Until = None
    actor_id: UUID | None = None
    command: Code | None = None
    outcome: Outcome = None
    cause: UUID | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountAuditEntries)
async def count_audit_entries(query: CountAuditEntries, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(f"SELECT count(*) {_MATCHING}", *_filters(query))
    return Count(count=count)


@answers(ListAuditEntries)
async def list_audit_entries(query: ListAuditEntries, reading: Reading) -> Page[AuditView]:
    """One page by id, which rises with the time of asking."""
    reading.require_city()
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"SELECT * {_MATCHING} AND ($7::uuid IS NULL OR id < $7) ORDER BY id DESC LIMIT $8",
        *_filters(query),
        before,
        query.limit + 1,
    )
    views = [AuditView(**record) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))


def _filters(query: CountAuditEntries | ListAuditEntries) -> tuple[Any, ...]:
    return query.since, query.until, query.actor_id, query.command, query.outcome, query.cause
