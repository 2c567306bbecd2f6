"""Read one version of a guide with its page."""

from uuid import UUID

from service.core.auth.policy import OFFICE, missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.guides.tables import ServiceGuide
from service.features.guides.view import GuideVersionView, materials_of, version_of


class ReadGuideVersion(Query[GuideVersionView]):
    """A version of a guide (办事指南版本); its ETag is what a decision names."""

    name = "guides.read_guide_version"
    duties = OFFICE
    title_zh = "查询办事指南版本"
    title_en = "Read a guide version"

    guide_id: UUID


@answers(ReadGuideVersion)
async def read_guide_version(query: ReadGuideVersion, reading: Reading) -> GuideVersionView:
    reading.require_city()
    record = await reading.connection.fetchrow(
        "SELECT * FROM service_guide WHERE id = $1", query.guide_id
    )
    if record is None:
        raise missing("a version of a guide with this id")
    guide = ServiceGuide.read(record)
    reading.tag(guide)
    return version_of(guide, await materials_of(reading.connection, guide.id))
