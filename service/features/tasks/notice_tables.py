"""Reminders of deadlines, and the notices in which people find them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index
from sqlmodel import Field

from service.core.errors import Conflict, Refusal
from service.core.store.rows import AppendOnlyRow, Row, reference

_MOMENT: Any = DateTime(timezone=True)


class TaskReminder(Row):
    """That people are to be told of a task so many working days before it is due.

    The day follows the task's deadline: whoever acts on it counts anew.
    """

    table: ClassVar[str] = "task_reminder"
    is_audited: ClassVar[bool] = False

    id: UUID
    task_id: UUID
    working_days: int
    remind_on: date


class TaskReminderTable(TaskReminder, table=True):
    __tablename__ = "task_reminder"
    __table_args__ = (Index(None, "remind_on", "id"),)

    id: UUID = Field(primary_key=True)
    task_id: UUID = reference("task.id")


class Notice(AppendOnlyRow):
    """Something that people are told about a task."""

    table: ClassVar[str] = "notice"

    id: UUID
    task_id: UUID
    instance_id: UUID
    text: str
    text_en: str
    noticed_at: datetime


class NoticeTable(Notice, table=True):
    __tablename__ = "notice"

    id: UUID = Field(primary_key=True)
    task_id: UUID = reference("task.id")
    noticed_at: datetime = Field(sa_type=_MOMENT)


class NoticeEntry(AppendOnlyRow):
    """A notice as one reader finds it; readers are those of the inbox."""

    table: ClassVar[str] = "notice_entry"
    key: ClassVar[tuple[str, ...]] = ("reader", "notice_id")
    is_audited: ClassVar[bool] = False

    reader: str
    notice_id: UUID


class NoticeEntryTable(NoticeEntry, table=True):
    __tablename__ = "notice_entry"

    reader: str = Field(primary_key=True)
    notice_id: UUID = Field(primary_key=True, foreign_key="notice.id")


class NoticeSeen(AppendOnlyRow):
    """That one person has seen a notice; it stays new to the others."""

    table: ClassVar[str] = "notice_seen"
    key: ClassVar[tuple[str, ...]] = ("actor_id", "notice_id")
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "pk_notice_seen": (
            Conflict,
            "Expected a notice that is new, but it was marked as read at the same moment.",
            "通知应当未读，但刚刚已被标记。",
        )
    }

    actor_id: UUID
    notice_id: UUID
    seen_at: datetime


class NoticeSeenTable(NoticeSeen, table=True):
    __tablename__ = "notice_seen"

    actor_id: UUID = Field(primary_key=True, foreign_key="actor.id")
    notice_id: UUID = Field(primary_key=True, foreign_key="notice.id")
    seen_at: datetime = Field(sa_type=_MOMENT)
