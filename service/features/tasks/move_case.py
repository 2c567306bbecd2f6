"""Move a case to another body: what it waits for is done there from now on."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.rows import Row
from service.features.processes.reaching import locked_case
from service.features.tasks.incident import IncidentOfNobody
from service.features.tasks.opening import entries_of
from service.features.tasks.readers import body_of, readers_of
from service.features.tasks.tables import InboxGone, Task

_OPEN = "SELECT * FROM task WHERE instance_id = $1 AND state = 'OPEN' ORDER BY number FOR UPDATE"
_LINEAGES = "SELECT id, lineage FROM body WHERE id = ANY ($1)"


class CaseMoved(BaseModel):
    """The case, and how many open tasks went with it."""

    instance_id: UUID
    body_id: UUID
    tasks: int


class MoveCase(Command[CaseMoved]):
    """Move a case to the body that follows its own (流程随机构划转).

    Open tasks for duties over the old body are for those duties over the new one; who had taken
    such a task at the old body has it no longer.
    """

    name = "tasks.move_case"
    duties = frozenset({Duty.PROCESS})
    title_zh = "流程随机构划转"
    title_en = "Move a case to another body"

    instance_id: UUID
    body_id: UUID


class _CaseBody(Row):
    """Whom a case is about. Not a move of the case: its version counts those, as history does."""

    table: ClassVar[str] = "instance"

    id: UUID
    body_id: UUID | None


@handles(MoveCase)
async def move_case(command: MoveCase, context: Context) -> CaseMoved:
    instance, _ = await locked_case(context, command.instance_id)
    records = await context.connection.fetch(_OPEN, instance.id)
    tasks = [Task.read({name: each[name] for name in Task.model_fields}) for each in records]
    bodies = {command.body_id} | {body for task in tasks for body in task.bodies}
    found = await context.connection.fetch(_LINEAGES, list(bodies))
    lineages = {each["id"]: list(each["lineage"]) for each in found}
    moved = [_moved(context, task, instance.body_id, command.body_id) for task in tasks]
    for task in moved:
        context.remove(InboxGone(instance_id=task.instance_id, number=task.number))
        readers = readers_of(task, lineages)
        for entry in entries_of(task, readers):
            context.insert(entry)
        if readers:
            gone = IncidentOfNobody(instance_id=task.instance_id, number=task.number)
            context.update(gone, resolved_at=context.now)
    row = _CaseBody(id=instance.id, body_id=instance.body_id)
    context.update(row, body_id=command.body_id)
    return CaseMoved(instance_id=instance.id, body_id=command.body_id, tasks=len(moved))


def _moved(context: Context, task: Task, old: UUID | None, new: UUID) -> Task:
    """A task with its groups over the new body in place of the old one."""
    groups = [_at(group, old, new) for group in task.groups]
    is_elsewhere = groups != task.groups
    return context.update(
        task,
        body_id=new,
        groups=groups,
        bodies=[body for body in map(body_of, groups) if body],
        assignee_id=None if is_elsewhere else task.assignee_id,
        assignee_name=None if is_elsewhere else task.assignee_name,
        claimed_at=None if is_elsewhere else task.claimed_at,
    )


def _at(group: str, old: UUID | None, new: UUID) -> str:
    duty, at, _ = group.partition("@")
    return f"{duty}@{new}" if at and body_of(group) == old else group
