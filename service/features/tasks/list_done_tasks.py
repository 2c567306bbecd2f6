"""List the tasks that somebody has done."""

from datetime import datetime
from uuid import UUID

from service.core.auth.policy import EVERYBODY
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.tasks.tables import Task
from service.features.tasks.view import TaskSummary, summary_of

_PAGE = """
SELECT * FROM task WHERE completed_by = $1
  AND ($2::timestamptz IS NULL OR (ended_at, id) < ($2, $3::uuid))
ORDER BY ended_at DESC, id DESC LIMIT $4
"""


class ListDoneTasks(Query[Page[TaskSummary]]):
    """Tasks that the one who asks has completed (已办任务), newest first."""

    name = "tasks.list_done_tasks"
    duties = EVERYBODY
    title_zh = "已办任务"
    title_en = "List done tasks"

    limit: Limit = 50
    cursor: Cursor = None


@answers(ListDoneTasks)
async def list_done_tasks(query: ListDoneTasks, reading: Reading) -> Page[TaskSummary]:
    ended_at, task_id = position_of(query.cursor, datetime, UUID) or (None, None)
    records = await reading.connection.fetch(
        _PAGE, reading.actor.id, ended_at, task_id, query.limit + 1
    )
    views = [summary_of(Task.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.ended_at, view.id))
