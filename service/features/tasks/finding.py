"""Finding a task with its case, locked, and by which right somebody may do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from service.core.auth.actor import Actor, Grant
from service.core.auth.policy import missing
from service.core.command import Context
from service.features.processes.instance_tables import Instance
from service.features.processes.moving import instance_of
from service.features.tasks.readers import body_of
from service.features.tasks.tables import Task

WHAT = "a task"
# Both rows are locked, the case first, so that both are read as they are when the lock is had.
_LOCKED = """
SELECT i.*, row_to_json(t) AS task, l.lineages
FROM instance i JOIN task t ON t.instance_id = i.id
LEFT JOIN LATERAL (SELECT json_object_agg(b.id, b.lineage) AS lineages FROM body b
    WHERE b.id = ANY (t.bodies || i.body_id)) l ON true
WHERE t.id = $1 FOR UPDATE OF i, t
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A task with its case, and the chains of superiors of the bodies it names."""

    task: Task
    instance: Instance
    lineages: dict[UUID, list[UUID]]


async def locked_task(context: Context, task_id: UUID) -> Found:
    """A task and its case, locked, where the actor is its assignee or one of its candidates.

    Raises:
        NotFound: There is none, or it is nothing to the actor.
    """
    record = await context.connection.fetchrow(_LOCKED, task_id)
    if record is None:
        raise missing(WHAT)
    task = Task.read(orjson.loads(record["task"]))
    given = orjson.loads(record["lineages"] or "{}")
    lineages = {UUID(key): [UUID(each) for each in chain] for key, chain in given.items()}
    grant = grant_for(context.actor, context.grants, task, lineages)
    if grant is None:
        raise missing(WHAT)
    context.allow(grant)
    return Found(task, instance_of(record), lineages)


def grant_for(
    actor: Actor,
    grants: Sequence[Grant],
    task: Task,
    lineages: dict[UUID, list[UUID]],
) -> Grant | None:
    """The grant by which somebody may do a task; None where it is nothing to him.

    Whoever the diagram names may by any duty he holds; a candidate by the duty that it names.
    """
    if actor.id is not None and actor.id in (task.assignee_id, *task.users) and grants:
        return grants[0]
    for group in task.groups:
        duty, _, body = group.partition("@")
        lineage = lineages.get(body_of(group) or UUID(int=0), [])
        for grant in grants:
            if grant.duty != duty:
                continue
            if grant.covers(lineage) if body else grant.reach == "CITY":
                return grant
    return None
