"""Finding a case for somebody who answers for the body that it is about."""

from collections.abc import Sequence
from uuid import UUID

from service.core.auth.actor import Duty, Grant, Reach
from service.core.auth.policy import missing
from service.core.command import Context
from service.features.processes.instance_tables import Instance
from service.features.processes.moving import instance_of

#: Whoever sees to it that cases go on: what engines call operators.
LEADERS = frozenset({Duty.OFFICE_DEPUTY, Duty.OFFICE_DIRECTOR})
WHAT = "a case with this id"
_LOCKED = """
SELECT i.*, b.lineage FROM instance i LEFT JOIN body b ON b.id = i.body_id
WHERE i.id = $1 AND i.id = i.root_id FOR UPDATE OF i
"""


async def locked_case(context: Context, instance_id: UUID) -> tuple[Instance, list[UUID]]:
    """A case within reach, locked until the transaction ends, with its body's chain of superiors.

    Raises:
        NotFound: There is none, or its body is out of reach.
    """
    record = await context.connection.fetchrow(_LOCKED, instance_id)
    if record is None:
        raise missing(WHAT)
    lineage = list(record["lineage"] or ())
    context.allow(reaching(context.grants, lineage, WHAT))
    return instance_of(record), lineage


def reaching(grants: Sequence[Grant], lineage: Sequence[UUID], what: str) -> Grant:
    """The grant that covers the body of a case; a case of no body takes one over the whole city.

    Raises:
        NotFound: None does.
    """
    for grant in grants:
        if grant.reach is Reach.CITY or grant.covers(lineage):
            return grant
    raise missing(what)
