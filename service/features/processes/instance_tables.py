"""Instances of flows, what they did, and what can wake them.

The engine's state is the truth about an instance; the rows beside it are what people and workers
look for, written by the same statement. Their key is the instance and the number that the
engine gave the thing within it.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, Column, DateTime, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.store.rows import (
    AppendOnlyRow,
    Row,
    VersionedRow,
    code_column,
    one_of,
    reference,
)
from service.features.processes import rules

_MOMENT: Any = DateTime(timezone=True)


class InstanceState(StrEnum):
    """Whether an instance goes on."""

    RUNNING = "RUNNING"
    """Something is to be done, or awaited."""
    COMPLETED = "COMPLETED"
    """It came to its end."""
    TERMINATED = "TERMINATED"
    """A terminating end event, or the end of what called it, stopped it."""
    CANCELLED = "CANCELLED"
    """A person stopped it."""


class Instance(VersionedRow):
    """One case that follows a flow, or a called process within one.

    Only the case itself (`root_id` = `id`, `number` 1) has a document and is ever locked.
    """

    table: ClassVar[str] = "instance"
    unaudited: ClassVar[frozenset[str]] = frozenset({"document", "pins"})
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "uq_instance_correlation": (
            rules.CaseRuns,
            "Expected a correlation key that no running case has, but another case has it.",
            "关联键应当未被在办流程使用，但已被使用。",
        )
    }

    id: UUID
    root_id: UUID
    #: The process's number in the engine's state.
    number: int
    flow: str
    #: Id and name of the process.
    process: str
    process_name: str
    release_id: UUID
    release_number: int
    #: Folder → release: what its calls, tables and forms mean until it ends.
    pins: Any
    #: The number by which people know the case.
    business_key: str | None
    title: str | None
    #: Correlation key of the message that started it: one case of a process runs with it at a time.
    correlation_key: str | None = None
    #: Whose matter it is; None for the city's own.
    body_id: UUID | None
    state: InstanceState = InstanceState.RUNNING
    #: How many incidents the engine has: steps that wait to be tried again.
    incidents: int = 0
    #: Whether steps are left that the last move had no room for.
    is_unfinished: bool = False
    started_at: datetime
    started_by: UUID | None
    started_by_name: str
    ended_at: datetime | None = None
    #: The state of the engine, without its pages.
    document: Any = None


class InstanceTable(Instance, table=True):
    __tablename__ = "instance"
    __table_args__ = (
        one_of("state", InstanceState),
        UniqueConstraint("root_id", "number"),
        Index("ix_instance_newest", "started_at", "id"),
        Index("ix_instance_list", "process", "started_at", "id"),
        Index("ix_instance_flow", "flow", "started_at", "id"),
        Index("ix_instance_body", "body_id", "started_at", "id"),
        Index("ix_instance_key", "business_key", "started_at", "id"),
        Index("ix_instance_state", "state", "started_at", "id"),
        Index(
            "ix_instance_running",
            "process",
            "started_at",
            "id",
            postgresql_where=text("state = 'RUNNING'"),
        ),
        Index(
            "ix_instance_incidents",
            "started_at",
            "id",
            postgresql_where=text("incidents > 0"),
        ),
        Index(
            "uq_instance_correlation",
            "process",
            "correlation_key",
            unique=True,
            postgresql_where=text("state = 'RUNNING' AND correlation_key IS NOT NULL"),
        ),
        Index(
            "ix_instance_unfinished",
            "id",
            postgresql_where=text("is_unfinished AND state = 'RUNNING'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    state: InstanceState = code_column()
    pins: Any = Field(sa_column=Column(JSONB, nullable=False))
    release_id: UUID = reference("release.id")
    body_id: UUID | None = Field(foreign_key="body.id")
    started_at: datetime = Field(sa_type=_MOMENT)
    ended_at: datetime | None = Field(sa_type=_MOMENT)
    document: Any = Field(sa_column=Column(JSON, nullable=True))


class CalledEnd(Row):
    """The end of a called process, found by its number."""

    table: ClassVar[str] = "instance"
    key: ClassVar[tuple[str, ...]] = ("root_id", "number")
    is_audited: ClassVar[bool] = False

    root_id: UUID
    number: int
    state: InstanceState = InstanceState.RUNNING
    ended_at: datetime | None = None


class InstancePage(Row):
    """A page of an instance's state: rounds that wait, or results so far."""

    table: ClassVar[str] = "instance_page"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "page")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    page: str
    rows: Any = None


