"""The light of a task, and every colour that it has had."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, code_column, one_of, reference

_MOMENT: Any = DateTime(timezone=True)


class Light(StrEnum):
    """How much of its time a task has left, as the table `traffic_light` says (domain.md §3.0)."""

    GREEN = "GREEN"
    YELLOW = "YELLOW"
    ORANGE = "ORANGE"
    RED = "RED"


class LightEntry(AppendOnlyRow):
    """A task changed its colour, with the calculation behind it."""

    table: ClassVar[str] = "light_entry"
    is_audited: ClassVar[bool] = False

    id: UUID
    instance_id: UUID
    task_id: UUID
    light: Light
    reason: str
    #: Working days in all, and those left; negative when it is overdue.
    period: int
    days_left: int
    at: datetime


class LightEntryTable(LightEntry, table=True):
    __tablename__ = "light_entry"
    __table_args__ = (one_of("light", Light), Index("ix_light_entry_case", "instance_id", "id"))

    id: UUID = Field(primary_key=True)
    instance_id: UUID = Field(foreign_key="instance.id")
    task_id: UUID = reference("task.id")
    light: Light = code_column()
    at: datetime = Field(sa_type=_MOMENT)
