"""Rounds over the whole ledger as stored: look-backs, reconciliations, quarter reports."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Text, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.store.rows import VersionedRow, code_column, one_of, reference
from service.features.rectification.codes import Severity
from service.features.rectification.round_codes import ConfirmationState, ReportState, RoundState
from service.features.rectification.round_rules import RoundTaken

_MOMENT: Any = DateTime(timezone=True)
_TAKEN: tuple[type[Refusal], str, str] = (
    RoundTaken,
    "Expected a period that no round covers yet, but one covers it.",
    "该时段应当尚未开展，但已开展。",
)


def json_column() -> Any:
    """A column for a list or object."""
    return Field(sa_column=Column(JSONB(none_as_null=True), nullable=False))


class LookBackRound(VersionedRow):
    """A half-yearly look-back (回头看) at what was closed in the six months before."""

    table: ClassVar[str] = "look_back_round"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "uq_look_back_round_from_on": _TAKEN
    }

    id: UUID
    #: The first and last day of the close-outs that it looks back at.
    from_on: date
    to_on: date
    #: With it and the ids of the items anybody can draw the same sample again.
    seed: str
    #: By severity: how many were closed, which share is due, how many were drawn.
    shares: list[dict[str, Any]]
    state: RoundState = RoundState.OPEN
    report: str | None = None
    reported_by: UUID | None = None
    agenda_item_id: UUID | None = None
    minutes_document_id: UUID | None = None
    instance_id: UUID
    drawn_at: datetime
    closed_on: date | None = None


class LookBackRoundTable(LookBackRound, table=True):
    __tablename__ = "look_back_round"
    __table_args__ = (one_of("state", RoundState), UniqueConstraint("from_on"))

    id: UUID = Field(primary_key=True)
    shares: list[dict[str, Any]] = json_column()
    state: RoundState = code_column()
    report: str | None = Field(sa_type=Text)
    reported_by: UUID | None = Field(foreign_key="actor.id")
    agenda_item_id: UUID | None = reference("agenda_item.id")
    minutes_document_id: UUID | None = reference("document.id")
    instance_id: UUID = reference("instance.id")
    drawn_at: datetime = Field(sa_type=_MOMENT)


class LookBackCheck(VersionedRow):
    """One closed item that was drawn, and whether its correction has held."""

    table: ClassVar[str] = "look_back_check"

    id: UUID
    round_id: UUID
    item_id: UUID
    number: str
    body_id: UUID
    severity: Severity
    #: Whoever accepted it: they do not look back at their own acceptance.
    barred: list[UUID]
    holds: bool | None = None
    findings: str | None = None
    evidence: list[UUID]
    checked_by: UUID | None = None
    checked_on: date | None = None


class LookBackCheckTable(LookBackCheck, table=True):
    __tablename__ = "look_back_check"
    __table_args__ = (one_of("severity", Severity), UniqueConstraint("round_id", "item_id"))

    id: UUID = Field(primary_key=True)
    round_id: UUID = reference("look_back_round.id")
    item_id: UUID = reference("rectification_item.id")
    body_id: UUID = reference("body.id")
    severity: Severity = code_column()
    barred: list[UUID] = Field(sa_type=ARRAY(Uuid))
    findings: str | None = Field(sa_type=Text)
    evidence: list[UUID] = Field(sa_type=ARRAY(Uuid))
    checked_by: UUID | None = Field(foreign_key="actor.id")


class ReconciliationRound(VersionedRow):
    """A yearly reconciliation: every unit confirms its items, the office settles what differs."""

    table: ClassVar[str] = "reconciliation_round"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "uq_reconciliation_round_year": _TAKEN
    }

    id: UUID
    year: int
    begun_on: date
    state: RoundState = RoundState.OPEN
    #: Each with item_no and text.
    settlements: list[dict[str, Any]]
    settled_by: UUID | None = None
    agenda_item_id: UUID | None = None
    minutes_document_id: UUID | None = None
    instance_id: UUID
    closed_on: date | None = None


class ReconciliationRoundTable(ReconciliationRound, table=True):
    __tablename__ = "reconciliation_round"
    __table_args__ = (one_of("state", RoundState), UniqueConstraint("year"))

    id: UUID = Field(primary_key=True)
    state: RoundState = code_column()
    settlements: list[dict[str, Any]] = json_column()
    settled_by: UUID | None = Field(foreign_key="actor.id")
    agenda_item_id: UUID | None = reference("agenda_item.id")
    minutes_document_id: UUID | None = reference("document.id")
    instance_id: UUID = reference("instance.id")


class ReconciliationAnswer(VersionedRow):
    """What one unit said of its items."""

    table: ClassVar[str] = "reconciliation_answer"

    id: UUID
    round_id: UUID
    body_id: UUID
    #: The items that it was asked about, by number.
    numbers: list[str]
    state: ConfirmationState = ConfirmationState.ASKED
    #: Each with item_no and text.
    differences: list[dict[str, Any]]
    pressed_on: date | None = None
    answered_by: UUID | None = None
    answered_on: date | None = None


class ReconciliationAnswerTable(ReconciliationAnswer, table=True):
    __tablename__ = "reconciliation_answer"
    __table_args__ = (one_of("state", ConfirmationState), UniqueConstraint("round_id", "body_id"))

    id: UUID = Field(primary_key=True)
    round_id: UUID = reference("reconciliation_round.id")
    body_id: UUID = reference("body.id")
    numbers: list[str] = Field(sa_type=ARRAY(Text))
    state: ConfirmationState = code_column()
    differences: list[dict[str, Any]] = json_column()
    answered_by: UUID | None = Field(foreign_key="actor.id")


class QuarterReport(VersionedRow):
    """What the ledger came to in a quarter, for the office above."""

    table: ClassVar[str] = "quarter_report"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "uq_quarter_report_year_quarter": _TAKEN
    }

    id: UUID
    year: int
    quarter: int
    #: From the day after the last report to the day of this one: nothing falls between two.
    from_on: date
    to_on: date
    state: ReportState = ReportState.COMPILED
    #: By body: opened, closed, remaining, overdue.
    lines: list[dict[str, Any]]
    #: The papers that show what was closed.
    evidence: list[UUID]
    remarks: str | None = None
    checked_by: UUID | None = None
    draft_id: UUID | None = None
    document_id: UUID | None = None
    instance_id: UUID
    compiled_at: datetime


class QuarterReportTable(QuarterReport, table=True):
    __tablename__ = "quarter_report"
    __table_args__ = (one_of("state", ReportState), UniqueConstraint("year", "quarter"))

    id: UUID = Field(primary_key=True)
    state: ReportState = code_column()
    lines: list[dict[str, Any]] = json_column()
    evidence: list[UUID] = Field(sa_type=ARRAY(Uuid))
    remarks: str | None = Field(sa_type=Text)
    checked_by: UUID | None = Field(foreign_key="actor.id")
    draft_id: UUID | None = reference("document_draft.id")
    document_id: UUID | None = reference("document.id")
    instance_id: UUID = reference("instance.id")
    compiled_at: datetime = Field(sa_type=_MOMENT)