class InstancePageTable(InstancePage, table=True):
    __tablename__ = "instance_page"

    instance_id: UUID = Field(primary_key=True, foreign_key="instance.id")
    page: str = Field(primary_key=True)
    rows: Any = Field(sa_column=Column(JSON, nullable=True))


class HistoryEntry(AppendOnlyRow):
    """One thing that happened in an instance. Read in the order of `version`, `nth`."""

    table: ClassVar[str] = "history"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "version", "nth")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    #: The version that the instance had after the move, and the place within the move.
    version: int
    nth: int
    #: The instant by which rules saw it.
    at: datetime
    #: `entered`, `left`, `took`, `variable`, `given`, …: the engine's own words.
    kind: str
    element: str
    process: str
    #: Number of the element instance, or of what else it is about; 0 for none.
    number: int
    data: Any
    command_id: UUID


class HistoryTable(HistoryEntry, table=True):
    __tablename__ = "history"
    __table_args__ = (
        Index(None, "instance_id", "version", "nth"),
        {"postgresql_partition_by": "RANGE (recorded_at)"},
    )

    recorded_at: datetime = Field(
        sa_column=Column(_MOMENT, primary_key=True, server_default=func.clock_timestamp())
    )
    instance_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True)
    nth: int = Field(primary_key=True)
    at: datetime = Field(sa_type=_MOMENT)
    data: Any = Field(sa_column=Column(JSON, nullable=True))


class Timer(Row):
    """An instant at which an instance must be woken."""

    table: ClassVar[str] = "timer"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "wait")
    is_audited: ClassVar[bool] = False

    id: UUID
    instance_id: UUID
    wait: int
    #: Number of the element instance that it belongs to.
    number: int
    element: str
    #: None while the clock of its deadline is stopped.
    due_at: datetime | None
    #: What it was declared as (`deadlines.Deadline`); None for a plain instant.
    deadline: Any = None


class TimerTable(Timer, table=True):
    __tablename__ = "timer"
    # A repeating timer is set anew by the statement that removes it.
    __table_args__ = (
        Index(None, "instance_id", "wait"),
        Index(None, "due_at"),
        Index(
            "ix_timer_calendar",
            text("((deadline ->> 'calendar')::int)"),
            postgresql_where=text("deadline IS NOT NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    due_at: datetime | None = Field(sa_type=_MOMENT)
    deadline: Any = Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))


class TimerGone(Row):
    """A timer that no longer counts, found by its number."""

    table: ClassVar[str] = "timer"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "wait")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    wait: int


class Subscription(Row):
    """A message or signal that an instance waits for."""

    table: ClassVar[str] = "subscription"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "wait")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    wait: int
    number: int
    element: str
    #: `message` or `signal`.
    kind: str
    name: str
    #: Correlation key; "" for none.
    correlation_key: str


class SubscriptionTable(Subscription, table=True):
    __tablename__ = "subscription"
    __table_args__ = (Index(None, "kind", "name", "correlation_key", "instance_id"),)

    instance_id: UUID = Field(primary_key=True)
    wait: int = Field(primary_key=True)


class SubscriptionGone(Row):
    """A subscription that is over, found by its number."""

    table: ClassVar[str] = "subscription"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "wait")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    wait: int


class Message(Row):
    """A message or signal on its way to whoever waits for it.

    A signal goes to all that wait when it is delivered, a message to one, now or while it lives.
    """

    table: ClassVar[str] = "message"

    id: UUID
    #: `message` or `signal`.
    kind: str
    name: str
    correlation_key: str
    #: De-duplication id: the same twice within the time to live is one message.
    message_id: str | None
    variables: Any
    #: From which instance; None for one from outside.
    sender_id: UUID | None
    sent_at: datetime
    #: Until when it is kept for those who do not wait yet.
    lives_until: datetime
    #: When it was last looked at; None for never.
    tried_at: datetime | None = None
    delivered_at: datetime | None = None
    #: The instance that took it, or was started by it; None for a signal, and for a twin.
    taken_by: UUID | None = None
    #: The command that gave it to that instance.
    delivered_by: UUID | None = None


class MessageTable(Message, table=True):
    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_twin", "name", "message_id"),
        Index("ix_message_new", "id", postgresql_where=text("tried_at IS NULL")),
        Index(None, "lives_until"),
        Index(
            "ix_message_buffered",
            "kind",
            "name",
            "correlation_key",
            "id",
            postgresql_where=text("delivered_at IS NULL"),
        ),
    )

    id: UUID = Field(primary_key=True)
    variables: Any = Field(sa_column=Column(JSON, nullable=False))
    sent_at: datetime = Field(sa_type=_MOMENT)
    lives_until: datetime = Field(sa_type=_MOMENT)
    tried_at: datetime | None = Field(sa_type=_MOMENT)
    delivered_at: datetime | None = Field(sa_type=_MOMENT)


