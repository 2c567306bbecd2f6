"""Deliver a message to the one that takes it."""

from collections.abc import Sequence
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.engine import port
from service.core.feel.border import from_wire
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.processes import rules
from service.features.processes.correlating import DUE, message_of, start_for, waiting_for
from service.features.processes.incidents import incident_about, resolve
from service.features.processes.instance_tables import Message
from service.features.processes.message_view import MessageView, view_of
from service.features.processes.moving import instance_of, move
from service.features.processes.starts import begin_at

_LOCKED = f"SELECT m.*, {incident_about('m.id')} FROM message m WHERE m.id = $1 FOR UPDATE OF m"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
# The first of two with the same id counts, as long as it lives when the second is sent; so does
# a later one that was given to somebody before this one was committed.
_TWIN = """
SELECT EXISTS (SELECT FROM message o WHERE o.kind = 'message' AND o.name = $1
    AND o.message_id = $2 AND o.correlation_key = $3 AND o.id <> $4
    AND (o.delivered_at IS NULL OR o.taken_by IS NOT NULL)
    AND (o.id < $4 AND o.lives_until > $5
         OR o.id > $4 AND o.delivered_at IS NOT NULL AND o.sent_at < $6))
"""


class DeliverMessage(Command[MessageView]):
    """Give a message to whoever takes it (投递消息). Only the process gives this command."""

    name = "processes.deliver_message"
    duties = frozenset({Duty.PROCESS})
    title_zh = "投递消息"
    title_en = "Deliver a message"
    is_for_diagrams = False
    refusals = (rules.InstanceMoved, rules.ProcessMissing, rules.CommandMisfed, rules.CaseRuns)

    message_id: UUID


@handles(DeliverMessage)
async def deliver_message(command: DeliverMessage, context: Context) -> MessageView:
    """Move the oldest case that waits for it, or start one, and mark it taken: all at once."""
    context.require_city()
    record = await context.connection.fetchrow(_LOCKED, command.message_id)
    if record is None:
        raise missing("a message")
    message = message_of(record)
    if message.delivered_at is not None:
        return view_of(message)
    if await _is_twin(context, message):
        return view_of(_taken(context, message, None))
    taker = await _given(context, message)
    if taker is None:
        return view_of(context.update(message, tried_at=message.tried_at or context.now))
    resolve(context, record)
    return view_of(_taken(context, message, taker))


async def _given(context: Context, message: Message) -> UUID | None:
    """The case that has taken the message; None where nobody wants it."""
    variables = {name: from_wire(value) for name, value in message.variables.items()}
    waiting = await waiting_for(context, message)
    if waiting is not None:
        given = port.MessageArrived(waiting["wait"], variables)
        return (await move(context, instance_of(waiting), given)).instance.id
    start = await start_for(context, message)
    if start is None:
        return None
    return (await begin_at(context, start, variables, message.correlation_key)).instance.id


def _taken(context: Context, message: Message, by: UUID | None) -> Message:
    return context.update(
        message,
        tried_at=message.tried_at or context.now,
        delivered_at=context.now,
        taken_by=by,
        delivered_by=context.command_id if by else None,
    )


async def _is_twin(context: Context, message: Message) -> bool:
    """Whether the same message was sent before, and so counts already."""
    if message.message_id is None:
        return False
    await context.connection.execute(_LOCK, f"{message.name}/{message.message_id}")
    about = (message.name, message.message_id, message.correlation_key, message.id)
    times = (message.sent_at, message.lives_until)
    return bool(await context.connection.fetchval(_TWIN, *about, *times))


async def due_messages(connection: Connection, most: int) -> Sequence[UUID]:
    """Messages nobody looked at yet, and kept ones that somebody could take by now."""
    return [record["id"] for record in await connection.fetch(DUE, most)]
