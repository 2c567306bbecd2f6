"""Clocks of cases, and what was done to deadlines."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, Row, code_column, one_of, reference

_MOMENT: Any = DateTime(timezone=True)

#: The cause of a clock that somebody stops on their own account.
BY_HAND = "HAND"


class StoppedClock(Row):
    """A clock of a case stands still for one cause; it goes on when no cause is left."""

    table: ClassVar[str] = "stopped_clock"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "clock", "cause")

    instance_id: UUID
    clock: str
    cause: str
    reason: str
    stopped_at: datetime


class StoppedClockTable(StoppedClock, table=True):
    __tablename__ = "stopped_clock"

    instance_id: UUID = Field(primary_key=True, foreign_key="instance.id")
    clock: str = Field(primary_key=True)
    cause: str = Field(primary_key=True, sa_column_kwargs={"server_default": BY_HAND})
    stopped_at: datetime = Field(sa_type=_MOMENT)


class ClockEntry(AppendOnlyRow):
    """A clock of a case was stopped for a cause, or a cause was over."""

    table: ClassVar[str] = "clock_entry"
    is_audited: ClassVar[bool] = False

    id: UUID
    instance_id: UUID
    clock: str
    cause: str
    #: Whether it was stopped; else this cause was over.
    is_stop: bool
    #: Whether it runs from then on: no cause is left.
    runs: bool
    reason: str
    #: The paper that says so, where there is one.
    document_id: UUID | None
    at: datetime
    actor_id: UUID | None
    actor_name: str


class ClockEntryTable(ClockEntry, table=True):
    __tablename__ = "clock_entry"
    __table_args__ = (Index("ix_clock_entry_case", "instance_id", "id"),)

    id: UUID = Field(primary_key=True)
    instance_id: UUID = reference("instance.id")
    at: datetime = Field(sa_type=_MOMENT)


class DeadlineAction(StrEnum):
    """What moved a deadline."""

    STOP = "STOP"
    RESUME = "RESUME"
    EXTEND = "EXTEND"
    REDATE = "REDATE"
    """The calendar changed."""


class DeadlineChange(AppendOnlyRow):
    """One deadline moved, once: from when to when, by whom and why."""

    table: ClassVar[str] = "deadline_change"
    is_audited: ClassVar[bool] = False

    id: UUID
    instance_id: UUID
    #: Number of the element instance, and of its timer; 0 for the deadline of a task.
    number: int
    wait: int
    element: str
    clock: str
    action: DeadlineAction
    #: Working days in all, afterwards.
    days: int
    old_due_at: datetime | None
    #: None while the clock stands still.
    new_due_at: datetime | None
    reason: str
    #: By which version of the calendar the new time was found.
    calendar: int
    at: datetime
    actor_id: UUID | None
    actor_name: str
    command_id: UUID


class DeadlineChangeTable(DeadlineChange, table=True):
    __tablename__ = "deadline_change"
    __table_args__ = (one_of("action", DeadlineAction), Index(None, "instance_id", "id"))

    id: UUID = Field(primary_key=True)
    action: DeadlineAction = code_column()
    old_due_at: datetime | None = Field(sa_type=_MOMENT)
    new_due_at: datetime | None = Field(sa_type=_MOMENT)
    at: datetime = Field(sa_type=_MOMENT)
