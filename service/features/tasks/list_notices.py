"""List notices: what somebody is told about tasks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.policy import EVERYBODY
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.tasks.readers import readers_for

# Ids rise with time, so a page is the newest of each reader's newest.
_PAGE = """
SELECT n.*, s.seen_at FROM (
    SELECT DISTINCT e.notice_id FROM unnest($1::text[]) AS mine (reader)
    CROSS JOIN LATERAL (
        SELECT e.notice_id FROM notice_entry e
        WHERE e.reader = mine.reader AND ($2::uuid IS NULL OR e.notice_id < $2)
          AND NOT ($3 AND EXISTS (SELECT FROM notice_seen s
                   WHERE s.actor_id = $4 AND s.notice_id = e.notice_id))
        ORDER BY e.notice_id DESC LIMIT $5) e
    ORDER BY e.notice_id DESC LIMIT $5) e
JOIN notice n ON n.id = e.notice_id
LEFT JOIN notice_seen s ON s.actor_id = $4 AND s.notice_id = n.id
ORDER BY n.id DESC
"""


class NoticeView(BaseModel):
    """Something that people are told about a task."""

    id: UUID
    task_id: UUID
    instance_id: UUID
    text: str
    text_en: str
    noticed_at: datetime
    #: When the one who asks marked it as read; null while it is new to him.
    seen_at: datetime | None


class ListNotices(Query[Page[NoticeView]]):
    """Notices for the one who asks (通知), newest first."""

    name = "tasks.list_notices"
    duties = EVERYBODY
    title_zh = "通知列表"
    title_en = "List notices"

    is_new: Annotated[bool, Field(description="Only those that were not marked as read.")] = False
    limit: Limit = 50
    cursor: Cursor = None


@answers(ListNotices)
async def list_notices(query: ListNotices, reading: Reading) -> Page[NoticeView]:
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        _PAGE,
        readers_for(reading.actor.id, reading.grants),
        before,
        query.is_new,
        reading.actor.id,
        query.limit + 1,
    )
    views = [NoticeView(**record) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))
