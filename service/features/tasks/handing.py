"""Handing a task over: its row, and the inbox entries that follow it."""

from typing import Any

from service.core.command import Context
from service.features.tasks.finding import Found
from service.features.tasks.opening import entries_of
from service.features.tasks.readers import readers_of
from service.features.tasks.tables import InboxGone, Task


def hand_over(context: Context, found: Found, **values: Any) -> Task:
    """Change who has a task; from now on those find it who may do it then."""
    task = context.update(found.task, **values)
    context.remove(InboxGone(instance_id=task.instance_id, number=task.number))
    for entry in entries_of(task, readers_of(task, found.lineages)):
        context.insert(entry)
    context.tag(task)
    return task
