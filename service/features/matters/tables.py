"""Matters as stored: the row that changes, and what was asked, overridden and when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.documents.kinds.approval import LegalityVerdict
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.matters.codes import (
    Authority,
    Gate,
    GatePoint,
    Level,
    Origin,
    Outcome,
    Reply,
    Result,
    Stage,
    Start,
    State,
)
from service.features.matters.rules import MinutesRequired

_MOMENT: Any = DateTime(timezone=True)


def _json() -> Any:
    return Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))


class Matter(VersionedRow):
    """One request for a change of bodies, functions, quotas or posts."""

    table: ClassVar[str] = "matter"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "fk_matter_minutes_document_id": (
            MinutesRequired,
            "Expected minutes on record, but there is no document with this id.",
            "会议纪要应当已登记，但未找到。",
        )
    }

    id: UUID
    #: QL-SX-2026-0001, given when it is filed.
    number: str | None = None
    #: 1, and one more each time it is reopened.
    round: int = 1
    start: Start
    #: M01 … M22, M99.
    type: str
    title: str
    body_id: UUID
    is_urgent: bool
    #: The case or paper out of which the office or the superior sets it going.
    source_case: str | None = None
    #: What the applicant states about it, by the names of the table `stated_matter`.
    stated: Any
    deltas: Any
    deltas_number: int = 1
    basis: Any
    #: Codes of what the request says and of the materials that came with it.
    contents: Any
    materials: Any
    #: The five statements of article 16, as far as they are made.
    statements: Any
    open_problems: str
    #: Of the unit's own meeting.
    minutes_document_id: UUID | None
    stage: Stage = Stage.MOTION
    state: State = State.DRAFT
    #: The state to which it comes back when the gate opens.
    suspended_from: State | None = None
    gate: Gate | None = None
    gate_hits: Any = None
    #: Where on its way the gate was asked last.
    gate_point: GatePoint | None = None
    #: What the tables found before it is admitted: `matter_facts`, `evaluation_needed`,
    #: `prohibition_hits` less those an objection has struck, and `completeness`.
    facts: Any = None
    evaluation_needed: bool | None = None
    prohibitions: Any = None
    missing: Any = None
    final_authority: Authority | None = None
    via_party_committee: bool = False
    #: What the legal review came to last, what the office recommends, and in how many rounds.
    legality: LegalityVerdict | None = None
    recommendation: EvaluationResult | None = None
    appraisal_rounds: int = 0
    #: Which superior decides, in the words of the table `authority`.
    superior_level: str = ""
    result: Result | None = None
    decided_by: Level | None = None
    decided_on: date | None = None
    agenda_item_id: UUID | None = None
    #: Of the meeting that decided.
    decision_minutes_id: UUID | None = None
    reply: Reply | None = None
    reply_document_id: UUID | None = None
    #: What went up to the superior last.
    upward_document_id: UUID | None = None
    #: When the superior was reminded of it last.
    superior_reminded_on: date | None = None
    #: Which version of the changes the superior has agreed to, by its reply or by its order.
    replied_number: int | None = None
    #: Who took it in, who found it lawful, who signed.
    intake_by: UUID | None = None
    legal_by: UUID | None = None
    signed_by: UUID | None = None
    approval_draft_id: UUID | None = None
    approval_document_id: UUID | None = None
    effective_on: date | None = None
    #: How often it was sent back for missing papers; once in a run of the case.
    supplement_rounds: int = 0
    admitted_at: datetime | None = None
    #: When the applicant was told why it is not done as asked, who signed that, when it had it.
    explained_on: date | None = None
    explanation_signed_by: UUID | None = None
    received_on: date | None = None
    #: What was approved and is not in the ledger yet.
    pending_deltas: Any = None
    outcome: Outcome | None = None
    instance_id: UUID | None = None
    asked_at: datetime
    asked_by: UUID | None
    submitted_at: datetime | None = None
    closed_at: datetime | None = None


class MatterTable(Matter, table=True):
    __tablename__ = "matter"
    __table_args__ = (
        one_of("start", Start),
        one_of("stage", Stage),
        one_of("state", State),
        Index("ix_matter_list", "asked_at", "id"),
        Index("ix_matter_body", "body_id", "state"),
    )

    id: UUID = Field(primary_key=True)
    number: str | None = Field(unique=True)
    round: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    superior_level: str = Field(sa_column_kwargs={"server_default": ""})
    start: Start = code_column()
    body_id: UUID = Field(foreign_key="body.id")
    stage: Stage = code_column()
    state: State = code_column()
    suspended_from: State | None = code_column()
    gate: Gate | None = code_column()
    gate_point: GatePoint | None = code_column()
    final_authority: Authority | None = code_column()
    legality: LegalityVerdict | None = code_column()
    recommendation: EvaluationResult | None = code_column()
    appraisal_rounds: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    result: Result | None = code_column()
    decided_by: Level | None = code_column()
    reply: Reply | None = code_column()
    outcome: Outcome | None = code_column()
    stated: Any = _json()
    deltas: Any = _json()
    basis: Any = _json()
    contents: Any = _json()
    materials: Any = _json()
    statements: Any = _json()
    gate_hits: Any = _json()
    facts: Any = _json()
    prohibitions: Any = _json()
    missing: Any = _json()
    pending_deltas: Any = _json()
    minutes_document_id: UUID | None = Field(foreign_key="document.id")
    agenda_item_id: UUID | None = Field(foreign_key="agenda_item.id")
    decision_minutes_id: UUID | None = Field(foreign_key="document.id")
    reply_document_id: UUID | None = Field(foreign_key="document.id")
    upward_document_id: UUID | None = Field(foreign_key="document.id")
    intake_by: UUID | None = Field(foreign_key="actor.id")
    legal_by: UUID | None = Field(foreign_key="actor.id")
    signed_by: UUID | None = Field(foreign_key="actor.id")
    approval_draft_id: UUID | None = Field(foreign_key="document_draft.id")
    approval_document_id: UUID | None = Field(foreign_key="document.id")
    instance_id: UUID | None = reference("instance.id")
    supplement_rounds: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    admitted_at: datetime | None = Field(sa_type=_MOMENT)
    explanation_signed_by: UUID | None = Field(foreign_key="actor.id")
    asked_at: datetime = Field(sa_type=_MOMENT)
    asked_by: UUID | None = Field(foreign_key="actor.id")
    submitted_at: datetime | None = Field(sa_type=_MOMENT)
    closed_at: datetime | None = Field(sa_type=_MOMENT)


class MatterDeltas(AppendOnlyRow):
    """One version of what is asked for: every later one keeps the older ones readable."""

    table: ClassVar[str] = "matter_deltas"
    key: ClassVar[tuple[str, ...]] = ("matter_id", "number")

    matter_id: UUID
    number: int
    origin: Origin
    deltas: Any
    kept_at: datetime
    kept_by_name: str


class MatterDeltasTable(MatterDeltas, table=True):
    __tablename__ = "matter_deltas"
    __table_args__ = (one_of("origin", Origin),)

    matter_id: UUID = Field(primary_key=True, foreign_key="matter.id")
    number: int = Field(primary_key=True)
    origin: Origin = code_column()
    deltas: Any = Field(sa_column=Column(JSONB, nullable=False))
    kept_at: datetime = Field(sa_type=_MOMENT)


class MatterOverride(AppendOnlyRow):
    """The chair let a matter pass a HOLD of the gate."""

    table: ClassVar[str] = "matter_override"

    id: UUID
    matter_id: UUID
    hits: Any
    reason: str
    overridden_by: UUID
    #: By which the next meeting of the commission hears of it.
    reported_item_id: UUID
    overridden_at: datetime


class MatterOverrideTable(MatterOverride, table=True):
    __tablename__ = "matter_override"

    id: UUID = Field(primary_key=True)
    matter_id: UUID = reference("matter.id")
    hits: Any = Field(sa_column=Column(JSONB, nullable=False))
    overridden_by: UUID = Field(foreign_key="actor.id")
    reported_item_id: UUID = Field(foreign_key="agenda_item.id")
    overridden_at: datetime = Field(sa_type=_MOMENT)
