"""What tasks announce. Events of one case arrive in order: its id is their subject."""

from abc import ABC
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from service.core.store.outbox import Event


class TaskEvent(Event, ABC):
    """Something that happened to a task of a case."""

    instance_id: UUID

    def subject(self) -> str:
        return f"instance/{self.instance_id}"


class TaskOpened(TaskEvent):
    """A task waits for somebody. `number` names it within its case."""

    type: ClassVar[str] = "tasks.task_opened"
    title_zh = "任务待办"
    title_en = "Task opened"

    task_id: UUID
    number: int
    element: str
    process: str
    name: str
    business_key: str | None
    body_id: UUID | None
    assignee_id: UUID | None
    due_at: datetime | None


class TaskOverdue(TaskEvent):
    """The time of a task is over; its leaders are told."""

    type: ClassVar[str] = "tasks.task_overdue"
    title_zh = "任务已逾期"
    title_en = "Task overdue"

    task_id: UUID
    #: Working days.
    days_over: int


class TaskWithdrawn(TaskEvent):
    """The flow went on without a task."""

    type: ClassVar[str] = "tasks.task_withdrawn"
    title_zh = "任务已撤销"
    title_en = "Task withdrawn"

    number: int


class TaskClaimed(TaskEvent):
    """Somebody took a task."""

    type: ClassVar[str] = "tasks.task_claimed"
    title_zh = "任务已领取"
    title_en = "Task claimed"

    task_id: UUID
    assignee_id: UUID


class TaskReleased(TaskEvent):
    """A task is offered again to all who may take it."""

    type: ClassVar[str] = "tasks.task_released"
    title_zh = "任务已退领"
    title_en = "Task released"

    task_id: UUID


class TaskAssigned(TaskEvent):
    """A task was given to somebody."""

    type: ClassVar[str] = "tasks.task_assigned"
    title_zh = "任务已指派"
    title_en = "Task assigned"

    task_id: UUID
    assignee_id: UUID


class TaskCompleted(TaskEvent):
    """A task is done; `action` is the way in which, where the diagram declares any."""

    type: ClassVar[str] = "tasks.task_completed"
    title_zh = "任务已办结"
    title_en = "Task completed"

    task_id: UUID
    element: str
    completed_by: UUID | None
    action: str | None


class TaskReminded(TaskEvent):
    """The deadline of an open task is so many working days away."""

    type: ClassVar[str] = "tasks.task_reminded"
    title_zh = "任务临期提醒"
    title_en = "Task reminded"

    task_id: UUID
    due_at: datetime
    working_days: int
