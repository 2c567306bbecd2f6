"""Matters as the API shows them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.features.documents.kinds.approval import LegalityVerdict
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.matters.codes import (
    Authority,
    Gate,
    GatePoint,
    Level,
    Outcome,
    Reply,
    Result,
    Stage,
    Start,
    State,
)
from service.features.matters.deltas import Delta
from service.features.matters.tables import Matter


class MatterSummary(BaseModel):
    """A matter as a list shows it."""

    id: UUID
    number: str | None
    #: 1, and one more each time it is reopened.
    round: int
    start: Start
    type: str
    title: str
    body_id: UUID
    is_urgent: bool
    stage: Stage
    state: State
    gate: Gate | None
    final_authority: Authority | None
    outcome: Outcome | None
    instance_id: UUID | None
    asked_at: datetime
    submitted_at: datetime | None
    closed_at: datetime | None
    version: int


class MatterView(MatterSummary):
    """A matter with what it asks for and what was decided."""

    source_case: str | None
    stated: Any
    deltas: list[Delta]
    deltas_number: int
    basis: Any
    contents: list[str]
    materials: list[str]
    statements: list[str]
    open_problems: str
    minutes_document_id: UUID | None
    gate_hits: Any
    gate_point: GatePoint | None
    #: What the tables found; null until the matter lies with the office.
    facts: Any
    evaluation_needed: bool | None
    prohibitions: Any
    missing: Any
    via_party_committee: bool
    #: What the legal review came to last, what the office recommends, and in how many rounds.
    legality: LegalityVerdict | None
    recommendation: EvaluationResult | None
    appraisal_rounds: int
    superior_level: str
    result: Result | None
    decided_by: Level | None
    decided_on: date | None
    agenda_item_id: UUID | None
    decision_minutes_id: UUID | None
    reply: Reply | None
    reply_document_id: UUID | None
    upward_document_id: UUID | None
    superior_reminded_on: date | None
    #: The version of the changes that the superior has agreed to.
    replied_number: int | None
    approval_draft_id: UUID | None
    approval_document_id: UUID | None
    effective_on: date | None
    supplement_rounds: int
    admitted_at: datetime | None
    explained_on: date | None
    received_on: date | None
    #: Approved, and not in the ledger yet.
    pending_deltas: list[Delta] | None


def summary_of(matter: Matter) -> MatterSummary:
    shown = matter.model_dump(include=set(MatterSummary.model_fields))
    return MatterSummary.model_validate(shown)


def view_of(matter: Matter) -> MatterView:
    return MatterView.model_validate(matter.model_dump(include=set(MatterView.model_fields)))
