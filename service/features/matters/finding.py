"""A matter under its lock, and one more version of what it asks for."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.features.matters import rules
from service.features.matters.codes import Origin, State
from service.features.matters.deltas import Delta, stored
from service.features.matters.tables import Matter, MatterDeltas

WHAT = "a matter with this id"
_LOCKED = """
SELECT m.*, b.lineage FROM matter m JOIN body b ON b.id = m.body_id
WHERE m.id = $1 FOR UPDATE OF m
"""

_CASE = """
SELECT FROM instance WHERE id = (SELECT instance_id FROM matter WHERE id = $1) FOR UPDATE
"""


async def locked_matter(context: Context, matter_id: UUID, *states: State) -> Matter:
    """A matter within reach in one of these states (in any, where none is named), locked.

    Raises:
        NotFound: There is none, or its body is out of reach.
        VersionMismatch: If-Match names another version.
        MatterMoved: It is in another state.
    """
    record = await context.connection.fetchrow(_LOCKED, matter_id)
    context.require_reach(record["lineage"] if record else [], WHAT)
    if record is None:
        raise missing(WHAT)
    matter = Matter.read(record)
    context.require_version(matter)
    if states and matter.state not in states:
        raise rules.MatterMoved(
            f"Expected a matter that is {' or '.join(states)}, but it is {matter.state}.",
            f"事项应当处于可办理状态，但其状态为{matter.state}。",
            state=matter.state,
        )
    return matter


async def locked_with_case(context: Context, matter_id: UUID, *states: State) -> Matter:
    """As `locked_matter`, its case locked first: for people's commands that move its clocks.

    A case that orders something holds itself before its matter; who takes them in another order
    may wait for it while it waits for him.
    """
    await context.connection.execute(_CASE, matter_id)
    return await locked_matter(context, matter_id, *states)


def renewed(
    context: Context, matter: Matter, deltas: Sequence[Delta], origin: Origin
) -> dict[str, Any]:
    """Keep one more version of what is asked for; the columns that say so."""
    version = context.insert(
        MatterDeltas(
            matter_id=matter.id,
            number=matter.deltas_number + 1,
            origin=origin,
            deltas=stored(deltas),
            kept_at=context.now,
            kept_by_name=context.actor.name,
        )
    )
    return {"deltas": version.deltas, "deltas_number": version.number}
