"""List bodies, filtered and searched, page by page.

A search looks along the list's own order first: a common text fills the page from the first
few hundred rows, where an index would have to fetch and sort every match. What is rarer than
that has few matches, and the index of character pairs finds them all. So neither the rarest nor
the commonest text costs more than a page may.
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from asyncpg import Record

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.bodies.at_a_moment import Parameters
from service.features.bodies.filters import BodyFilter, Matching, matching
from service.features.bodies.view import BodyView, view_of_record

#: Rows looked at along the order before the index is asked.
LOOKED_AT = 1_000


class BodySort(StrEnum):
    """By what a list of bodies is ordered, ascending."""

    BODY_CODE = "body_code"
    FULL_NAME = "full_name"


class ListBodies(BodyFilter, Query[Page[BodyView]]):
    """Bodies (机构列表), closed ones too unless a status is given."""

    name = "bodies.list_bodies"
    duties = LEDGER_READERS
    title_zh = "机构列表"
    title_en = "List bodies"
    refusals = (KnownTooLate,)

    sort: BodySort = BodySort.BODY_CODE
    limit: Limit = 50
    cursor: Cursor = None


@answers(ListBodies)
async def list_bodies(query: ListBodies, reading: Reading) -> Page[BodyView]:
    """One page; a search that the beginning of the list cannot answer goes by the index."""
    parameters = Parameters()
    found = await matching(query, reading, parameters)
    order = f"b.{query.sort.value}, b.id"
    after = "true"
    if (position := position_of(query.cursor, str, UUID)) is not None:
        after = f"({order}) > ({parameters.place(position[0])}, {parameters.place(position[1])})"
    limit = parameters.place(query.limit + 1)
    if found.searched is None:
        statement = (
            f"SELECT b.* FROM {found.source} b WHERE {found.where} AND {after}"
            f" ORDER BY {order} LIMIT {limit}"
        )
        records: Sequence[Record] = await reading.connection.fetch(statement, *parameters)
    else:
        records = await _searched(reading, found, order, after, limit, parameters)
    return page_of(
        [view_of_record(record) for record in records],
        query.limit,
        lambda view: cursor_of(getattr(view, query.sort), view.id),
    )


async def _searched(
    reading: Reading, found: Matching, order: str, after: str, limit: str, parameters: Parameters
) -> Sequence[Record]:
    along = f"""SELECT b.* FROM (
            SELECT b.* FROM body b WHERE {after} ORDER BY {order} LIMIT {LOOKED_AT}) b
        WHERE {found.where} ORDER BY {order} LIMIT {limit}"""
    records: Sequence[Record] = await reading.connection.fetch(along, *parameters)
    if len(records) == parameters[-1]:
        return records
    # Fenced off, so that no plan walks the whole order in the hope of a match.
    by_index = f"""WITH found AS MATERIALIZED (
            SELECT b.id, b.body_code, b.full_name FROM body b
            WHERE {found.searched} AND {found.where} AND {after}),
        page AS (SELECT b.id FROM found b ORDER BY {order} LIMIT {limit})
        SELECT b.* FROM page JOIN body b USING (id) ORDER BY {order}"""
    return await reading.connection.fetch(by_index, *parameters)
