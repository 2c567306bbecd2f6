"""Release a task: it is offered again to all who may take it."""

from uuid import UUID

from service.core.auth.policy import EVERYBODY
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.tasks import rules
from service.features.tasks.finding import Found, locked_task
from service.features.tasks.fitness import open_fault
from service.features.tasks.handing import hand_over
from service.features.tasks.readers import candidates_of
from service.features.tasks.task_events import TaskReleased
from service.features.tasks.view import TaskSummary, summary_of


class ReleaseTask(Command[TaskSummary]):
    """Give back a task (退领任务) that one has taken; its candidates find it again."""

    name = "tasks.release_task"
    duties = EVERYBODY
    title_zh = "退领任务"
    title_en = "Release a task"
    refusals = (rules.TaskOver, rules.TaskTaken, rules.NotTaken)

    task_id: UUID


@handles(ReleaseTask)
async def release_task(command: ReleaseTask, context: Context) -> TaskSummary:
    found = await locked_task(context, command.task_id)
    fault = open_fault(found.task, context.actor.id) or release_fault(found)
    if fault is not None:
        raise fault
    task = hand_over(context, found, assignee_id=None, assignee_name=None, claimed_at=None)
    context.announce(TaskReleased(instance_id=task.instance_id, task_id=task.id))
    return summary_of(task)


def release_fault(found: Found) -> rules.NotTaken | None:
    """Why a task cannot be given back: nobody has it, or nobody else would find it."""
    if found.task.assignee_id is None:
        return rules.NotTaken(
            "Expected a task that you have taken, but nobody has it.",
            "任务应当已由本人领取，但无人领取。",
        )
    if not candidates_of(found.task, found.lineages):
        return rules.NotTaken(
            "Expected a task that was offered to several, but it was given to this person alone.",
            "任务应当有其他候选人，但仅指定由本人办理。",
        )
    return None
