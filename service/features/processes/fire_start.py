"""Fire the timer of a start event: a case begins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.clock import NOW_SQL
from service.core.command import Context
from service.core.engine.timers import next_due
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.event_tables import EventStart
from service.features.processes.incidents import incident_about, not_held_back, resolve
from service.features.processes.instance_view import InstanceSummary, summary_of
from service.features.processes.starts import begin_at

_LOCKED = f"SELECT e.*, {incident_about('e.id')} FROM event_start e WHERE e.id = $1 FOR UPDATE OF e"
_DUE = f"""
SELECT e.id FROM event_start e WHERE e.due_at <= {NOW_SQL} AND {not_held_back("e.id")}
ORDER BY e.due_at LIMIT $1
"""


class FireStart(Command[InstanceSummary]):
    """Begin a case whose time has come (定时启动). Only the process gives this command."""

    name = "processes.fire_start"
    duties = frozenset({Duty.PROCESS})
    title_zh = "定时启动流程"
    title_en = "Fire a start event"
    is_for_diagrams = False
    refusals = (rules.InstanceMoved, rules.ProcessMissing, rules.CommandMisfed)

    start_id: UUID


@handles(FireStart)
async def fire_start(command: FireStart, context: Context) -> InstanceSummary:
    """Begin the case and set the next time, if there is one: all at once."""
    context.require_city()
    record = await context.connection.fetchrow(_LOCKED, command.start_id)
    if record is None:
        raise missing("a start event")
    start = EventStart.read({name: record[name] for name in EventStart.model_fields})
    if start.due_at is None or start.due_at > context.now:
        raise rules.InstanceMoved(
            f"Expected a timer that is due, but it is due at {start.due_at or 'no time'}.",
            "定时器未到时间。",
        )
    moved = await begin_at(context, start, {})
    context.update(start, **_next(start, start.due_at))
    resolve(context, record)
    return summary_of(moved.instance)


def _next(start: EventStart, due_at: datetime) -> dict[str, Any]:
    """One period after the last time, not after now: a late worker does not shift the cycle."""
    if not start.left_over:
        return {"due_at": None}
    left = start.left_over - (start.left_over > 0)
    return {"due_at": next_due(due_at, start.every), "left_over": left}


async def due_starts(connection: Connection, most: int) -> Sequence[UUID]:
    """Start events whose instant has come by the database's clock."""
    return [record["id"] for record in await connection.fetch(_DUE, most)]
