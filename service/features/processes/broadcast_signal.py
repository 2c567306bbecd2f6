"""Broadcast a signal: everybody who waits for it gets it."""

from typing import ClassVar

from pydantic import Field

from service.core.auth.policy import OFFICE
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.decisions.inputs import Inputs
from service.features.processes.instance_tables import Message
from service.features.processes.message_view import MessageView, view_of
from service.features.processes.signals import spread


class BroadcastSignal(Command[MessageView]):
    """Send a signal (广播信号) to every case that waits for it now, and to what it starts.

    Nobody who begins to wait later gets it.
    """

    name = "processes.broadcast_signal"
    duties = OFFICE
    title_zh = "广播信号"
    title_en = "Broadcast a signal"
    status = 201
    example: ClassVar = {"signal": "calendar_published"}

    #: The name by which diagrams wait for it.
    signal: Line
    variables: Inputs = Field(default_factory=dict)


@handles(BroadcastSignal)
async def broadcast_signal(command: BroadcastSignal, context: Context) -> MessageView:
    """Keep the signal with a delivery for each of them."""
    context.require_city()
    sent = Message(
        id=new_id(),
        kind="signal",
        name=command.signal,
        correlation_key="",
        message_id=None,
        variables=command.variables,
        sender_id=None,
        sent_at=context.now,
        lives_until=context.now,
        tried_at=context.now,
        delivered_at=context.now,
    )
    await spread(context, [sent])
    return view_of(sent)
