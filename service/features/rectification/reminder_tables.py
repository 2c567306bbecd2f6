"""What units were reminded of, as stored."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, code_column, one_of, reference

_MOMENT: Any = DateTime(timezone=True)


class ReminderReason(StrEnum):
    """Why a unit is reminded."""

    PLAN = "PLAN"
    MILESTONE = "MILESTONE"
    PROGRESS = "PROGRESS"
    OVERDUE = "OVERDUE"


class ItemReminder(AppendOnlyRow):
    """One reminder: of a plan, a milestone or an entry of progress that is wanted."""

    table: ClassVar[str] = "rectification_reminder"

    id: UUID
    item_id: UUID
    reason: ReminderReason
    #: The day that it is about: of a milestone; null where it is about none.
    about_on: date | None
    text: str
    reminded_at: datetime


class ItemReminderTable(ItemReminder, table=True):
    __tablename__ = "rectification_reminder"
    __table_args__ = (one_of("reason", ReminderReason),)

    id: UUID = Field(primary_key=True)
    item_id: UUID = reference("rectification_item.id")
    reason: ReminderReason = code_column()
    reminded_at: datetime = Field(sa_type=_MOMENT)
