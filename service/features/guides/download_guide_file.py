"""Download a template or sample: everybody those of approved guides, the office all."""

from uuid import UUID

from asyncpg import Record

from service.core.auth.actor import Duty
from service.core.auth.policy import OFFICE, missing
from service.core.excel.sheet import Download
from service.core.operation import Query, answers
from service.core.query import Reading

_FILE = "SELECT * FROM guide_file WHERE id = $1"
_IS_PUBLIC = """
EXISTS (SELECT FROM guide_material m JOIN service_guide g ON g.id = m.guide_id
        WHERE $1 IN (m.template_file_id, m.sample_file_id) AND g.state = 'APPROVED'
          AND g.in_force_from <= $2)
"""


class DownloadGuideFile(Query[Download]):
    """A template or filled sample of a guide that is or was in force (下载样表). Open to the
    public.
    """

    name = "guides.download_guide_file"
    duties = frozenset({Duty.PUBLIC_USER})
    is_public = True
    title_zh = "下载样表"
    title_en = "Download a guide file"

    file_id: UUID


class PreviewGuideFile(Query[Download]):
    """A template or sample before its guide is approved (预览样表)."""

    name = "guides.preview_guide_file"
    duties = OFFICE
    title_zh = "预览样表"
    title_en = "Preview a guide file"

    file_id: UUID


@answers(DownloadGuideFile)
async def download_guide_file(query: DownloadGuideFile, reading: Reading) -> Download:
    record = await reading.connection.fetchrow(
        f"{_FILE} AND {_IS_PUBLIC}", query.file_id, reading.today
    )
    return _given_out(record, reading)


@answers(PreviewGuideFile)
async def preview_guide_file(query: PreviewGuideFile, reading: Reading) -> Download:
    reading.require_city()
    return _given_out(await reading.connection.fetchrow(_FILE, query.file_id), reading)


def _given_out(record: Record | None, reading: Reading) -> Download:
    if record is None:
        raise missing("a guide file with this id")
    reading.etag = record["sha256"]
    return Download(
        filename=record["filename"],
        media_type=record["media_type"],
        content=record["content"],
    )
