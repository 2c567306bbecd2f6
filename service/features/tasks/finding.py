"""Finding a task with its case, locked, and by which right somebody may do it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from service.core.auth.actor import Actor, Grant
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.store.db import Connection
from service.features.processes.instance_tables import Instance
from service.features.processes.moving import instance_of
from service.features.tasks.readers import body_of
from service.features.tasks.tables import Task

WHAT = "a task"
_DID = """
SELECT coalesce(json_agg(DISTINCT d.name), '[]') FROM task d
WHERE d.instance_id = {instance} AND d.completed_by = $2
  AND d.process || '/' || d.element = ANY ({apart})
"""
_FOUND = f"""
SELECT i.*, row_to_json(t) AS task, l.lineages, d.did,
       (SELECT version FROM instance WHERE id = i.id) AS seen
FROM instance i JOIN task t ON t.instance_id = i.id
LEFT JOIN LATERAL (SELECT json_object_agg(b.id, b.lineage) AS lineages FROM body b
    WHERE b.id = ANY (t.bodies || i.body_id)) l ON true
LEFT JOIN LATERAL ({_DID.format(instance="t.instance_id", apart="t.apart")}) d (did) ON true
WHERE t.id = $1
"""
# Both rows are locked, the case first, so that both are read as they are when the lock is had.
_LOCKED = f"{_FOUND} FOR UPDATE OF i, t"
# Whoever adds to a task need not wait for those who move the case, only for who ends the task.
_SHARED = f"{_FOUND} FOR SHARE OF t"
_DID_NOW = _DID.format(instance="$1", apart="$3")


@dataclass(frozen=True, slots=True)
class Found:
    """A task with its case, and what decides who may do it.

    Attributes:
        lineages: The chains of superiors of the bodies that it names.
        did: Names of the tasks kept apart from it that the person in question has done.
    """

    task: Task
    instance: Instance
    lineages: dict[UUID, list[UUID]]
    did: list[str]

    @property
    def body_lineage(self) -> list[UUID]:
        """The chain of superiors of the body that the case is about; empty for the city's own."""
        return self.lineages.get(self.instance.body_id or UUID(int=0), [])


async def locked_task(context: Context, task_id: UUID) -> Found:
    """A task and its case, locked, where the actor is its assignee or one of its candidates.

    Raises:
        NotFound: There is none, or it is nothing to the actor.
    """
    found = await any_locked_task(context, task_id, context.actor.id)
    grant = grant_for(context.actor, context.grants, found.task, found.lineages)
    if grant is None:
        raise missing(WHAT)
    context.allow(grant)
    return found


async def any_locked_task(context: Context, task_id: UUID, person_id: UUID | None) -> Found:
    """A task and its case, locked, whoever asks; the caller answers for the right to it.

    Raises:
        NotFound: There is none.
    """
    record = await context.connection.fetchrow(_LOCKED, task_id, person_id)
    if record is None:
        raise missing(WHAT)
    found = _read(record)
    if found.task.apart and record["seen"] != record["version"]:
        # The case moved while the lock was waited for: what was done meanwhile counts too.
        asked = (found.instance.id, person_id, found.task.apart)
        found.did[:] = orjson.loads(await context.connection.fetchval(_DID_NOW, *asked))
    return found


async def shared_task(context: Context, task_id: UUID) -> Found:
    """A task that stays as it is until the transaction ends; the caller answers for the right.

    Raises:
        NotFound: There is none.
    """
    record = await context.connection.fetchrow(_SHARED, task_id, context.actor.id)
    if record is None:
        raise missing(WHAT)
    return _read(record)


async def seen_task(connection: Connection, task_id: UUID, person_id: UUID | None) -> Found:
    """A task and its case as they are at this moment; the caller answers for the right to it.

    Raises:
        NotFound: There is none.
    """
    record = await connection.fetchrow(_FOUND, task_id, person_id)
    if record is None:
        raise missing(WHAT)
    return _read(record)


def _read(record: Any) -> Found:
    given = orjson.loads(record["lineages"] or "{}")
    return Found(
        task=Task.read(orjson.loads(record["task"])),
        instance=instance_of(record),
        lineages={UUID(key): [UUID(each) for each in chain] for key, chain in given.items()},
        did=orjson.loads(record["did"]),
    )


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
