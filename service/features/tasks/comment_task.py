"""Say something about a task."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.policy import EVERYBODY, OFFICE, missing
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.tasks import rules
from service.features.tasks.comment_tables import TaskComment
from service.features.tasks.finding import WHAT, Found, grant_for, shared_task
from service.features.tasks.fitness import over_fault
from service.features.tasks.seeing import grant_over
from service.features.tasks.tables import Task
from service.features.tasks.view import CommentView, comment_view


class CommentTask(Command[CommentView]):
    """Say something about an open task (发表意见). What was said stays as it was said.

    Whoever may do the task may, and the office where its duties cover the body of the case.
    """

    name = "tasks.comment_task"
    duties = EVERYBODY
    title_zh = "发表意见"
    title_en = "Comment on a task"
    status = 201
    refusals = (rules.TaskOver,)
    example: ClassVar = {"text": "材料齐全，建议受理。"}

    task_id: UUID
    text: Annotated[Text, Field(min_length=1)]


@handles(CommentTask)
async def comment_task(command: CommentTask, context: Context) -> CommentView:
    found = await shared_task(context, command.task_id)
    allow_speaker(found, context)
    fault = over_fault(found.task)
    if fault is not None:
        raise fault
    return comment_view(add_comment(context, found.task, command.text, None))


def allow_speaker(found: Found, context: Context) -> None:
    """Whoever may do a task, and the office over its body, may add to it.

    Raises:
        NotFound: The task is nothing to the actor, or only to be seen.
    """
    grant = grant_for(context.actor, context.grants, found.task, found.lineages) or grant_over(
        found, context.grants, OFFICE
    )
    if grant is None:
        raise missing(WHAT)
    context.allow(grant)


def add_comment(context: Context, task: Task, text: str, action: str | None) -> TaskComment:
    """Keep what the actor says, with the action where it was said by taking one."""
    return context.insert(
        TaskComment(
            id=new_id(),
            task_id=task.id,
            text=text,
            action=action,
            actor_id=context.actor.id,
            actor_name=context.actor.name,
            said_at=context.now,
        )
    )
