"""Read an attachment: the file, byte by byte as it came."""

from uuid import UUID

from service.core.auth.policy import EVERYBODY, missing
from service.core.excel.sheet import Download
from service.core.operation import Query, answers
from service.core.query import Reading
from service.core.store.objects import objects_of
from service.features.tasks.comment_tables import Attachment
from service.features.tasks.finding import WHAT, seen_task
from service.features.tasks.keys import key_of
from service.features.tasks.seeing import may_see

_ROW = "SELECT * FROM attachment WHERE id = $1 AND task_id = $2"
_WHAT = "an attachment of this task"


class ReadAttachment(Query[Download]):
    """The file of an attachment (下载附件), for everybody who sees its task."""

    name = "tasks.read_attachment"
    duties = EVERYBODY
    title_zh = "下载附件"
    title_en = "Read an attachment"

    task_id: UUID
    attachment_id: UUID


@answers(ReadAttachment)
async def read_attachment(query: ReadAttachment, reading: Reading) -> Download:
    found = await seen_task(reading.connection, query.task_id, reading.actor.id)
    if not may_see(found, reading.actor, reading.grants):
        raise missing(WHAT)
    record = await reading.connection.fetchrow(_ROW, query.attachment_id, query.task_id)
    if record is None:
        raise missing(_WHAT)
    attachment = Attachment.read(record)
    content = await objects_of(reading.settings).get(key_of(attachment.id))
    if content is None:
        raise missing(_WHAT)
    return Download(filename=attachment.filename, media_type=attachment.media_type, content=content)
