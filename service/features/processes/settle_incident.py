"""Settle an incident whose matter is over: the case ended, the timer was cleared, somebody came."""

from collections.abc import Sequence
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.processes.incident_view import IncidentView, view_of
from service.features.processes.instance_tables import Incident

# The engine closes its own incidents (number above 0) as it moves.
_OVER = """
FROM incident x LEFT JOIN instance i ON i.id = x.instance_id
WHERE x.resolved_at IS NULL AND x.incident = 0 AND (i.state <> 'RUNNING' OR CASE
    WHEN x.input ->> 'kind' = 'timer' THEN NOT EXISTS (SELECT FROM timer WHERE id = x.thing_id)
    WHEN x.input ->> 'kind' = 'message' THEN NOT EXISTS (
        SELECT FROM message WHERE id = x.thing_id AND delivered_at IS NULL)
    WHEN x.input ->> 'kind' = 'signal' THEN NOT EXISTS (
        SELECT FROM signal_delivery WHERE id = x.thing_id)
    WHEN x.input ->> 'kind' = 'steps' THEN NOT i.is_unfinished
    WHEN x.input ->> 'kind' = 'start' THEN NOT EXISTS (
        SELECT FROM event_start WHERE id = x.thing_id)
    ELSE NOT EXISTS (SELECT FROM task t WHERE t.instance_id = x.instance_id
        AND t.number = x.number AND t.state = 'OPEN' AND t.assignee_id IS NULL
        AND NOT EXISTS (SELECT FROM inbox n WHERE n.task_id = t.id)) END)
"""


class SettleIncident(Command[IncidentView]):
    """Close an incident that nothing waits for any more (异常自动关闭). Only the process does."""

    name = "processes.settle_incident"
    duties = frozenset({Duty.PROCESS})
    title_zh = "异常自动关闭"
    title_en = "Settle an incident"
    is_for_diagrams = False

    incident_id: UUID


@handles(SettleIncident)
async def settle_incident(command: SettleIncident, context: Context) -> IncidentView:
    context.require_city()
    record = await context.connection.fetchrow(
        f"SELECT x.* {_OVER} AND x.id = $1 FOR UPDATE OF x", command.incident_id
    )
    if record is None:
        raise missing("an incident whose matter is over")
    settled = context.update(Incident.read(record), resolved_at=context.now, retry_at=None)
    return view_of(settled)


async def settled_incidents(connection: Connection, most: int) -> Sequence[UUID]:
    """Open incidents whose matter is over."""
    found = await connection.fetch(f"SELECT x.id {_OVER} ORDER BY x.id LIMIT $1", most)
    return [record["id"] for record in found]
