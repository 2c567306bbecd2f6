"""List releases, newest first."""

from uuid import UUID

from service.core.auth.policy import OFFICE
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.processes.authors import AUTHORS
from service.features.processes.contents import Flow
from service.features.processes.tables import Release, ReleaseState
from service.features.processes.view import ReleaseSummary, summary_of

#: Whoever works by the flows may see what they say.
READERS = AUTHORS | OFFICE
_MATCHING = (
    "FROM release WHERE ($1::text IS NULL OR flow = $1) AND ($2::text IS NULL OR state = $2)"
)


class CountReleases(Query[Count]):
    """How many releases the same filters match."""

    name = "processes.count_releases"
    duties = READERS
    title_zh = "统计流程版本"
    title_en = "Count releases"

    flow: Flow | None = None
    state: ReleaseState | None = None


class ListReleases(Query[Page[ReleaseSummary]]):
    """Releases of all flows (流程版本列表), rejected and superseded ones too unless filtered."""

    name = "processes.list_releases"
    duties = READERS
    title_zh = "流程版本列表"
    title_en = "List releases"

    flow: Flow | None = None
    state: ReleaseState | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountReleases)
async def count_releases(query: CountReleases, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", query.flow, query.state
    )
    return Count(count=count)


@answers(ListReleases)
async def list_releases(query: ListReleases, reading: Reading) -> Page[ReleaseSummary]:
    reading.require_city()
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"SELECT * {_MATCHING} AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        query.flow,
        query.state,
        before,
        query.limit + 1,
    )
    views = [summary_of(Release.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))
