"""List the versions of a body: its history in both times."""

from datetime import datetime
from uuid import UUID

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.features.bodies.at_a_moment import KnownAt
from service.features.bodies.version_view import BodyVersionView, version_view_of_record
from service.features.bodies.versions import WHAT


class ListBodyVersions(Query[Page[BodyVersionView]]):
    """Every version of a body, in the order in which they became known (机构沿革).

    A version whose `known_until` is null holds by what was known at `known_at`; the others
    were corrected, or replaced by a change of the same day.
    """

    name = "bodies.list_body_versions"
    duties = LEDGER_READERS
    title_zh = "机构沿革"
    title_en = "List a body's versions"
    refusals = (KnownTooLate,)

    body_id: UUID
    known_at: KnownAt = None
    limit: Limit = 50
    cursor: Cursor = None


# A version is known until a correction names it or a later one begins on the same day; while it
# holds, it is true until the next day on which another version that holds begins.
_VERSIONS = """
WITH known AS MATERIALIZED (
    SELECT * FROM body_version WHERE body_id = $1 AND known_from <= $2),
ended AS MATERIALIZED (
    SELECT v.*, least(
        (SELECT c.known_from FROM known c WHERE c.corrects_id = v.id),
        (SELECT min(s.known_from) FROM known s
         WHERE s.true_from = v.true_from AND s.known_from > v.known_from)) AS known_until
    FROM known v)
SELECT v.*, CASE WHEN v.known_until IS NULL THEN (
    SELECT min(n.true_from) FROM ended n
    WHERE n.known_until IS NULL AND n.true_from > v.true_from) END AS true_until
FROM ended v
WHERE $3::timestamptz IS NULL OR (v.known_from, v.id) > ($3, $4::uuid)
ORDER BY v.known_from, v.id LIMIT $5
"""


@answers(ListBodyVersions)
async def list_body_versions(query: ListBodyVersions, reading: Reading) -> Page[BodyVersionView]:
    """Versions known by `known_at`, each with the ends that follow from the others."""
    await require_settled(reading.connection, query.known_at)
    lineage = await reading.connection.fetchval(
        "SELECT lineage FROM body WHERE id = $1", query.body_id
    )
    if lineage is None:
        raise missing(WHAT)
    reading.require_reach(lineage, WHAT)
    known_from, version_id = position_of(query.cursor, datetime, UUID) or (None, None)
    records = await reading.connection.fetch(
        _VERSIONS,
        query.body_id,
        query.known_at or ALWAYS,
        known_from,
        version_id,
        query.limit + 1,
    )
    return page_of(
        [version_view_of_record(record) for record in records],
        query.limit,
        lambda view: cursor_of(view.known_from.isoformat(), view.id),
    )
