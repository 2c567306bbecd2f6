"""The tree of bodies: who stands below whom, under one lock while it is rebuilt.

A body's `lineage` repeats the chain of its superiors, so that reach is one look. Whoever hangs a
body into the tree holds the lock shared; whoever moves a body with all below it holds it alone,
so that no chain changes between being read and being written.
"""

from uuid import UUID

from service.core.command import Context
from service.features.bodies import rules
from service.features.bodies.codes import BodyStatus
from service.features.bodies.tables import Body
from service.features.bodies.versions import WHAT

# A number of our own among advisory locks: any will do that nothing else uses.
_TREE = 0x6269616E


async def hold(context: Context, *, alone: bool) -> None:
    """Take the tree's lock, in a statement of its own so that the next one sees what it guards.

    Raises:
        LockTimeout: Another command still rebuilds the tree.
    """
    shared = "" if alone else "_shared"
    await context.connection.execute(f"SELECT pg_advisory_xact_lock{shared}({_TREE})")


async def lineage_below(context: Context, parent_id: UUID | None) -> list[UUID]:
    """The lineage of whatever stands directly below a body, itself left out; [] below the city.

    Raises:
        NotFound: The parent does not exist within reach.
        NotAllowed: Directly below the city, but the duty is not held over the whole city.
        BodyClosed: The parent is abolished or merged.
    """
    if parent_id is None:
        context.require_city()
        return []
    record = await context.connection.fetchrow(
        "SELECT lineage, status FROM body WHERE id = $1 FOR SHARE", parent_id
    )
    context.require_reach(record["lineage"] if record else [], WHAT)
    assert record is not None, "nothing is within reach of an empty lineage"
    rules.require_living(BodyStatus(record["status"]))
    return list(record["lineage"])


async def subtree_below(context: Context, body_id: UUID) -> list[Body]:
    """Every body below one, locked; the one itself left out."""
    records = await context.connection.fetch(
        """SELECT * FROM body WHERE lineage @> ARRAY[$1::uuid] AND id <> $1
           ORDER BY id FOR NO KEY UPDATE""",
        body_id,
    )
    return [Body.read(record) for record in records]


# `UNION` ends a circle that a fault might have left.
_ABOVE = """
WITH RECURSIVE above (id) AS (
    SELECT $1::uuid UNION SELECT b.{column} FROM body b JOIN above USING (id)
    WHERE b.{column} IS NOT NULL)
SELECT id FROM above
"""


async def require_no_circle(
    context: Context, body_id: UUID, superior_id: UUID | None, column: str
) -> None:
    """Refuse a superior that stands below the body itself, along one of the three relations.

    Raises:
        SubordinationCycle: It is the body, or below it.
    """
    if superior_id is not None:
        records = await context.connection.fetch(_ABOVE.format(column=column), superior_id)
        rules.require_no_cycle(body_id, [record["id"] for record in records])


async def has_living_below(context: Context, body_id: UUID) -> bool:
    """Whether a body that still exists stands directly below, is managed or sponsored by it."""
    found: bool = await context.connection.fetchval(
        """SELECT EXISTS (SELECT FROM body WHERE $1 IN (parent_id, competent_body_id,
           sponsor_body_id) AND status IN ('ACTIVE', 'IN_REFORM'))""",
        body_id,
    )
    return found
