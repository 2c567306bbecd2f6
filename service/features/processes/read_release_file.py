"""Read one file of a release, as it came."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.processes.contents import FilePath
from service.features.processes.list_releases import READERS
from service.features.processes.tables import FileVersion
from service.features.processes.view import FileView

_FILE = """
SELECT v.* FROM release_file f JOIN file_version v ON v.id = f.version_id
WHERE f.release_id = $1 AND v.path = $2
"""


class FileContent(FileView):
    """A file with its content, character by character as it was sent."""

    content: str


class ReadReleaseFile(Query[FileContent]):
    """The XML or YAML of one file of a release (流程文件内容)."""

    name = "processes.read_release_file"
    duties = READERS
    title_zh = "查询流程文件内容"
    title_en = "Read a file of a release"

    release_id: UUID
    path: FilePath


@answers(ReadReleaseFile)
async def read_release_file(query: ReadReleaseFile, reading: Reading) -> FileContent:
    reading.require_city()
    record = await reading.connection.fetchrow(_FILE, query.release_id, query.path)
    if record is None:
        raise missing("a file of this release at this path")
    return FileContent(**FileVersion.read(record).model_dump())
