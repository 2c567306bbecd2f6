"""Signals: to everybody who waits at the moment in which one is sent, each for himself."""

from collections.abc import Sequence
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.features.processes.event_tables import SignalDelivery
from service.features.processes.instance_tables import Message

_WAITING = """
SELECT DISTINCT s.name, s.instance_id, NULL::uuid AS start_id FROM subscription s
WHERE s.kind = 'signal' AND s.name = ANY ($1) AND s.instance_id IS DISTINCT FROM $2
UNION ALL SELECT e.name, NULL, e.id FROM event_start e
WHERE e.kind = 'signal' AND e.name = ANY ($1)
"""


async def spread(context: Context, signals: Sequence[Message]) -> None:
    """Send signals: a delivery for each case that waits now, and each process they start.

    Each delivery is carried out in a transaction of its own, and is gone with it. The case that
    sends a signal has had it already. One round trip, none without signals.
    """
    if not signals:
        return
    names = sorted({signal.name for signal in signals})
    waiting = await context.connection.fetch(_WAITING, names, signals[0].sender_id)
    for signal in signals:
        context.insert(signal)
        for record in waiting:
            if record["name"] == signal.name:
                context.insert(_delivery(signal.id, record["instance_id"], record["start_id"]))


def _delivery(signal_id: UUID, instance_id: UUID | None, start_id: UUID | None) -> SignalDelivery:
    return SignalDelivery(
        id=new_id(), message_id=signal_id, instance_id=instance_id, start_id=start_id
    )
