"""List the functions that a body has on a day, as known at an instant."""

from datetime import date
from uuid import UUID

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.features.bodies.at_a_moment import AtAMoment
from service.features.bodies.functions import FunctionView
from service.features.bodies.versions import WHAT


class ListBodyFunctions(AtAMoment, Query[Page[FunctionView]]):
    """The functions of a body (机构职责), oldest first; of one section if it is named."""

    name = "bodies.list_body_functions"
    duties = LEDGER_READERS
    title_zh = "机构职责列表"
    title_en = "List a body's functions"
    refusals = (KnownTooLate,)

    body_id: UUID
    internal_body_id: UUID | None = None
    limit: Limit = 50
    cursor: Cursor = None


_FUNCTIONS = """
SELECT f.*, e.true_from AS true_until
FROM body_function f
LEFT JOIN body_function e ON e.ends_id = f.id AND e.known_from <= $3
WHERE f.body_id = $1 AND f.action = 'ADD' AND f.true_from <= $2 AND f.known_from <= $3
  AND (e.id IS NULL OR e.true_from > $2)
  AND ($4::uuid IS NULL OR f.internal_body_id = $4)
  AND ($5::date IS NULL OR (f.true_from, f.id) > ($5, $6::uuid))
ORDER BY f.true_from, f.id LIMIT $7
"""


@answers(ListBodyFunctions)
async def list_body_functions(query: ListBodyFunctions, reading: Reading) -> Page[FunctionView]:
    """Those given by that day and not ended by then."""
    await require_settled(reading.connection, query.known_at)
    lineage = await reading.connection.fetchval(
        "SELECT lineage FROM body WHERE id = $1", query.body_id
    )
    if lineage is None:
        raise missing(WHAT)
    reading.require_reach(lineage, WHAT)
    true_from, function_id = position_of(query.cursor, date, UUID) or (None, None)
    records = await reading.connection.fetch(
        _FUNCTIONS,
        query.body_id,
        query.as_of or reading.today,
        query.known_at or ALWAYS,
        query.internal_body_id,
        true_from,
        function_id,
        query.limit + 1,
    )
    return page_of(
        [FunctionView.model_validate(dict(record)) for record in records],
        query.limit,
        lambda view: cursor_of(view.true_from, view.id),
    )
