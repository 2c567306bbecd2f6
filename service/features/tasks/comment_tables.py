"""What people say about a task, and the files that they attach to it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, reference

_MOMENT: Any = DateTime(timezone=True)


class TaskComment(AppendOnlyRow):
    """An opinion in words, by itself or with the action by which the task was completed."""

    table: ClassVar[str] = "task_comment"

    id: UUID
    task_id: UUID
    text: str
    action: str | None = None
    actor_id: UUID | None
    actor_name: str
    said_at: datetime


class TaskCommentTable(TaskComment, table=True):
    __tablename__ = "task_comment"

    id: UUID = Field(primary_key=True)
    task_id: UUID = reference("task.id")
    actor_id: UUID | None = Field(foreign_key="actor.id")
    said_at: datetime = Field(sa_type=_MOMENT)


class Attachment(AppendOnlyRow):
    """A file of a task; its bytes lie in the object store under its id."""

    table: ClassVar[str] = "attachment"

    id: UUID
    task_id: UUID
    filename: str
    #: What the content is, found by looking at it.
    media_type: str
    size: int
    #: Hexadecimal.
    sha256: str
    actor_id: UUID | None
    actor_name: str
    attached_at: datetime


class AttachmentTable(Attachment, table=True):
    __tablename__ = "attachment"

    id: UUID = Field(primary_key=True)
    task_id: UUID = reference("task.id")
    actor_id: UUID | None = Field(foreign_key="actor.id")
    attached_at: datetime = Field(sa_type=_MOMENT)
