"""The outbox: what must be announced, written with the change that it announces.

An event's number counts per subject without gaps and is taken under the subject's lock, so the
events of one subject are numbered in the order in which they were committed.

`xid` is the writing transaction, or that of the subject's event before it where this is newer:
a transaction may have had its id before it waited for the subject. So `(xid, number, id)` sorts
the events of one subject by number, and below `pg_snapshot_xmin` nothing can come in between.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict
from sqlalchemy import BigInteger, Column, DateTime, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class Event(BaseModel, ABC):
    """Something that happened, named in the past tense; its fields are its data.

    A subclass states its `type` (`quota.posts_reserved`) and titles. `subject()` names what it
    happened to; events of one subject arrive in order.
    """

    model_config = ConfigDict(frozen=True)

    type: ClassVar[str]
    title_zh: ClassVar[str]
    title_en: ClassVar[str]

    @abstractmethod
    def subject(self) -> str:
        """What it happened to, as `noun/id`."""


def every_event(root: type[Event] = Event) -> Iterator[type[Event]]:
    """All events that the imported verbs announce; a base of several has no type."""
    for kind in root.__subclasses__():
        if "type" in vars(kind):
            yield kind
        yield from every_event(kind)


_FEED_ORDER = ("xid", "number", "id")


class EventSubjectTable(SQLModel, table=True):
    """The last number given to an event of each subject, and its place in the feed."""

    __tablename__ = "event_subject"

    subject: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger)
    xid: int = Field(sa_type=BigInteger)


class OutboxTable(SQLModel, table=True):
    """One event, until and after the worker has handed it to those who asked for it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("subject", "number"),
        Index("ix_outbox_waiting", *_FEED_ORDER, postgresql_where=text("fanned_out_at IS NULL")),
        Index("ix_outbox_feed", *_FEED_ORDER),
    )

    id: UUID = Field(primary_key=True)
    subject: str
    number: int = Field(sa_type=BigInteger)
    type: str
    data: Any = Field(sa_column=Column(JSONB, nullable=False))
    at: datetime = Field(
        sa_column=Column(
            DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()
        )
    )
    xid: int = Field(sa_type=BigInteger)
    fanned_out_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
