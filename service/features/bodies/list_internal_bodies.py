"""List the sections of a body on a day, as known at an instant."""

from typing import Any
from uuid import UUID

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.features.bodies.at_a_moment import AtAMoment
from service.features.bodies.internal_bodies import InternalBodyView
from service.features.bodies.versions import WHAT


class ListInternalBodies(AtAMoment, Query[Page[InternalBodyView]]):
    """The sections of a body (内设机构列表) by name; abolished ones are left out."""

    name = "bodies.list_internal_bodies"
    duties = LEDGER_READERS
    title_zh = "内设机构列表"
    title_en = "List internal bodies"
    refusals = (KnownTooLate,)

    body_id: UUID
    limit: Limit = 50
    cursor: Cursor = None


_NOW = "SELECT * FROM internal_body WHERE body_id = $1"
_THEN = """
SELECT DISTINCT ON (internal_body_id) *, NULL::int AS version FROM internal_body_version
WHERE body_id = $1 AND true_from <= $5 AND known_from <= $6
ORDER BY internal_body_id, true_from DESC, known_from DESC
"""
_PAGE = """
SELECT *, {id} AS section FROM ({source}) s
WHERE NOT is_abolished AND ($2::text IS NULL OR (name, {id}) > ($2, $3::uuid))
ORDER BY name, {id} LIMIT $4
"""


@answers(ListInternalBodies)
async def list_internal_bodies(
    query: ListInternalBodies, reading: Reading
) -> Page[InternalBodyView]:
    """The present sections, or at a moment the version of each that holds then."""
    await require_settled(reading.connection, query.known_at)
    lineage = await reading.connection.fetchval(
        "SELECT lineage FROM body WHERE id = $1", query.body_id
    )
    if lineage is None:
        raise missing(WHAT)
    reading.require_reach(lineage, WHAT)
    name, section_id = position_of(query.cursor, str, UUID) or (None, None)
    parameters: list[Any] = [query.body_id, name, section_id, query.limit + 1]
    if query.is_present:
        statement = _PAGE.format(source=_NOW, id="id")
    else:
        statement = _PAGE.format(source=_THEN, id="internal_body_id")
        parameters += [query.as_of or reading.today, query.known_at or ALWAYS]
    records = await reading.connection.fetch(statement, *parameters)
    return page_of(
        [
            InternalBodyView.model_validate({**record, "id": record["section"]})
            for record in records
        ],
        query.limit,
        lambda view: cursor_of(view.name, view.id),
    )
