"""Moving the open deadlines of a case, with a record of each.

Only the rows of timers, tasks, inbox and reminders are written, never the state of the engine:
so a diagram may order it in the middle of a move of its own case.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.core.store.rows import Row
from service.features.calendar.stored import stored_calendar
from service.features.processes.deadline_tables import DeadlineAction, DeadlineChange
from service.features.processes.deadlines import Deadline

_OPEN = """
SELECT t.id, t.number, 0 AS wait, t.element, t.due_at, t.deadline, t.version FROM task t
WHERE t.instance_id = $1 AND t.state = 'OPEN' AND t.deadline IS NOT NULL
AND ($2::text IS NULL OR t.deadline ->> 'clock' = $2) AND ($3::text IS NULL OR t.element = $3)
UNION ALL SELECT t.id, t.number, t.wait, t.element, t.due_at, t.deadline, 0 FROM timer t
WHERE t.instance_id = $1 AND t.deadline IS NOT NULL
AND ($2::text IS NULL OR t.deadline ->> 'clock' = $2) AND ($3::text IS NULL OR t.element = $3)
ORDER BY id
"""
_REMINDERS = "SELECT * FROM task_reminder WHERE task_id = ANY ($1)"


class _Follower(Row):
    """Columns that follow from a deadline: `DeadlineChange` tells of them."""

    is_audited: ClassVar[bool] = False

    due_at: Any


class _TimerDue(_Follower):
    table: ClassVar[str] = "timer"

    id: UUID
    deadline: Any


class _TaskDue(_Follower):
    table: ClassVar[str] = "task"

    id: UUID
    deadline: Any
    version: int
    #: Taken away: its light is counted anew.
    light_on: Any = ""


class _InboxDue(_Follower):
    table: ClassVar[str] = "inbox"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "number")

    instance_id: UUID
    number: int


class _ReminderDay(Row):
    table: ClassVar[str] = "task_reminder"
    is_audited: ClassVar[bool] = False

    id: UUID
    remind_on: date


async def redate(
    context: Context,
    instance_id: UUID,
    change: Callable[[Deadline], Deadline],
    action: DeadlineAction,
    reason: str,
    *,
    clock: str | None = None,
    element: str | None = None,
) -> int:
    """Change the open deadlines of a locked case; how many there are. Three round trips.

    Args:
        clock, element: Only those of this clock, and of this element of the diagram.
    """
    opened = await context.connection.fetch(_OPEN, instance_id, clock, element)
    calendar = await stored_calendar(context.connection)
    tasks: dict[UUID, Deadline] = {}
    for record in opened:
        deadline = change(Deadline.read(record["deadline"], calendar))
        due = deadline.due_at
        if not record["wait"]:
            tasks[record["id"]] = deadline
        has_moved = due != record["due_at"] or action is not DeadlineAction.REDATE
        _write(context, instance_id, record, deadline, has_moved=has_moved)
        if has_moved:
            _record(context, instance_id, record, deadline, action, reason)
    await _remind(context, tasks)
    return len(opened)


def _write(
    context: Context, instance_id: UUID, record: Any, deadline: Deadline, *, has_moved: bool
) -> None:
    old, kept = {"due_at": record["due_at"], "deadline": record["deadline"]}, deadline.kept()
    due = deadline.due_at
    if record["wait"]:
        context.update(_TimerDue(id=record["id"], **old), due_at=due, deadline=kept)
        return
    task = _TaskDue(id=record["id"], version=record["version"], **old)
    recount: dict[str, Any] = {"light_on": None} if has_moved else {}
    context.update(task, due_at=due, deadline=kept, version=task.version + 1, **recount)
    inbox = _InboxDue(instance_id=instance_id, number=record["number"], due_at="")
    context.update(inbox, due_at=due.isoformat() if due else "infinity")


def _record(
    context: Context,
    instance_id: UUID,
    record: Any,
    deadline: Deadline,
    action: DeadlineAction,
    reason: str,
) -> None:
    context.insert(
        DeadlineChange(
            id=new_id(),
            instance_id=instance_id,
            number=record["number"],
            wait=record["wait"],
            element=record["element"],
            clock=deadline.clock,
            action=action,
            days=deadline.days,
            old_due_at=record["due_at"],
            new_due_at=deadline.due_at,
            reason=reason,
            calendar=deadline.working.version,
            at=context.now,
            actor_id=context.actor.id,
            actor_name=context.actor.name,
            command_id=context.command_id,
        )
    )


async def _remind(context: Context, tasks: dict[UUID, Deadline]) -> None:
    """Reminders that are still to come follow their task."""
    if not tasks:
        return
    for record in await context.connection.fetch(_REMINDERS, list(tasks)):
        ((_, day),) = tasks[record["task_id"]].days_before([record["working_days"]])
        row = _ReminderDay(id=record["id"], remind_on=record["remind_on"])
        context.update(row, remind_on=day)
