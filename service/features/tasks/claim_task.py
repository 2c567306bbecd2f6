"""Claim a task: it is taken by one person, and leaves the inbox of all others."""

from uuid import UUID

from service.core.auth.policy import EVERYBODY
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.tasks import rules
from service.features.tasks.finding import locked_task
from service.features.tasks.fitness import require_fit
from service.features.tasks.handing import hand_over
from service.features.tasks.task_events import TaskClaimed
from service.features.tasks.view import TaskSummary, summary_of


class ClaimTask(Command[TaskSummary]):
    """Take a task (领取任务) that is offered to oneself. Whoever has it already keeps it."""

    name = "tasks.claim_task"
    duties = EVERYBODY
    title_zh = "领取任务"
    title_en = "Claim a task"
    refusals = (rules.TaskOver, rules.TaskTaken, rules.KeptApart, rules.Recused)

    task_id: UUID


@handles(ClaimTask)
async def claim_task(command: ClaimTask, context: Context) -> TaskSummary:
    """Under the lock of the case the first one takes it, and the next one learns who has."""
    found = await locked_task(context, command.task_id)
    actor = context.actor
    require_fit(found.task, found.did, actor.id)
    if found.task.assignee_id == actor.id or actor.id is None:
        context.tag(found.task)
        return summary_of(found.task)
    task = hand_over(
        context,
        found,
        assignee_id=actor.id,
        assignee_name=actor.name,
        claimed_at=context.now,
    )
    context.announce(
        TaskClaimed(instance_id=task.instance_id, task_id=task.id, assignee_id=actor.id)
    )
    return summary_of(task)
