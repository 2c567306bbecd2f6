"""What somebody may do with a task, and why he may not do the rest. Pure."""

from collections.abc import Sequence

from service.core.auth.actor import Actor, Grant
from service.core.auth.policy import OFFICE
from service.core.engine.extensions import Action
from service.core.errors import NotAllowed, Refusal
from service.features.processes.instance_tables import InstanceState
from service.features.processes.rules import InstanceEnded
from service.features.tasks import rules
from service.features.tasks.assign_task import ASSIGNERS
from service.features.tasks.finding import Found, grant_for
from service.features.tasks.fitness import open_fault, over_fault, person_fault
from service.features.tasks.release_task import release_fault
from service.features.tasks.seeing import grant_over
from service.features.tasks.tables import TaskKind
from service.features.tasks.whole_view import ActionView, Way, Ways


def ways_of(found: Found, actor: Actor, grants: Sequence[Grant]) -> Ways:
    """Each way to change a task, and whether it is open to this person at this moment."""
    task = found.task
    stranger = _stranger_fault(found, actor, grants)
    is_open = stranger or _ended_fault(found) or open_fault(task, actor.id)
    is_fit = is_open or person_fault(task, found.did, actor.id)
    over = _ended_fault(found) or over_fault(task)
    may_speak = stranger is None or grant_over(found, grants, OFFICE) is not None
    may_assign = grant_over(found, grants, ASSIGNERS) is not None
    return Ways(
        claim=_way(is_fit or _held_fault(found, actor)),
        release=_way(is_open or release_fault(found)),
        assign=_way(over if may_assign else _NOT_YOURS),
        complete=_way(is_fit),
        choose=_way(is_fit or (None if task.kind is TaskKind.CHOICE else _no_choice())),
        comment=_way(over if may_speak else _NOT_YOURS),
    )


def action_views(declared: Sequence[Action], complete: Way) -> list[ActionView]:
    """The actions that the diagram declares; all are open to whoever may complete the task."""
    return [
        ActionView(
            id=each.id,
            name=each.name,
            needs_comment=each.needs_comment,
            skips_form=each.skips_form,
            is_open=complete.is_open,
            code=complete.code,
            detail=complete.detail,
            detail_en=complete.detail_en,
        )
        for each in declared
    ]


_NOT_YOURS = NotAllowed(
    "Expected a task that is offered to you, but it is offered to others.",
    "任务应当由本人办理，但本人不是候选人。",
)


def _stranger_fault(found: Found, actor: Actor, grants: Sequence[Grant]) -> Refusal | None:
    is_offered = grant_for(actor, grants, found.task, found.lineages) is not None
    return None if is_offered else _NOT_YOURS


def _ended_fault(found: Found) -> Refusal | None:
    if found.instance.state is InstanceState.RUNNING:
        return None
    return InstanceEnded(
        f"Expected a running case, but it is {found.instance.state}.", "该流程已经结束。"
    )


def _held_fault(found: Found, actor: Actor) -> Refusal | None:
    """Whoever has a task need not take it."""
    if actor.id is None or found.task.assignee_id != actor.id:
        return None
    return rules.TaskTaken(
        "Expected a task that nobody has, but you have it already.",
        "任务应当未被领取，但本人已领取。",
    )


def _no_choice() -> Refusal:
    return rules.ChoiceUnknown(
        "Expected a task in which activities are chosen, but this one has no choices.",
        "该任务没有可选环节。",
    )


def _way(fault: Refusal | None) -> Way:
    if fault is None:
        return Way(is_open=True)
    return Way(is_open=False, code=fault.code, detail=fault.zh, detail_en=fault.en)
