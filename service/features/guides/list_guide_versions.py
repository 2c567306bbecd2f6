"""List all versions of guides, for those who write and approve them."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import OFFICE
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.guides.fields import ProcedureCode
from service.features.guides.tables import GuideState, ServiceGuide
from service.features.guides.view import GuideVersionSummary, summary_of

_MATCHING = (
    "FROM service_guide WHERE ($1::text IS NULL OR code = $1) AND ($2::text IS NULL OR state = $2)"
)


class VersionFilter(BaseModel):
    """Which versions: of one procedure, in one state."""

    code: ProcedureCode | None = None
    state: GuideState | None = None


class CountGuideVersions(VersionFilter, Query[Count]):
    """How many versions the same filters match."""

    name = "guides.count_guide_versions"
    duties = OFFICE
    title_zh = "统计办事指南版本"
    title_en = "Count guide versions"


class ListGuideVersions(VersionFilter, Query[Page[GuideVersionSummary]]):
    """All versions of guides (办事指南版本), newest first: past, waiting and rejected ones too."""

    name = "guides.list_guide_versions"
    duties = OFFICE
    title_zh = "办事指南版本列表"
    title_en = "List guide versions"

    limit: Limit = 50
    cursor: Cursor = None


@answers(CountGuideVersions)
async def count_guide_versions(query: CountGuideVersions, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", query.code, query.state
    )
    return Count(count=count)


@answers(ListGuideVersions)
async def list_guide_versions(
    query: ListGuideVersions, reading: Reading
) -> Page[GuideVersionSummary]:
    reading.require_city()
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"SELECT * {_MATCHING} AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4",
        query.code,
        query.state,
        before,
        query.limit + 1,
    )
    views = [summary_of(ServiceGuide.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))
