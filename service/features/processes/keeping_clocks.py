"""For what causes a clock of a case stands still, and the record of each change."""

from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.features.processes.deadline_tables import ClockEntry, StoppedClock

_STOPPED = "SELECT * FROM stopped_clock WHERE instance_id = $1 AND clock = $2"


async def causes_of(context: Context, instance_id: UUID, clock: str) -> dict[str, StoppedClock]:
    """Every cause for which the clock stands still; none while it runs. One round trip."""
    records = await context.connection.fetch(_STOPPED, instance_id, clock)
    return {each["cause"]: StoppedClock.read(each) for each in records}


def record(context: Context, command: Any, *, is_stop: bool, runs: bool) -> None:
    """Keep that a clock was stopped for a cause, or that a cause was over."""
    context.insert(
        ClockEntry(
            id=new_id(),
            instance_id=command.instance_id,
            clock=command.clock,
            cause=command.cause,
            is_stop=is_stop,
            runs=runs,
            reason=command.reason,
            document_id=command.document_id,
            at=context.now,
            actor_id=context.actor.id,
            actor_name=context.actor.name,
        )
    )
