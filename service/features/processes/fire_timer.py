"""Fire a timer whose instant has come."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.clock import NOW_SQL
from service.core.command import Context
from service.core.engine import port
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.incidents import incident_about, not_held_back, resolve
from service.features.processes.instance_tables import Timer
from service.features.processes.instance_view import InstanceSummary, summary_of
from service.features.processes.moving import instance_of, move

# Both rows are locked, the case first: whoever cleared the timer meanwhile had the case.
_LOCKED = f"""
SELECT i.*, row_to_json(t) AS timer, {incident_about("t.id")}
FROM instance i JOIN timer t ON t.instance_id = i.id WHERE t.id = $1 FOR UPDATE OF i, t
"""
# The clock is read once, so that the index tells what is due.
_DUE = f"""
SELECT t.id FROM timer t WHERE t.due_at <= (SELECT {NOW_SQL} AS now)
AND {not_held_back("t.id")} ORDER BY t.due_at LIMIT $1
"""


class FireTimer(Command[InstanceSummary]):
    """Wake a case by a timer that is due (定时触发). Only the process gives this command."""

    name = "processes.fire_timer"
    duties = frozenset({Duty.PROCESS})
    is_for_diagrams = False
    title_zh = "定时触发"
    title_en = "Fire a timer"
    refusals = (rules.InstanceMoved, rules.InstanceEnded, rules.CommandMisfed)

    timer_id: UUID


@handles(FireTimer)
async def fire_timer(command: FireTimer, context: Context) -> InstanceSummary:
    """Lock the case, look whether the timer still stands and is due, and move the case."""
    context.require_city()
    record = await context.connection.fetchrow(_LOCKED, command.timer_id)
    if record is None:
        raise missing("a timer")
    timer = Timer.read(orjson.loads(record["timer"]))
    require_due(timer, context.now)
    moved = await move(context, instance_of(record), port.TimerDue(timer.wait))
    resolve(context, record)
    return summary_of(moved.instance)


def require_due(timer: Timer, now: datetime) -> None:
    """A timer never fires early.

    Raises:
        InstanceMoved: It is not due yet.
    """
    if timer.due_at is None or timer.due_at > now:
        raise rules.InstanceMoved(
            f"Expected a timer that is due, but it is due at {timer.due_at or 'no time'}.",
            "定时器未到时间。",
        )


async def due_timers(connection: Connection, most: int) -> Sequence[UUID]:
    """Timers whose instant has come by the database's clock."""
    return [record["id"] for record in await connection.fetch(_DUE, most)]
