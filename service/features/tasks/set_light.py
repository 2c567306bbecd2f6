"""Set the light of a task: once a day, and when its deadline moves, it is counted anew."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.clock import NOW_SQL
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.core.store.rows import Row
from service.features.tasks.finding import Found, any_locked_task
from service.features.tasks.light_tables import Light, LightEntry
from service.features.tasks.lights import Shone, leader_after, light_of
from service.features.tasks.notice_tables import Notice, NoticeEntry
from service.features.tasks.readers import candidates_of
from service.features.tasks.tables import Task, TaskState
from service.features.tasks.task_events import TaskOverdue

_DUE = f"""
SELECT id FROM task WHERE state = 'OPEN' AND deadline IS NOT NULL
AND (light_on IS NULL OR light_on < ({NOW_SQL} AT TIME ZONE 'Asia/Shanghai')::date)
ORDER BY light_on NULLS FIRST, id LIMIT $1
"""


class _TaskLight(Row):
    """Columns that follow from the deadline and the day."""

    table: ClassVar[str] = "task"
    is_audited: ClassVar[bool] = False

    id: UUID
    light: Light | None
    light_reason: str | None
    light_on: date | None
    was_red: bool


class LightSet(BaseModel):
    """The colour that the task has now; null where nothing says how to find it."""

    light: Light | None


class SetLight(Command[LightSet]):
    """Count the light of a task anew (更新红黄绿灯); each change of colour is kept.

    A task that becomes red is told to the next leader of those who should have done it. Only the
    process gives this command.
    """

    name = "tasks.set_light"
    duties = frozenset({Duty.PROCESS})
    title_zh = "更新红黄绿灯"
    title_en = "Set a light"
    is_for_diagrams = False

    task_id: UUID


@handles(SetLight)
async def set_light(command: SetLight, context: Context) -> LightSet:
    context.require_city()
    found = await any_locked_task(context, command.task_id, None)
    task = found.task
    if task.state is not TaskState.OPEN or task.deadline is None:
        return LightSet(light=task.light)
    shone = await light_of(context, task)
    light = shone.light if shone else None
    kept = {each: getattr(task, each) for each in _TaskLight.model_fields if each != "id"}
    context.update(
        _TaskLight(id=task.id, **kept),
        light=light,
        light_reason=shone.reason if shone else None,
        light_on=context.today,
        was_red=task.was_red or light is Light.RED,
    )
    if shone is not None and light is not task.light:
        _keep(context, task, shone)
        if light is Light.RED:
            await _tell_leader(context, found, shone)
    return LightSet(light=light)


def _keep(context: Context, task: Task, shone: Shone) -> None:
    context.insert(
        LightEntry(
            id=new_id(),
            instance_id=task.instance_id,
            task_id=task.id,
            light=shone.light,
            reason=shone.reason,
            period=shone.period,
            days_left=shone.days_left,
            at=context.now,
        )
    )


async def _tell_leader(context: Context, found: Found, shone: Shone) -> None:
    """Have the leaders after those who should have done it know, each by his duty."""
    task = found.task
    duties = {group.partition("@")[0]: group.partition("@")[2] for group in task.groups}
    groups = []
    for duty, body in duties.items():
        leader = await leader_after(context, duty)
        groups += [f"{leader}@{body}"] if leader else []
    context.announce(
        TaskOverdue(instance_id=task.instance_id, task_id=task.id, days_over=-shone.days_left)
    )
    readers = candidates_of(task.model_copy(update={"groups": groups, "users": []}), found.lineages)
    if not readers:
        return
    case = task.title or task.business_key or task.process_name
    notice = context.insert(
        Notice(
            id=new_id(),
            task_id=task.id,
            instance_id=task.instance_id,
            text=f"“{case}”的任务“{task.name}”{shone.reason}。",
            text_en=f"The task {task.name} of {case} is {-shone.days_left} working days overdue.",
            noticed_at=context.now,
        )
    )
    for reader in readers:
        context.insert(NoticeEntry(reader=reader, notice_id=notice.id))


async def due_lights(connection: Connection, most: int) -> Sequence[Any]:
    """Open tasks whose light was not counted today by the city's calendar day."""
    return [record["id"] for record in await connection.fetch(_DUE, most)]
