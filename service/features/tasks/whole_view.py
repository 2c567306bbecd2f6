"""A task as it is shown to whoever has opened it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.features.tasks.view import AttachmentView, CommentView, TaskSummary


class Way(BaseModel):
    """Whether a way to change the task is open; where it is not, the code and sentence why."""

    is_open: bool
    code: str | None = None
    detail: str | None = None
    detail_en: str | None = None


class Ways(BaseModel):
    """Every way to change a task, as it would be answered at this moment."""

    claim: Way
    release: Way
    assign: Way
    complete: Way
    #: Start activities of an ad-hoc sub-process.
    choose: Way
    #: Comment, and attach files.
    comment: Way


class ActionView(Way):
    """A way to complete the task, as the diagram declares it."""

    id: str
    name: str
    needs_comment: bool
    #: Whether it completes the task without the data of the form.
    skips_form: bool


class DoneBefore(BaseModel):
    """A task that was done in this case, by whom and how."""

    id: UUID
    element: str
    process: str
    name: str
    action: str | None
    comment: str | None
    ended_at: datetime
    completed_by: UUID | None
    completed_by_name: str | None


class DeadlineView(BaseModel):
    """A deadline declared in working days: how many, by which clock, from which day."""

    days: int
    clock: str
    counted_from: str
    #: Version of the calendar by which the due time was found.
    calendar: int


class TaskView(TaskSummary):
    """A task with its form and data, and everything that may be done with it."""

    number: int
    #: Candidates: persons, and duties as `duty@body`.
    users: list[UUID]
    groups: list[str]
    #: Ids of activities that can be started, of an ad-hoc sub-process.
    choices: list[str]
    form_id: str | None
    #: The form as JSON Schema 2020-12; null where there is none, or one that is kept elsewhere.
    form: dict[str, Any] | None
    #: What the task's element sees of the case; null once the task is over.
    data: dict[str, Any] | None
    deadline: DeadlineView | None
    #: The actions that the diagram declares; empty where the task is just completed.
    actions: list[ActionView]
    ways: Ways
    comments: list[CommentView]
    attachments: list[AttachmentView]
    #: What people did in this case before, the last 200 tasks, oldest first.
    before: list[DoneBefore]
