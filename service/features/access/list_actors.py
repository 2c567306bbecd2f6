"""List actors with the duties they hold, by subject."""

from typing import Annotated

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.tables import ActorRow
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.values import Line
from service.features.access.actors import with_duties
from service.features.access.keeping import READERS
from service.features.access.view import ActorView

_MATCHING = """
FROM actor a WHERE ($1::boolean IS NULL OR a.is_active = $1)
AND ($2::boolean IS NULL OR a.is_program = $2)
AND ($3::text IS NULL OR strpos(a.name, $3) > 0 OR strpos(a.subject, $3) > 0)
AND ($4::text IS NULL OR EXISTS (
    SELECT FROM assignment g WHERE g.actor_id = a.id AND g.duty = $4 AND g.true_from <= $5
    AND (g.true_until IS NULL OR g.true_until > $5)))
"""

Text = Annotated[Line | None, Field(description="A part of the name or of the subject.")]


class CountActors(Query[Count]):
    """How many actors the same filters match."""

    name = "access.count_actors"
    duties = READERS
    title_zh = "统计用户"
    title_en = "Count actors"

    is_active: bool | None = None
    is_program: bool | None = None
    q: Text = None
    #: Only those who hold it today.
    duty: Duty | None = None


class ListActors(Query[Page[ActorView]]):
    """People and programs with their duties (用户列表); nobody is ever removed from it."""

    name = "access.list_actors"
    duties = READERS
    title_zh = "用户列表"
    title_en = "List actors"

    is_active: bool | None = None
    is_program: bool | None = None
    q: Text = None
    #: Only those who hold it today.
    duty: Duty | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountActors)
async def count_actors(query: CountActors, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}",
        query.is_active,
        query.is_program,
        query.q,
        query.duty,
        reading.today,
    )
    return Count(count=count)


@answers(ListActors)
async def list_actors(query: ListActors, reading: Reading) -> Page[ActorView]:
    reading.require_city()
    (after,) = position_of(query.cursor, str) or (None,)
    records = await reading.connection.fetch(
        f"SELECT a.* {_MATCHING} AND ($6::text IS NULL OR a.subject > $6)"
        " ORDER BY a.subject LIMIT $7",
        query.is_active,
        query.is_program,
        query.q,
        query.duty,
        reading.today,
        after,
        query.limit + 1,
    )
    actors = [ActorRow.read(record) for record in records]
    views = await with_duties(reading.connection, actors, reading.today)
    return page_of(views, query.limit, lambda view: cursor_of(view.subject))
