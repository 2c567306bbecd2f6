"""Publish a message: one case takes it, now or while it lives."""

from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from service.core.auth.policy import OFFICE
from service.core.command import Context
from service.core.engine.timers import interval_of, next_due
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.decisions.inputs import Inputs
from service.features.processes.correlating import message_of
from service.features.processes.instance_tables import Message
from service.features.processes.message_view import MessageView, view_of

_LONGEST = timedelta(days=366)
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
_TWIN = """
SELECT * FROM message WHERE kind = 'message' AND name = $1 AND message_id = $2
AND correlation_key = $3 AND lives_until > $4 ORDER BY id LIMIT 1
"""


def _life(text: str) -> str:
    """Refuse what is no duration from nothing to a year."""
    interval = interval_of(text)
    if interval is None or not (interval.is_positive or interval.text.startswith("P0M0DT0.")):
        raise ValueError("expected a duration such as PT1H or P3D")
    if interval.months > 12 or interval.time > _LONGEST:
        raise ValueError("expected a duration of at most a year")
    return text


class PublishMessage(Command[MessageView]):
    """Send a message (发布消息) to the case that waits for it, or to the process it starts.

    One takes it: the oldest case that waits for this name and key, else a process whose start
    event has the name. Where nobody does it is kept for its time to live. The same message id
    again within that time is the same message.
    """

    name = "processes.publish_message"
    duties = OFFICE
    title_zh = "发布消息"
    title_en = "Publish a message"
    status = 201
    example: ClassVar = {"message": "reply_received", "correlation_key": "澜编发〔2026〕3号"}

    #: The name by which diagrams wait for it.
    message: Line
    correlation_key: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f]*$")] = ""
    variables: Inputs = Field(default_factory=dict)
    message_id: Annotated[Line | None, Field(max_length=120)] = None
    time_to_live: Annotated[str, Field(max_length=40), AfterValidator(_life)] = "PT1H"


@handles(PublishMessage)
async def publish_message(command: PublishMessage, context: Context) -> MessageView:
    """Keep the message; the worker gives it to whoever takes it, in a transaction of its own."""
    context.require_city()
    twin = await _twin(command, context)
    if twin is not None:
        return view_of(twin)
    sent = context.insert(
        Message(
            id=new_id(),
            kind="message",
            name=command.message,
            correlation_key=command.correlation_key,
            message_id=command.message_id,
            variables=command.variables,
            sender_id=None,
            sent_at=context.now,
            lives_until=next_due(context.now, command.time_to_live),
        )
    )
    return view_of(sent)


async def _twin(command: PublishMessage, context: Context) -> Message | None:
    """The same message, sent before and still alive."""
    if command.message_id is None:
        return None
    await context.connection.execute(_LOCK, f"{command.message}/{command.message_id}")
    sent = (command.message, command.message_id, command.correlation_key, context.now)
    record = await context.connection.fetchrow(_TWIN, *sent)
    return None if record is None else message_of(record)
