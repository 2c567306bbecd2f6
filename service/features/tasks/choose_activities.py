"""Choose activities: an ad-hoc sub-process starts what a person wants done."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.policy import EVERYBODY
from service.core.command import Context
from service.core.engine import port
from service.core.operation import Command, handles
from service.features.processes.moving import move
from service.features.processes.rules import CommandMisfed, InstanceEnded, InstanceMoved
from service.features.tasks import rules
from service.features.tasks.finding import locked_task
from service.features.tasks.fitness import require_fit
from service.features.tasks.tables import Task, TaskState
from service.features.tasks.view import TaskSummary, summary_of

ActivityId = Annotated[str, Field(min_length=1, max_length=120)]


class ChooseActivities(Command[TaskSummary]):
    """Start activities (选择环节) of an ad-hoc sub-process, whose task is for choosing.

    It waits for more, until it is completed or its own condition ends it.
    """

    name = "tasks.choose_activities"
    duties = EVERYBODY
    title_zh = "选择环节"
    title_en = "Choose activities"
    refusals = (
        rules.TaskOver,
        rules.TaskTaken,
        rules.Recused,
        rules.KeptApart,
        rules.ChoiceUnknown,
        InstanceEnded,
        InstanceMoved,
        CommandMisfed,
    )
    example: ClassVar = {"elements": ["visit"]}

    task_id: UUID
    #: Ids of the activities, each once or more.
    elements: Annotated[list[ActivityId], Field(min_length=1, max_length=50)]


@handles(ChooseActivities)
async def choose_activities(command: ChooseActivities, context: Context) -> TaskSummary:
    """Check that they can be chosen, and start them in the order given."""
    found = await locked_task(context, command.task_id)
    task = found.task
    require_fit(task, found.did, context.actor.id)
    _require_known(task, command.elements)
    given = port.ActivateElements(task.number, tuple(command.elements))
    moved = await move(context, found.instance, given, found.lineages)
    if _is_over(moved.effects, task.number):
        task = context.update(task, state=TaskState.CANCELLED, ended_at=context.now)
    context.tag(task)
    return summary_of(task)


def _require_known(task: Task, elements: list[str]) -> None:
    unknown = [each for each in elements if each not in task.choices]
    if unknown:
        raise rules.ChoiceUnknown(
            f"Expected activities out of {', '.join(task.choices) or 'none'}, "
            f"but got {unknown[0]}.",
            f"应当从可选环节中选择，但没有“{unknown[0]}”。",
            choices=task.choices,
        )


def _is_over(effects: list[port.Effect], number: int) -> bool:
    """Whether what was chosen passed at once and met the condition that ends it all."""
    return any(isinstance(e, port.ChoiceClosed) and e.instance == number for e in effects)
