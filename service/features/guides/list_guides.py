"""List the guides in force, for everybody."""

from service.core.auth.actor import Duty
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.guides.in_force import IN_FORCE
from service.features.guides.view import GuideSummary


class ListGuides(Query[Page[GuideSummary]]):
    """The procedures with a guide in force today (办事指南目录). Open to the public."""

    name = "guides.list_guides"
    duties = frozenset({Duty.PUBLIC_USER})
    is_public = True
    title_zh = "办事指南目录"
    title_en = "List guides"

    limit: Limit = 50
    cursor: Cursor = None


@answers(ListGuides)
async def list_guides(query: ListGuides, reading: Reading) -> Page[GuideSummary]:
    (after,) = position_of(query.cursor, str) or (None,)
    records = await reading.connection.fetch(
        f"""SELECT code, title, number, in_force_from FROM ({IN_FORCE}) g
            WHERE $2::text IS NULL OR code > $2 ORDER BY code LIMIT $3""",
        reading.today,
        after,
        query.limit + 1,
    )
    views = [GuideSummary(**dict(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.code))
