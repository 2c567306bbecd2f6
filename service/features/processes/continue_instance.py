"""Continue an instance whose last move had no room for all steps."""

from collections.abc import Sequence
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.engine import port
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.incidents import incident_about, not_held_back, resolve
from service.features.processes.instance_view import InstanceSummary, summary_of
from service.features.processes.moving import instance_of, move

_LOCKED = f"""
SELECT i.*, {incident_about("i.id")} FROM instance i
WHERE i.id = $1 AND i.id = i.root_id FOR UPDATE OF i
"""
_LEFT = f"""
SELECT i.id FROM instance i WHERE i.is_unfinished AND i.state = 'RUNNING'
AND {not_held_back("i.id")} ORDER BY i.id LIMIT $1
"""


class ContinueInstance(Command[InstanceSummary]):
    """Make the steps that a long move left (继续推进). Only the process gives this command."""

    name = "processes.continue_instance"
    duties = frozenset({Duty.PROCESS})
    is_for_diagrams = False
    title_zh = "继续推进流程"
    title_en = "Continue an instance"
    refusals = (rules.InstanceMoved, rules.InstanceEnded, rules.CommandMisfed)

    instance_id: UUID


@handles(ContinueInstance)
async def continue_instance(command: ContinueInstance, context: Context) -> InstanceSummary:
    """Go on where the last move stopped, unless another worker has."""
    context.require_city()
    record = await context.connection.fetchrow(_LOCKED, command.instance_id)
    if record is None:
        raise missing("an instance")
    instance = instance_of(record)
    if not instance.is_unfinished:
        return summary_of(instance)
    moved = await move(context, instance, port.Continue())
    resolve(context, record)
    return summary_of(moved.instance)


async def unfinished_instances(connection: Connection, most: int) -> Sequence[UUID]:
    """Cases with steps left to make."""
    return [record["id"] for record in await connection.fetch(_LEFT, most)]
