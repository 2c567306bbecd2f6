"""Read a task: everything that a front end needs to show it and have it done."""

from typing import Any
from uuid import UUID

import orjson

from service.core.auth.policy import EVERYBODY, missing
from service.core.engine.visible import page_of, visible
from service.core.operation import Query, answers
from service.core.query import Reading
from service.core.store.db import Connection
from service.features.processes.definition import Definition, definition_of
from service.features.tasks.actions import actions_of
from service.features.tasks.finding import WHAT, Found, seen_task
from service.features.tasks.form_data import form_of
from service.features.tasks.seeing import may_see
from service.features.tasks.tables import TaskState
from service.features.tasks.view import summary_of
from service.features.tasks.ways import action_views, ways_of
from service.features.tasks.whole_view import DoneBefore, TaskView

_BEFORE_MOST = 200
_BESIDE = """
SELECT (SELECT json_agg(c ORDER BY c.said_at, c.id) FROM task_comment c WHERE c.task_id = $1)
           AS comments,
       (SELECT json_agg(a ORDER BY a.attached_at, a.id) FROM attachment a WHERE a.task_id = $1)
           AS attachments,
       (SELECT json_agg(b ORDER BY b.ended_at, b.id) FROM (
            SELECT t.id, t.element, t.process, t.name, t.action, t.ended_at,
                   t.completed_by, t.completed_by_name,
                   (SELECT c.text FROM task_comment c WHERE c.task_id = t.id
                    ORDER BY c.said_at DESC, c.id DESC LIMIT 1) AS comment
            FROM task t WHERE t.instance_id = $2 AND t.state = 'COMPLETED' AND t.id <> $1
            ORDER BY t.ended_at DESC, t.id DESC LIMIT $3) b) AS before,
       (SELECT p.rows FROM instance_page p WHERE p.instance_id = $2 AND p.page = $4) AS page
"""


class ReadTask(Query[TaskView]):
    """One task (任务详情): its form and data, who may do what with it, and what went before.

    Whoever may do it sees it, whoever did it, and whoever reads the ledger of the body that the
    case is about; for those who only see it, every way to change it says why it is refused.
    """

    name = "tasks.read_task"
    duties = EVERYBODY
    title_zh = "任务详情"
    title_en = "Read a task"

    task_id: UUID


@answers(ReadTask)
async def read_task(query: ReadTask, reading: Reading) -> TaskView:
    connection = reading.connection
    found = await seen_task(connection, query.task_id, reading.actor.id)
    if not may_see(found, reading.actor, reading.grants):
        raise missing(WHAT)
    definition = await definition_of(connection, found.instance.pins)
    beside = await _beside(connection, found)
    ways = ways_of(found, reading.actor, reading.grants)
    reading.tag(found.task)
    task = found.task
    form = form_of(task, definition)
    return TaskView(
        **summary_of(task).model_dump(),
        number=task.number,
        users=task.users,
        groups=task.groups,
        choices=task.choices,
        form_id=task.form or None,
        form=None if form is None else orjson.loads(form),
        data=_data(found, definition, beside["page"]),
        deadline=task.deadline,
        actions=action_views(actions_of(task, definition), ways.complete),
        ways=ways,
        comments=orjson.loads(beside["comments"] or "[]"),
        attachments=orjson.loads(beside["attachments"] or "[]"),
        before=[DoneBefore(**each) for each in orjson.loads(beside["before"] or "[]")],
    )


async def _beside(connection: Connection, found: Found) -> Any:
    """What lies beside the task's own row; one round trip."""
    page = page_of(found.task.number)
    return await connection.fetchrow(_BESIDE, found.task.id, found.instance.id, _BEFORE_MOST, page)


def _data(found: Found, definition: Definition, page: str | None) -> dict[str, Any] | None:
    """The variables that the task's element sees; None where the case no longer stands there."""
    if found.task.state is not TaskState.OPEN or found.instance.document is None:
        return None
    pages = {} if page is None else {page_of(found.task.number): orjson.loads(page)}
    head = found.instance.document["head"] | {"pages": pages}
    seen = visible(head, found.task.number, definition.compiled.walls)
    return None if seen is None else dict(seen)
