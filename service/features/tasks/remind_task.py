"""Remind of a task: its deadline is so many working days away."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.clock import NOW_SQL, city_day
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.calendar.stored import stored_calendar
from service.features.processes.deadlines import day_before
from service.features.tasks.finding import any_locked_task
from service.features.tasks.notice_tables import Notice, NoticeEntry, TaskReminder
from service.features.tasks.readers import readers_of
from service.features.tasks.tables import Task, TaskState
from service.features.tasks.task_events import TaskReminded

_DUE = f"""
SELECT id FROM task_reminder
WHERE remind_on <= ({NOW_SQL} AT TIME ZONE 'Asia/Shanghai')::date ORDER BY remind_on, id LIMIT $1
"""


class Reminded(BaseModel):
    """What became of a reminder: people were told, or it was put off, or it was for nothing."""

    #: The notice that people find; null where nobody was told.
    notice_id: UUID | None


class RemindTask(Command[Reminded]):
    """Tell whoever has a task, or may take it, that it is due soon (临期提醒).

    Only the process gives this command.
    """

    name = "tasks.remind_task"
    duties = frozenset({Duty.PROCESS})
    title_zh = "临期提醒"
    title_en = "Remind of a task"
    is_for_diagrams = False

    reminder_id: UUID


@handles(RemindTask)
async def remind_task(command: RemindTask, context: Context) -> Reminded:
    """Count anew by today's calendar: the deadline may have moved since the reminder was set."""
    context.require_city()
    statement = "SELECT task_id FROM task_reminder WHERE id = $1"
    task_id = await context.connection.fetchval(statement, command.reminder_id)
    found = await any_locked_task(context, task_id, None) if task_id else None
    record = await context.connection.fetchrow(
        "SELECT * FROM task_reminder WHERE id = $1", command.reminder_id
    )
    if found is None or record is None:
        raise missing("a reminder")
    reminder, task = TaskReminder.read(record), found.task
    if task.state is not TaskState.OPEN or task.due_at is None:
        context.remove(reminder)
        return Reminded(notice_id=None)
    calendar = await stored_calendar(context.connection)
    day = day_before(calendar, task.due_at, reminder.working_days)
    if day > context.today:
        context.update(reminder, remind_on=day)
        return Reminded(notice_id=None)
    context.remove(reminder)
    notice = context.insert(_notice(task, reminder, context))
    for reader in readers_of(task, found.lineages):
        context.insert(NoticeEntry(reader=reader, notice_id=notice.id))
    context.announce(
        TaskReminded(
            instance_id=task.instance_id,
            task_id=task.id,
            due_at=task.due_at,
            working_days=reminder.working_days,
        )
    )
    return Reminded(notice_id=notice.id)


def _notice(task: Task, reminder: TaskReminder, context: Context) -> Notice:
    assert task.due_at is not None, "only what is due is reminded of"
    # A deadline that ends with a day is over at 00:00 of the next one.
    last = city_day(task.due_at - timedelta(microseconds=1))
    case = task.title or task.business_key or task.process_name
    return Notice(
        id=new_id(),
        task_id=task.id,
        instance_id=task.instance_id,
        text=f"“{case}”的任务“{task.name}”将于{last}到期。",
        text_en=f"The task {task.name} of {case} is due on {last}.",
        noticed_at=context.now,
    )


async def due_reminders(connection: Connection, most: int) -> Sequence[Any]:
    """Reminders whose day has come by the city's calendar day."""
    return [record["id"] for record in await connection.fetch(_DUE, most)]
