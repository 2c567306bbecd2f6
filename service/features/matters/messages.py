"""Telling the case of a matter what happened outside it."""

from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.engine.timers import next_due
from service.core.ids import new_id
from service.features.processes.instance_tables import Message

#: How long a message waits for its case.
_LIFE = "P1D"


def tell(context: Context, name: str, matter_id: UUID, variables: dict[str, Any]) -> None:
    """Keep a message for the case of a matter; the worker gives it to the case that waits."""
    context.insert(
        Message(
            id=new_id(),
            kind="message",
            name=name,
            correlation_key=str(matter_id),
            message_id=str(context.command_id),
            variables=variables,
            sender_id=None,
            sent_at=context.now,
            lives_until=next_due(context.now, _LIFE),
        )
    )
