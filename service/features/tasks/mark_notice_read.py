"""Mark a notice as read."""

from uuid import UUID

from service.core.auth.policy import EVERYBODY, missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.tasks.list_notices import NoticeView
from service.features.tasks.notice_tables import NoticeSeen
from service.features.tasks.readers import readers_for

_ONE = """
SELECT n.*, s.seen_at FROM notice n
LEFT JOIN notice_seen s ON s.actor_id = $3 AND s.notice_id = n.id
WHERE n.id = $1 AND EXISTS (
    SELECT FROM notice_entry e WHERE e.notice_id = n.id AND e.reader = ANY ($2))
"""


class MarkNoticeRead(Command[NoticeView]):
    """Mark a notice as read (标记已读), for oneself alone; once read it stays read."""

    name = "tasks.mark_notice_read"
    duties = EVERYBODY
    title_zh = "标记通知已读"
    title_en = "Mark a notice as read"

    notice_id: UUID


@handles(MarkNoticeRead)
async def mark_notice_read(command: MarkNoticeRead, context: Context) -> NoticeView:
    actor_id = context.actor.id
    readers = readers_for(actor_id, context.grants)
    record = await context.connection.fetchrow(_ONE, command.notice_id, readers, actor_id)
    if record is None or actor_id is None:
        raise missing("a notice")
    context.allow(context.grants[0])
    notice = NoticeView(**record)
    if notice.seen_at is not None:
        return notice
    seen = context.insert(NoticeSeen(actor_id=actor_id, notice_id=notice.id, seen_at=context.now))
    return notice.model_copy(update={"seen_at": seen.seen_at})
