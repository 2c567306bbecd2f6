"""Who may do a task that is offered to him, and who must not. Pure."""

from uuid import UUID

from service.core.errors import Refusal
from service.features.tasks import rules
from service.features.tasks.tables import Task, TaskState


def over_fault(task: Task) -> Refusal | None:
    """Why nothing can be done about it any more: it was done, or the flow went on without it."""
    if task.state is TaskState.OPEN:
        return None
    return rules.TaskOver(
        f"Expected an open task, but it is {task.state}.", "任务应当待办，但已结束。"
    )


def open_fault(task: Task, actor_id: UUID | None) -> Refusal | None:
    """Why it is not to be done by this person now: it is over, or another's."""
    if (over := over_fault(task)) is not None:
        return over
    if task.assignee_id not in (None, actor_id):
        return rules.TaskTaken(
            f"Expected a task that nobody else has, but {task.assignee_name} has it.",
            f"任务应当未被他人领取，但{task.assignee_name}已领取。",
            assignee_id=task.assignee_id,
            assignee_name=task.assignee_name,
        )
    return None


def person_fault(task: Task, did: list[str], person_id: UUID | None) -> Refusal | None:
    """Why this person must not do it at all: another task done before, or the matter itself.

    Args:
        did: Names of the tasks kept apart from this one that the person has done.
    """
    if person_id in task.recused:
        return rules.Recused(
            "Expected somebody whom the matter does not concern, but it concerns this person.",
            "办理人应当与该事项无利害关系，但须回避。",
        )
    if did:
        return rules.KeptApart(
            f"Expected somebody who did none of the tasks kept apart from {task.name}, "
            f"but this person did {', '.join(did)}.",
            f"“{task.name}”应当由其他人员办理，但该人员已办理：{'、'.join(did)}。",
            did=did,
        )
    return None


def require_fit(task: Task, did: list[str], person_id: UUID | None) -> None:
    """Refuse what is over or another's, and whom the task is kept from.

    Raises:
        TaskOver: It was done, or the flow went on without it.
        TaskTaken: Somebody else has it.
        Recused: The matter concerns the person.
        KeptApart: The person did a task that is kept apart from this one.
    """
    fault = open_fault(task, person_id) or person_fault(task, did, person_id)
    if fault is not None:
        raise fault
