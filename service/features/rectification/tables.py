"""Findings and the items of the rectification ledger as stored."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.rectification.codes import (
    ENDS,
    Area,
    Cause,
    ItemState,
    Severity,
    SourceType,
)

_MOMENT: Any = DateTime(timezone=True)


def _json() -> Any:
    return Field(sa_column=Column(JSONB(none_as_null=True), nullable=False))


class Finding(AppendOnlyRow):
    """What somebody found wrong at a body, in the words of who found it."""

    table: ClassVar[str] = "finding"

    id: UUID
    source_type: SourceType
    source_ref: str | None
    body_id: UUID
    breach: str
    problem: str
    facts: str
    article: str | None
    evidence: list[UUID]
    found_on: date
    found_by: UUID | None
    is_repeat: bool
    registered_at: datetime


class FindingTable(Finding, table=True):
    __tablename__ = "finding"
    __table_args__ = (one_of("source_type", SourceType),)

    id: UUID = Field(primary_key=True)
    source_type: SourceType = code_column()
    body_id: UUID = reference("body.id")
    evidence: list[UUID] = Field(sa_type=ARRAY(Uuid))
    found_by: UUID | None = Field(foreign_key="actor.id")
    registered_at: datetime = Field(sa_type=_MOMENT)


class RectificationItem(VersionedRow):
    """One problem of one body (一事一账), from its finding to its close-out."""

    table: ClassVar[str] = "rectification_item"

    id: UUID
    #: QL-ZG-2026-0001, given at registration.
    number: str | None = None
    finding_id: UUID
    body_id: UUID
    state: ItemState = ItemState.DRAFT
    source_type: SourceType
    source_ref: str | None
    found_on: date
    found_by: UUID | None
    drafted_by: UUID | None = None
    breach: str
    category: int | None = None
    category_name: str | None = None
    area: Area | None = None
    severity: Severity | None = None
    cause: Cause | None = None
    #: Working days that the severity allows, counted from the notice.
    days: int | None = None
    problem: str
    facts: str
    article: str | None
    is_repeat: bool
    is_data_item: bool = False
    is_long_term: bool = False
    is_on_target: bool = False
    #: Yearly targets of a long-term item, each with name, on, reached_on, findings.
    targets: list[dict[str, Any]] = Field(default_factory=list)
    long_term_reason: str | None = None
    long_term_minutes_id: UUID | None = None
    is_overdue: bool = False
    #: Whether it was overdue once: its light stays yellow until it is closed.
    was_overdue: bool = False
    is_referred: bool = False
    is_disputed_once: bool = False
    registered_on: date | None = None
    issued_on: date | None = None
    due: date | None = None
    original_due: date | None = None
    required_result: str | None = None
    measures: str | None = None
    responsible_leader: str | None = None
    responsible_person: UUID | None = None
    close_standard: str | None = None
    #: Each with name, on, reached_on.
    milestones: list[dict[str, Any]]
    #: How often the plan was sent back.
    plan_faults: int = 0
    percent: int = 0
    extensions: int = 0
    #: Since when its own clock stands still (objection, acceptance).
    stopped_on: date | None = None
    close_statement: str | None = None
    evidence: list[UUID]
    acceptance_method: str | None = None
    officers: int = 0
    accepted_on: date | None = None
    #: The round of acceptance: a close request that failed is followed by another.
    acceptance_round: int = 0
    closed_on: date | None = None
    #: How often it was taken up again after its close-out; the number has the suffix -R1, -R2 …
    reopenings: int = 0
    end_reason: str | None = None
    signed_by: list[UUID]
    merged_into: str | None = None
    instance_id: UUID | None = None
    opened_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it is not over."""
        return self.state not in ENDS


class RectificationItemTable(RectificationItem, table=True):
    __tablename__ = "rectification_item"
    __table_args__ = (
        one_of("state", ItemState),
        one_of("source_type", SourceType),
        one_of("severity", Severity),
        one_of("area", Area),
        one_of("cause", Cause),
        UniqueConstraint("number"),
        Index("ix_rectification_item_list", "opened_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    finding_id: UUID = reference("finding.id")
    body_id: UUID = reference("body.id")
    state: ItemState = code_column()
    source_type: SourceType = code_column()
    severity: Severity | None = code_column()
    area: Area | None = code_column()
    cause: Cause | None = code_column()
    found_by: UUID | None = Field(foreign_key="actor.id")
    drafted_by: UUID | None = Field(foreign_key="actor.id")
    milestones: list[dict[str, Any]] = _json()
    targets: list[dict[str, Any]] = _json()
    long_term_minutes_id: UUID | None = Field(foreign_key="document.id")
    evidence: list[UUID] = Field(sa_type=ARRAY(Uuid))
    signed_by: list[UUID] = Field(sa_type=ARRAY(Uuid))
    instance_id: UUID | None = reference("instance.id")
    opened_at: datetime = Field(sa_type=_MOMENT)