class Incident(VersionedRow):
    """Something an instance could not do, until somebody or a later attempt deals with it."""

    table: ClassVar[str] = "incident"

    id: UUID
    #: None where no instance came to be: a start was refused.
    instance_id: UUID | None
    #: Number of the incident in the engine's state; 0 where the state does not know of it.
    incident: int
    #: Number of the element instance.
    number: int
    element: str
    code: str
    message: str
    message_zh: str
    attempts: int
    #: What was to be given to the instance and was refused: `timer`, `message`, `signal`, `steps`
    #: or `start`, and the id of its row. None for a fault of the model.
    input: Any = None
    thing_id: UUID | None = None
    raised_at: datetime
    #: When it is tried again by itself; None for never.
    retry_at: datetime | None = None
    resolved_at: datetime | None = None


class IncidentTable(Incident, table=True):
    __tablename__ = "incident"
    __table_args__ = (
        Index(None, "instance_id", "incident"),
        Index("ix_incident_thing", "thing_id", postgresql_where=text("resolved_at IS NULL")),
        Index("ix_incident_retry", "retry_at", postgresql_where=text("resolved_at IS NULL")),
        Index("ix_incident_open", "id", postgresql_where=text("resolved_at IS NULL")),
    )

    id: UUID = Field(primary_key=True)
    input: Any = Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))
    raised_at: datetime = Field(sa_type=_MOMENT)
    retry_at: datetime | None = Field(sa_type=_MOMENT)
    resolved_at: datetime | None = Field(sa_type=_MOMENT)


class IncidentEnd(Row):
    """The end of an incident of the engine, found by its number."""

    table: ClassVar[str] = "incident"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "incident")
    is_audited: ClassVar[bool] = False

    instance_id: UUID
    incident: int
    resolved_at: datetime | None = None


class JobState(StrEnum):
    """Where work for an outside worker stands."""

    WAITING = "WAITING"
    """A worker may take it from `due_at` on."""
    DONE = "DONE"
    FAILED = "FAILED"
    """No attempts are left: an incident waits."""
    GONE = "GONE"
    """The element was left before it was done."""


class Job(VersionedRow):
    """Work for an outside worker."""

    table: ClassVar[str] = "job"
    unaudited: ClassVar[frozenset[str]] = frozenset({"variables"})

    id: UUID
    instance_id: UUID
    #: Number of the element instance.
    number: int
    element: str
    process: str
    type: str
    headers: Any
    #: What the element sees, as the state encodes it.
    variables: Any
    state: JobState = JobState.WAITING
    #: Attempts left.
    retries: int
    #: From when it may be taken: a lock that runs out, a pause after a failure.
    due_at: datetime
    #: Who holds it: the worker's name and the actor; None for nobody.
    worker: str | None = None
    worker_id: UUID | None = None
    opened_at: datetime
    ended_at: datetime | None = None
    fault: str | None = None


class JobEnd(Row):
    """The end of a job that the flow went on without, found by its number.

    A job that failed before and was tried again by another has the same number, and stays failed.
    """

    table: ClassVar[str] = "job"
    key: ClassVar[tuple[str, ...]] = ("instance_id", "number")
    is_audited: ClassVar[bool] = False
    guard: ClassVar[str] = "t.state = 'WAITING'"

    instance_id: UUID
    number: int
    state: JobState = JobState.WAITING
    ended_at: datetime | None = None


class JobTable(Job, table=True):
    __tablename__ = "job"
    __table_args__ = (
        one_of("state", JobState),
        Index(None, "instance_id", "number"),
        Index("ix_job_waiting", "type", "due_at", postgresql_where=text("state = 'WAITING'")),
        Index("ix_job_list", "state", "id"),
        Index("ix_job_type_list", "type", "state", "id"),
        Index("ix_job_types", "type", "id"),
    )

    id: UUID = Field(primary_key=True)
    state: JobState = code_column()
    headers: Any = Field(sa_column=Column(JSON, nullable=False))
    variables: Any = Field(sa_column=Column(JSON, nullable=False))
    due_at: datetime = Field(sa_type=_MOMENT)
    opened_at: datetime = Field(sa_type=_MOMENT)
    ended_at: datetime | None = Field(sa_type=_MOMENT)
    worker_id: UUID | None = Field(foreign_key="actor.id")
