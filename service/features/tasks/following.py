"""Inboxes follow the tree of bodies: who stands above a body finds what is offered over it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from service.core.command import Context
from service.features.tasks.opening import entries_of
from service.features.tasks.readers import readers_of
from service.features.tasks.tables import Task

# The tasks stay as they are until the tree has changed: nobody takes or ends one meanwhile.
_OFFERED = """
SELECT row_to_json(t) AS task, l.lineages, e.readers FROM task t
LEFT JOIN LATERAL (SELECT json_object_agg(b.id, b.lineage) AS lineages FROM body b
    WHERE b.id = ANY (t.bodies)) l ON true
CROSS JOIN LATERAL (SELECT coalesce(array_agg(reader), '{}') AS readers FROM inbox
    WHERE task_id = t.id) e
WHERE t.state = 'OPEN' AND t.assignee_id IS NULL
  AND t.bodies && ARRAY (SELECT id FROM body WHERE lineage @> ARRAY[$1::uuid])
ORDER BY t.id FOR UPDATE OF t
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A task that nobody has, and who finds it.

    Attributes:
        lineages: The chains of superiors of the bodies over which it is offered.
    """

    task: Task
    lineages: dict[UUID, list[UUID]]
    readers: frozenset[str]


async def offers_below(context: Context, body_id: UUID) -> list[Offer]:
    """What is offered over a body and those below it, locked before the bodies are."""
    return [_offer(record) for record in await context.connection.fetch(_OFFERED, body_id)]


def follow(context: Context, offers: Iterable[Offer], moved: Mapping[UUID, list[UUID]]) -> None:
    """Have whoever stands above these bodies now find what is offered over them.

    Args:
        moved: The bodies that have other superiors, each with its new chain.
    """
    for offer in offers:
        task = offer.task
        readers = readers_of(task, {**offer.lineages, **moved})
        for entry in entries_of(task, offer.readers - set(readers)):
            context.remove(entry)
        for entry in entries_of(task, set(readers) - offer.readers):
            context.insert(entry)


def _offer(record: Any) -> Offer:
    stored = orjson.loads(record["lineages"] or "{}")
    return Offer(
        task=Task.read(orjson.loads(record["task"])),
        lineages={UUID(key): [UUID(each) for each in chain] for key, chain in stored.items()},
        readers=frozenset(record["readers"]),
    )
