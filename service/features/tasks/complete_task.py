"""Complete a task: the case goes on to whatever follows."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.policy import EVERYBODY
from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.decisions.inputs import Inputs
from service.features.processes.definition import Definition, definition_of
from service.features.processes.moving import move
from service.features.processes.rules import CommandMisfed, InstanceEnded, InstanceMoved
from service.features.tasks import rules
from service.features.tasks.actions import actions_of, chosen, require_comment
from service.features.tasks.comment_task import add_comment
from service.features.tasks.finding import locked_task
from service.features.tasks.fitness import require_fit
from service.features.tasks.form_data import require_form
from service.features.tasks.tables import Task, TaskState
from service.features.tasks.task_events import TaskCompleted
from service.features.tasks.view import TaskSummary, summary_of


class CompleteTask(Command[TaskSummary]):
    """Complete a task (办理任务) with the data of its form; whoever may take it need not first.

    `action` is one of those that the task declares, and none where it declares none. It becomes
    the variable `action`, and the person's id the variable `action_by`.
    """

    name = "tasks.complete_task"
    duties = EVERYBODY
    title_zh = "办理任务"
    title_en = "Complete a task"
    needs_version = True
    refusals = (
        rules.TaskOver,
        rules.TaskTaken,
        rules.KeptApart,
        rules.Recused,
        rules.ActionUnknown,
        rules.CommentRequired,
        rules.FormFaulty,
        InstanceEnded,
        InstanceMoved,
        CommandMisfed,
    )
    example: ClassVar = {"variables": {"agreed": True}}

    task_id: UUID
    variables: Inputs = Field(default_factory=dict)
    action: Annotated[str | None, Field(max_length=120)] = None
    #: The opinion in words (意见).
    comment: Text | None = None


@handles(CompleteTask)
async def complete_task(command: CompleteTask, context: Context) -> TaskSummary:
    """Check that this person may do it in this way, and move the case on."""
    found = await locked_task(context, command.task_id)
    task = found.task
    require_fit(task, found.did, context.actor.id)
    context.require_version(task)
    definition = await definition_of(context.connection, found.instance.pins)
    _require_complete(command, task, definition)
    done = context.update(
        task,
        state=TaskState.COMPLETED,
        ended_at=context.now,
        completed_by=context.actor.id,
        completed_by_name=context.actor.name,
        action=command.action,
    )
    if command.comment:
        add_comment(context, done, command.comment, command.action)
    context.announce(_completed(done))
    given = port.CompleteTask(task.number, _given(command, context))
    await move(context, found.instance, given, found.lineages)
    context.tag(done)
    return summary_of(done)


def _require_complete(command: CompleteTask, task: Task, definition: Definition) -> None:
    """Refuse an action that is not declared, and what it demands and does not get.

    Raises:
        ActionUnknown, CommentRequired, FormFaulty: As their names say.
    """
    action = chosen(actions_of(task, definition), command.action)
    require_comment(action, command.comment)
    skips = action is not None and action.skips_form
    require_form(task, definition, command.variables, skips=skips)


def _given(command: CompleteTask, context: Context) -> dict[str, Any]:
    """What goes into the case: the data of the form, and how and by whom it was completed."""
    variables = {name: from_wire(value) for name, value in command.variables.items()}
    if command.action is not None:
        variables["action"] = command.action
    variables["action_by"] = str(context.actor.id)
    return variables


def _completed(task: Task) -> TaskCompleted:
    return TaskCompleted(
        instance_id=task.instance_id,
        task_id=task.id,
        element=task.element,
        completed_by=task.completed_by,
        action=task.action,
    )
