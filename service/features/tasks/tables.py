"""Tasks, and the inbox in which people find them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.store.rows import Row, VersionedRow, code_column, one_of
from service.features.tasks.light_tables import Light

_MOMENT: Any = DateTime(timezone=True)


class TaskState(StrEnum):
    """Whether a task waits."""

    OPEN = "OPEN"
    COMPLETED = "COMPLETED"
    """A person did it."""
    CANCELLED = "CANCELLED"
    """The flow went on without it."""


class TaskKind(StrEnum):
    """What is asked of the person."""

    USER = "USER"
    """A user task: fill in the form, take an action."""
    CHOICE = "CHOICE"
    """An ad-hoc sub-process: choose what to do, or end it."""


class Task(VersionedRow):
    """What people see of a step that waits for one of them."""

    table: ClassVar[str] = "task"

    id: UUID
    instance_id: UUID
    #: Number of the element instance in the engine's state.
    number: int
    kind: TaskKind = TaskKind.USER
    element: str
    process: str
    process_name: str
    name: str
    business_key: str | None
    title: str | None
    body_id: UUID | None
    #: Candidates: persons, and duties as `duty@body` (`duty@` over no body: the city's).
    users: list[UUID] = Field(default_factory=list)
    groups: list[str] = Field(default_factory=list)
    #: The bodies that `groups` name.
    bodies: list[UUID] = Field(default_factory=list)
    #: Persons whom the matter concerns, who must not do it (回避).
    recused: list[UUID] = Field(default_factory=list)
    #: Tasks, as `process/element`: whoever did one in this case must not do this one.
    apart: list[str] = Field(default_factory=list)
    #: What can be chosen, of an ad-hoc sub-process.
    choices: list[str] = Field(default_factory=list)
    #: Id of the form; "" for none.
    form: str = ""
    priority: int = 50
    due_at: datetime | None = None
    follow_up_at: datetime | None = None
    #: Working days, clock, the day counted from, calendar version; None for a plain instant.
    deadline: Any = None
    #: Its colour with the calculation behind it, and the day on which that was counted.
    light: Light | None = None
    light_reason: str | None = None
    light_on: date | None = None
    #: Whether it has been red: then it is never green again.
    was_red: bool = False
    state: TaskState = TaskState.OPEN
    assignee_id: UUID | None = None
    assignee_name: str | None = None
    opened_at: datetime
    claimed_at: datetime | None = None
    ended_at: datetime | None = None
    #: The person who completed it, and how.
    completed_by: UUID | None = None
    completed_by_name: str | None = None
    action: str | None = None


class TaskTable(Task, table=True):
    __tablename__ = "task"
    __table_args__ = (
        one_of("state", TaskState),
        one_of("kind", TaskKind),
        one_of("light", Light),
        Index("uq_task_number", "instance_id", "number", unique=True),
        Index("ix_task_done", "completed_by", "ended_at", "id"),
        Index("ix_task_doer", "instance_id", "completed_by"),
        Index("ix_task_case", "business_key", postgresql_where=text("state = 'OPEN'")),
        Index("ix_task_due", "due_at", postgresql_where=text("state = 'OPEN'")),
        Index(
            "ix_task_light",
            text("light_on NULLS FIRST"),
            "id",
            postgresql_where=text("state = 'OPEN' AND deadline IS NOT NULL"),
        ),
        Index(
            "ix_task_calendar",
            text("((deadline ->> 'calendar')::int)"),
            postgresql_where=text("state = 'OPEN' AND deadline IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    kind: TaskKind = code_column()
    state: TaskState = code_column()
    light: Light | None = code_column()
    was_red: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    users: list[UUID] = Field(sa_type=ARRAY(Uuid))
    groups: list[str] = Field(sa_type=ARRAY(Text))
    bodies: list[UUID] = Field(sa_type=ARRAY(Uuid))
    recused: list[UUID] = Field(sa_type=ARRAY(Uuid))
    apart: list[str] = Field(sa_type=ARRAY(Text))
    choices: list[str] = Field(sa_type=ARRAY(Text))
    due_at: datetime | None = Field(sa_type=_MOMENT)
    follow_up_at: datetime | None = Field(sa_type=_MOMENT)
    deadline: Any = Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))
    opened_at: datetime = Field(sa_type=_MOMENT)
    claimed_at: datetime | None = Field(sa_type=_MOMENT)
    ended_at: datetime | None = Field(sa_type=_MOMENT)
    assignee_id: UUID | None = Field(foreign_key="actor.id")
    completed_by: UUID | None = Field(foreign_key="actor.id")


class TaskEnd(Row):
    """The end of a task that the flow went on without, found by its number."""

    table: ClassVar[str] = "task"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "number")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    number: int
    state: TaskState = TaskState.OPEN
    ended_at: datetime | None = None


class InboxEntry(Row):
    """An open task as one reader finds it.

    A reader is the person who has the task (`person:<id>`), one who may take it (`user:<id>`), or
    whoever holds a duty over a body: `<duty>=<body>` (over this body alone), `<duty><<body>` (over
    a body that this one stands below, or over itself with all below), `<duty>*` (over the city).
    So a person has as many readers as duties, and a page costs what the page costs.
    """

    table: ClassVar[str] = "inbox"
    key: ClassVar[tuple[str, ...]] = ("reader", "task_id")
    is_audited: ClassVar[bool] = False

    reader: str
    task_id: UUID
    instance_id: UUID
    number: int
    process: str
    #: What it is sorted by: the due time, `infinity` for none.
    due_at: str


class InboxEntryTable(InboxEntry, table=True):
    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_page", "reader", "due_at", "task_id"),
        Index("ix_inbox_process", "reader", "process", "due_at", "task_id"),
        Index("ix_inbox_number", "instance_id", "number"),
    )

    reader: str = Field(primary_key=True)
    task_id: UUID = Field(primary_key=True)
    due_at: str = Field(sa_column=Column(_MOMENT, nullable=False))


class InboxGone(Row):
    """All entries of a task that is over, or that somebody took."""

    table: ClassVar[str] = "inbox"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "number")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    number: int
