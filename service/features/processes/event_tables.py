"""Events that wait for processes: what starts them, and signals on their way."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index, UniqueConstraint, text
from sqlmodel import Field

from service.core.store.rows import Row, reference

_MOMENT: Any = DateTime(timezone=True)


class EventStart(Row):
    """A start event of a process in force that a message, a signal or a timer triggers.

    The rows are those of the releases in force: they come and go with them.
    """

    table: ClassVar[str] = "event_start"

    id: UUID
    release_id: UUID
    process: str
    element: str
    #: Which of the event's definitions, from 0.
    part: int
    #: `message`, `signal` or `timer`.
    kind: str
    #: Name of the message or signal; of a timer what the diagram says of its time.
    name: str
    #: When a timer fires next; None for others, and once it has fired for the last time.
    due_at: datetime | None = None
    #: How often it fires after that, -1 without end, and how far apart (ISO 8601).
    left_over: int = 0
    every: str = ""


class EventStartTable(EventStart, table=True):
    __tablename__ = "event_start"
    __table_args__ = (
        UniqueConstraint("process", "element", "part"),
        Index(None, "kind", "name"),
        Index("ix_event_start_due", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )

    id: UUID = Field(primary_key=True)
    release_id: UUID = reference("release.id")
    due_at: datetime | None = Field(sa_type=_MOMENT)


class SignalDelivery(Row):
    """A signal for one of those who waited when it was sent; gone once it was given."""

    table: ClassVar[str] = "signal_delivery"
    is_audited: ClassVar[bool] = False

    id: UUID
    #: The row of the signal, with its name and variables.
    message_id: UUID
    #: Who waited: an instance, or the start event of a process.
    instance_id: UUID | None = None
    start_id: UUID | None = None


class SignalDeliveryTable(SignalDelivery, table=True):
    __tablename__ = "signal_delivery"

    id: UUID = Field(primary_key=True)
    message_id: UUID = reference("message.id")
    instance_id: UUID | None = reference("instance.id")
