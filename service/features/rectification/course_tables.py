"""What is done in the course of an item, as stored."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.rectification.codes import AcceptanceResult, ActKind, ExtensionState

_MOMENT: Any = DateTime(timezone=True)


class Progress(AppendOnlyRow):
    """What a unit reports of its work on an item."""

    table: ClassVar[str] = "rectification_progress"

    id: UUID
    item_id: UUID
    text: str
    percent: int
    evidence: list[UUID]
    added_at: datetime
    added_by: UUID | None
    added_by_name: str


class ProgressTable(Progress, table=True):
    __tablename__ = "rectification_progress"

    id: UUID = Field(primary_key=True)
    item_id: UUID = reference("rectification_item.id")
    evidence: list[UUID] = Field(sa_type=ARRAY(Uuid))
    added_at: datetime = Field(sa_type=_MOMENT)
    added_by: UUID | None = Field(foreign_key="actor.id")


class Extension(VersionedRow):
    """More time that a unit asks for."""

    table: ClassVar[str] = "rectification_extension"

    id: UUID
    item_id: UUID
    asked_due: date
    #: Of the original time, all extensions together.
    share: float
    reason: str
    asked_on: date
    asked_by: UUID | None
    decided_by_duty: str
    state: ExtensionState = ExtensionState.ASKED
    granted_due: date | None = None
    decided_on: date | None = None
    decided_by: UUID | None = None
    answer: str | None = None


class ExtensionTable(Extension, table=True):
    __tablename__ = "rectification_extension"
    __table_args__ = (one_of("state", ExtensionState),)

    id: UUID = Field(primary_key=True)
    item_id: UUID = reference("rectification_item.id")
    state: ExtensionState = code_column()
    asked_by: UUID | None = Field(foreign_key="actor.id")
    decided_by: UUID | None = Field(foreign_key="actor.id")


class Act(AppendOnlyRow):
    """What the office did about an item: an order, a talk, a circular, a referral."""

    table: ClassVar[str] = "rectification_act"

    id: UUID
    item_id: UUID
    kind: ActKind
    text: str
    done_on: date
    drafted_by: UUID | None
    signed_by: UUID | None


class ActTable(Act, table=True):
    __tablename__ = "rectification_act"
    __table_args__ = (one_of("kind", ActKind),)

    id: UUID = Field(primary_key=True)
    item_id: UUID = reference("rectification_item.id")
    kind: ActKind = code_column()
    text: str = Field(sa_type=Text)
    drafted_by: UUID | None = Field(foreign_key="actor.id")
    signed_by: UUID | None = Field(foreign_key="actor.id")


class Acceptance(AppendOnlyRow):
    """What one officer found on checking a close request."""

    table: ClassVar[str] = "item_acceptance"

    id: UUID
    item_id: UUID
    round: int
    officer_id: UUID
    method: str
    checked_on: date
    findings: str
    result: AcceptanceResult
    signed_document_id: UUID | None
    recorded_at: datetime


class AcceptanceTable(Acceptance, table=True):
    __tablename__ = "item_acceptance"
    __table_args__ = (
        one_of("result", AcceptanceResult),
        UniqueConstraint("item_id", "round", "officer_id"),
    )

    id: UUID = Field(primary_key=True)
    item_id: UUID = reference("rectification_item.id")
    officer_id: UUID = Field(foreign_key="actor.id")
    result: AcceptanceResult = code_column()
    recorded_at: datetime = Field(sa_type=_MOMENT)
