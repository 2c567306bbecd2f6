"""Tasks as the API shows them."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.tasks.comment_tables import Attachment, TaskComment
from service.features.tasks.light_tables import Light
from service.features.tasks.tables import Task, TaskKind, TaskState


class TaskSummary(BaseModel):
    """A task as a list shows it."""

    id: UUID
    instance_id: UUID
    kind: TaskKind
    element: str
    process: str
    process_name: str
    name: str
    business_key: str | None
    title: str | None
    body_id: UUID | None
    priority: int
    due_at: datetime | None
    #: Its colour, as last counted today or before, and the calculation behind it.
    light: Light | None
    light_reason: str | None
    follow_up_at: datetime | None
    state: TaskState
    assignee_id: UUID | None
    assignee_name: str | None
    opened_at: datetime
    claimed_at: datetime | None
    ended_at: datetime | None
    completed_by: UUID | None
    completed_by_name: str | None
    #: The way in which it was completed.
    action: str | None
    version: int


def summary_of(task: Task) -> TaskSummary:
    return TaskSummary(**task.model_dump(include=set(TaskSummary.model_fields)))


class CommentView(BaseModel):
    """What somebody said about a task, and the action by which he said it, if by one."""

    id: UUID
    text: str
    action: str | None
    actor_id: UUID | None
    actor_name: str
    said_at: datetime


class AttachmentView(BaseModel):
    """A file of a task."""

    id: UUID
    filename: str
    #: What the content is, found by looking at it.
    media_type: str
    #: In bytes.
    size: int
    #: Hexadecimal.
    sha256: str
    actor_id: UUID | None
    actor_name: str
    attached_at: datetime


def comment_view(comment: TaskComment) -> CommentView:
    return CommentView(**comment.model_dump(exclude={"task_id"}))


def attachment_view(attachment: Attachment) -> AttachmentView:
    return AttachmentView(**attachment.model_dump(exclude={"task_id"}))
