"""Messages and signals as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.processes.instance_tables import Message


class MessageView(BaseModel):
    """A message or signal, and what became of it."""

    id: UUID
    #: `message` or `signal`.
    kind: str
    name: str
    correlation_key: str
    message_id: str | None
    sent_at: datetime
    #: Until when it is kept for whoever does not wait yet.
    lives_until: datetime
    delivered_at: datetime | None
    #: The case that took it, or that it started.
    taken_by: UUID | None


def view_of(message: Message) -> MessageView:
    return MessageView(**message.model_dump(include=set(MessageView.model_fields)))
