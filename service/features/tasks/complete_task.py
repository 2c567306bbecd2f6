"""Complete a task: the case goes on to whatever follows."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.policy import EVERYBODY
from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.features.decisions.inputs import Inputs
from service.features.processes.moving import move
from service.features.processes.rules import CommandMisfed, InstanceEnded, InstanceMoved
from service.features.tasks import rules
from service.features.tasks.finding import locked_task
from service.features.tasks.tables import Task, TaskState
from service.features.tasks.view import TaskSummary, summary_of


class CompleteTask(Command[TaskSummary]):
    """Complete a task (办理任务) with the data of its form; whoever may take it need not first."""

    name = "tasks.complete_task"
    duties = EVERYBODY
    title_zh = "办理任务"
    title_en = "Complete a task"
    needs_version = True
    refusals = (rules.TaskOver, rules.TaskTaken, InstanceEnded, InstanceMoved, CommandMisfed)
    example: ClassVar = {"variables": {"agreed": True}}

    task_id: UUID
    variables: Inputs = Field(default_factory=dict)


@handles(CompleteTask)
async def complete_task(command: CompleteTask, context: Context) -> TaskSummary:
    """Check that it is still to be done by this person, and move the case on."""
    found = await locked_task(context, command.task_id)
    task = found.task
    require_open(task, context.actor.id)
    context.require_version(task)
    done = context.update(
        task,
        state=TaskState.COMPLETED,
        ended_at=context.now,
        completed_by=context.actor.id,
        completed_by_name=context.actor.name,
    )
    variables = {name: from_wire(value) for name, value in command.variables.items()}
    given = port.CompleteTask(task.number, variables)
    await move(context, found.instance, given, found.lineages)
    context.tag(done)
    return summary_of(done)


def require_open(task: Task, actor_id: UUID | None) -> None:
    """Refuse what is over or another's.

    Raises:
        TaskOver: It was done, or the flow went on without it.
        TaskTaken: Somebody else has it.
    """
    if task.state is not TaskState.OPEN:
        raise rules.TaskOver(
            f"Expected an open task, but it is {task.state}.", "任务应当待办，但已结束。"
        )
    if task.assignee_id not in (None, actor_id):
        raise rules.TaskTaken(
            f"Expected a task that nobody else has, but {task.assignee_name} has it.",
            f"任务应当未被他人领取，但{task.assignee_name}已领取。",
            assignee_id=task.assignee_id,
            assignee_name=task.assignee_name,
        )
