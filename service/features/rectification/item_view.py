"""Items as the API shows them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.features.rectification.codes import (
    AcceptanceResult,
    ActKind,
    Area,
    Cause,
    ExtensionState,
    ItemState,
    Severity,
    SourceType,
)
from service.features.rectification.lights import Light
from service.features.rectification.tables import RectificationItem
from service.features.tasks.course import LastStep, OpenStep, StoppedClock


class ItemSummary(BaseModel):
    """An item as lists show it."""

    id: UUID
    number: str | None
    body_id: UUID
    body_name: str
    state: ItemState
    state_name: str
    problem: str
    category: int | None
    category_name: str | None
    area: Area | None
    severity: Severity | None
    source_type: SourceType
    found_on: date
    responsible_leader: str | None
    issued_on: date | None
    due: date | None
    percent: int
    is_overdue: bool
    is_long_term: bool
    is_referred: bool
    extensions: int
    closed_on: date | None
    #: Null for what is over, or has no due day yet.
    light: Light | None = None
    instance_id: UUID | None
    version: int


class MilestoneView(BaseModel):
    """A step of the backward schedule."""

    name: str
    on: date
    reached_on: date | None = None


class TargetView(BaseModel):
    """A yearly target of a long-term item."""

    name: str
    on: date
    reached_on: date | None = None
    findings: str | None = None
    judged_by: str | None = None


class ProgressView(BaseModel):
    """What a unit reported."""

    id: UUID
    text: str
    percent: int
    evidence: list[UUID]
    added_at: datetime
    added_by_name: str


class ExtensionView(BaseModel):
    """More time that was asked for, and the answer."""

    id: UUID
    asked_due: date
    reason: str
    asked_on: date
    state: ExtensionState
    granted_due: date | None
    decided_on: date | None
    answer: str | None


class ActView(BaseModel):
    """An order, a talk, a circular or a referral."""

    id: UUID
    kind: ActKind
    text: str
    done_on: date


class AcceptanceView(BaseModel):
    """What an officer found."""

    id: UUID
    round: int
    officer_id: UUID
    officer_name: str
    method: str
    checked_on: date
    findings: str
    result: AcceptanceResult


class ItemView(ItemSummary):
    """An item with all that was done about it, who has it, and what may come next."""

    source_ref: str | None
    breach: str
    cause: Cause | None
    facts: str
    article: str | None
    is_repeat: bool
    registered_on: date | None
    original_due: date | None
    required_result: str | None
    measures: str | None
    responsible_person: UUID | None
    close_standard: str | None
    milestones: list[MilestoneView]
    targets: list[TargetView]
    is_on_target: bool
    long_term_reason: str | None
    reopenings: int
    acceptance_method: str | None
    officers: int
    accepted_on: date | None
    close_statement: str | None
    evidence: list[UUID]
    end_reason: str | None
    merged_into: str | None
    progress: list[ProgressView]
    extension_requests: list[ExtensionView]
    acts: list[ActView]
    acceptances: list[AcceptanceView]
    #: The tasks that it waits for: who has each by when, its light, and what may come next.
    tasks: list[OpenStep]
    #: What was done last, and so why it stands where it stands.
    last_step: LastStep | None
    stopped_clocks: list[StoppedClock]
    next_states: list[ItemState]


def summary_of(item: RectificationItem, body_name: str, light: Light | None = None) -> ItemSummary:
    """An item as a list shows it."""
    return ItemSummary.model_validate(shown(item, body_name, light))


def shown(item: RectificationItem, body_name: str, light: Light | None) -> dict[str, Any]:
    """The item's own fields, with its body's name and its light."""
    return {
        **item.model_dump(),
        "body_name": body_name,
        "state_name": item.state.zh,
        "light": light,
    }
