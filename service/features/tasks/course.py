"""Where a case stands: who has what by when, what may come next, and what led here."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from pydantic import BaseModel

from service.core.store.db import Connection
from service.features.processes.ahead import steps_ahead
from service.features.processes.definition import Definition, definition_of
from service.features.tasks.light_tables import Light

_CASE = """
SELECT i.pins,
(SELECT coalesce(json_agg(s ORDER BY s.opened_at, s.task_id), '[]') FROM (
    SELECT id AS task_id, element, process, process_name, name, groups, assignee_name, opened_at,
           due_at, light, light_reason
    FROM task WHERE instance_id = i.id AND state = 'OPEN') s) AS steps,
(SELECT coalesce(json_agg(d ORDER BY d.ended_at DESC, d.task_id DESC), '[]') FROM (
    SELECT t.id AS task_id, t.name, t.action, t.process, t.element, t.ended_at,
           t.completed_by_name AS by_name, c.text AS comment
    FROM task t LEFT JOIN task_comment c ON c.task_id = t.id AND c.action IS NOT NULL
    WHERE t.instance_id = i.id AND t.state = 'COMPLETED'
    ORDER BY t.ended_at DESC, t.id DESC LIMIT 20) d) AS done,
(SELECT coalesce(json_agg(s ORDER BY s.stopped_at, s.clock, s.cause), '[]') FROM (
    SELECT clock, cause, reason, stopped_at FROM stopped_clock WHERE instance_id = i.id) s)
    AS stopped
FROM instance i WHERE i.id = $1
"""


class NextStep(BaseModel):
    """What may come after a step, as its diagram draws it."""

    element: str
    name: str
    #: `task`, `process` (another page of the flow), `event` (something is waited for) or `end`.
    kind: str
    #: The names of the flows that lead there; "" where it just follows.
    when: str


class OpenStep(BaseModel):
    """A task that a case waits for: who has it, by when, and what may come next."""

    task_id: UUID
    element: str
    process: str
    #: The page of the flow that it is drawn on.
    process_name: str
    name: str
    assignee_name: str | None
    #: Those who may take it: as duties, and each with the body over which it is held.
    duties: list[str]
    groups: list[str]
    opened_at: datetime
    due_at: datetime | None
    light: Light | None
    light_reason: str | None
    next: list[NextStep]


class LastStep(BaseModel):
    """The task that was done last, and so why the case stands where it stands."""

    task_id: UUID
    name: str
    #: The name of the way in which it was completed, as the diagram calls it.
    action: str | None
    comment: str | None
    by_name: str | None
    ended_at: datetime


class StoppedClock(BaseModel):
    """A clock that stands still, and for what."""

    clock: str
    cause: str
    reason: str
    stopped_at: datetime


class Course(BaseModel):
    """Where a case stands. All empty where it has not begun, or is over."""

    steps: list[OpenStep] = []
    last: LastStep | None = None
    stopped_clocks: list[StoppedClock] = []


async def course_of(
    connection: Connection, instance_id: UUID | None, flow: str | None = None
) -> Course:
    """Where a case stands; the caller answers for the right to know. One round trip.

    Args:
        flow: Only the steps of this flow, where the case of another one has called it.
    """
    record = await connection.fetchrow(_CASE, instance_id) if instance_id else None
    if record is None:
        return Course()
    definition = await definition_of(connection, record["pins"])
    last = next((e for e in orjson.loads(record["done"]) if _is_of(e, flow, definition)), None)
    steps = [e for e in orjson.loads(record["steps"]) if _is_of(e, flow, definition)]
    return Course(
        steps=[_step(each, definition) for each in steps],
        last=_last(last, definition) if last else None,
        stopped_clocks=orjson.loads(record["stopped"]),
    )


def _is_of(found: dict[str, Any], flow: str | None, definition: Definition) -> bool:
    return flow is None or definition.homes[found["process"]] == flow


def _step(found: dict[str, Any], definition: Definition) -> OpenStep:
    ahead = steps_ahead(definition, found["process"], found["element"])
    duties = list(dict.fromkeys(group.partition("@")[0] for group in found["groups"]))
    return OpenStep(
        **found,
        duties=duties,
        next=[NextStep(element=e.element, name=e.name, kind=e.kind, when=e.when) for e in ahead],
    )


def _last(found: dict[str, Any], definition: Definition) -> LastStep:
    process, element = found.pop("process"), found.pop("element")
    if found["action"]:
        declared = definition.element(element, process).extensions.actions
        names = {each.id: each.name for each in declared}
        found["action"] = names.get(found["action"]) or found["action"]
    return LastStep(**found)
