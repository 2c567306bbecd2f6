"""Assign a task to somebody, whoever has it now."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.tasks import rules
from service.features.tasks.finding import Found, any_locked_task
from service.features.tasks.fitness import open_fault, person_fault
from service.features.tasks.handing import hand_over
from service.features.tasks.incident import IncidentOfNobody
from service.features.tasks.readers import readers_of
from service.features.tasks.task_events import TaskAssigned
from service.features.tasks.view import TaskSummary, summary_of

ASSIGNERS = frozenset({Duty.OFFICE_DEPUTY, Duty.OFFICE_DIRECTOR})
_PERSON = """
SELECT name FROM actor WHERE id = $1 AND is_active AND NOT is_program AND EXISTS (
    SELECT FROM assignment WHERE actor_id = actor.id AND true_from <= $2
    AND (true_until IS NULL OR true_until > $2))
"""


class AssignTask(Command[TaskSummary]):
    """Give a task to somebody (指派任务): another person than has it, or where nobody may do it.

    What keeps a person from taking a task also keeps it from being given to him.
    """

    name = "tasks.assign_task"
    duties = ASSIGNERS
    title_zh = "指派任务"
    title_en = "Assign a task"
    refusals = (rules.TaskOver, rules.KeptApart, rules.Recused, rules.AssigneeUnknown)
    example: ClassVar = {"assignee_id": "01900000-0000-7000-8000-000000000000"}

    task_id: UUID
    assignee_id: UUID


@handles(AssignTask)
async def assign_task(command: AssignTask, context: Context) -> TaskSummary:
    found = await any_locked_task(context, command.task_id, command.assignee_id)
    _require_reach(found, context)
    person = command.assignee_id
    fault = open_fault(found.task, found.task.assignee_id) or person_fault(
        found.task, found.did, person
    )
    if fault is not None:
        raise fault
    name = await _name(context.connection, person, context)
    if found.task.assignee_id == person:
        context.tag(found.task)
        return summary_of(found.task)
    if not readers_of(found.task, found.lineages):
        gone = IncidentOfNobody(instance_id=found.instance.id, number=found.task.number)
        context.update(gone, resolved_at=context.now)
    task = hand_over(context, found, assignee_id=person, assignee_name=name, claimed_at=None)
    context.announce(
        TaskAssigned(instance_id=task.instance_id, task_id=task.id, assignee_id=person)
    )
    return summary_of(task)


def _require_reach(found: Found, context: Context) -> None:
    """The duty must cover the body that the case is about, or the city where it is the city's."""
    if found.instance.body_id is None:
        context.require_city()
    else:
        context.require_reach(found.body_lineage, "a task")


async def _name(connection: Connection, person: UUID, context: Context) -> str:
    name: str | None = await connection.fetchval(_PERSON, person, context.today)
    if name is None:
        raise rules.AssigneeUnknown(
            "Expected an active person who holds some duty, but there is none with this id.",
            "被指派人应当是在用且具有职责的人员，但未找到。",
        )
    return name
