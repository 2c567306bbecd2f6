"""Deliver a signal to one of those who waited for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.correlating import message_of
from service.features.processes.event_tables import EventStart, SignalDelivery
from service.features.processes.incidents import incident_about, not_held_back, resolve
from service.features.processes.moving import locked_instance, move
from service.features.processes.starts import begin_at

_LOCKED = f"""
SELECT m.*, d.instance_id, d.start_id, {incident_about("d.id")}
FROM signal_delivery d JOIN message m ON m.id = d.message_id WHERE d.id = $1 FOR UPDATE OF d
"""
_WAITS = """
SELECT EXISTS (SELECT FROM subscription
               WHERE instance_id = $1 AND kind = 'signal' AND name = $2)
"""
_START = "SELECT * FROM event_start WHERE id = $1 FOR SHARE"
_DUE = f"SELECT d.id FROM signal_delivery d WHERE {not_held_back('d.id')} ORDER BY d.id LIMIT $1"


class SignalGiven(BaseModel):
    """The case that got the signal or was started by it; null where nobody waits any more."""

    instance_id: UUID | None


class DeliverSignal(Command[SignalGiven]):
    """Give a signal to one who waited for it (投递信号). Only the process gives this command."""

    name = "processes.deliver_signal"
    duties = frozenset({Duty.PROCESS})
    title_zh = "投递信号"
    title_en = "Deliver a signal"
    is_for_diagrams = False
    refusals = (rules.InstanceMoved, rules.ProcessMissing, rules.CommandMisfed)

    delivery_id: UUID


@handles(DeliverSignal)
async def deliver_signal(command: DeliverSignal, context: Context) -> SignalGiven:
    """Move the case, or start one, and remove the delivery: all at once."""
    context.require_city()
    record = await context.connection.fetchrow(_LOCKED, command.delivery_id)
    if record is None:
        raise missing("a signal on its way")
    given_to = await _given(context, record)
    context.remove(SignalDelivery(id=command.delivery_id, message_id=record["id"]))
    resolve(context, record)
    return SignalGiven(instance_id=given_to)


async def _given(context: Context, record: Any) -> UUID | None:
    signal = message_of(record)
    variables = {name: from_wire(value) for name, value in signal.variables.items()}
    if record["instance_id"] is None:
        start = await context.connection.fetchrow(_START, record["start_id"])
        if start is None:
            return None  # its release was superseded meanwhile
        return (await begin_at(context, EventStart.read(start), variables)).instance.id
    instance = await locked_instance(context, record["instance_id"])
    waits = await context.connection.fetchval(_WAITS, record["instance_id"], signal.name)
    if instance is None or not waits:
        return None
    given = port.SignalArrived(signal.name, variables)
    return (await move(context, instance, given)).instance.id


async def due_signals(connection: Connection, most: int) -> Sequence[UUID]:
    """Deliveries of signals that are still to be made."""
    return [record["id"] for record in await connection.fetch(_DUE, most)]
