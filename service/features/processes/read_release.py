"""Read one release with its files and findings."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.processes.list_releases import READERS
from service.features.processes.proposing import files_of
from service.features.processes.tables import Release
from service.features.processes.view import ReleaseView, view_of


class ReadRelease(Query[ReleaseView]):
    """A release (流程版本) with the versions of its files; its ETag is what a decision names."""

    name = "processes.read_release"
    duties = READERS
    title_zh = "查询流程版本"
    title_en = "Read a release"

    release_id: UUID


@answers(ReadRelease)
async def read_release(query: ReadRelease, reading: Reading) -> ReleaseView:
    reading.require_city()
    record = await reading.connection.fetchrow(
        "SELECT * FROM release WHERE id = $1", query.release_id
    )
    if record is None:
        raise missing("a release with this id")
    release = Release.read(record)
    reading.tag(release)
    return view_of(release, await files_of(reading.connection, release.id))
