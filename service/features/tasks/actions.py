"""The ways in which a task can be completed, as its diagram declares them. Pure."""

from collections.abc import Sequence

from service.core.engine.extensions import Action
from service.features.processes.definition import Definition
from service.features.tasks import rules
from service.features.tasks.tables import Task, TaskKind


def actions_of(task: Task, definition: Definition) -> tuple[Action, ...]:
    """The actions that the diagram declares for a task; empty where it is just completed."""
    if task.kind is not TaskKind.USER:
        return ()
    return definition.element(task.element, task.process).extensions.actions


def chosen(declared: Sequence[Action], action: str | None) -> Action | None:
    """The declared action that was taken; None where none is declared.

    Raises:
        ActionUnknown: It is none of them, or none is declared and one was given.
    """
    found = next((each for each in declared if each.id == action), None)
    if found is None and (declared or action is not None):
        ids = [each.id for each in declared]
        expected = f"one of the actions {', '.join(ids)}" if ids else "no action"
        wanted = f"以下办理方式之一：{'、'.join(ids)}" if ids else "不指定办理方式"
        raise rules.ActionUnknown(
            f"Expected {expected}, but got {action or 'none'}.",
            f"应当为{wanted}，但为{action or '空'}。",
            actions=ids,
        )
    return found


def require_comment(action: Action | None, comment: str | None) -> None:
    """Refuse an action that asks for an opinion and gets none.

    Raises:
        CommentRequired: As the name says.
    """
    if action is not None and action.needs_comment and not comment:
        raise rules.CommentRequired(
            f"Expected an opinion in words with {action.name or action.id}, but there is none.",
            f"“{action.name or action.id}”应当填写意见，但未填写。",
        )
