"""Evaluations as the API shows them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.pre_evaluation.asking import EvaluatedDelta
from service.features.pre_evaluation.codes import EndReason, EvaluationState, MemberRole
from service.features.pre_evaluation.tables import Evaluation
from service.features.tasks.course import LastStep, OpenStep, StoppedClock


class EvaluationSummary(BaseModel):
    """An evaluation as a list shows it."""

    id: UUID
    matter_id: UUID | None
    body_id: UUID
    body_name: str
    title: str
    state: EvaluationState
    state_name: str
    end_reason: EndReason | None
    total: float | None
    grade: str | None
    result: EvaluationResult | None
    requested_at: datetime
    completed_on: date | None
    valid_until: date | None
    report_document_id: UUID | None
    instance_id: UUID | None
    version: int


class EvaluationView(EvaluationSummary):
    """An evaluation with what it is about and what came of it.

    Until it is completed its total, grade and result are the team's alone, and null here.
    """

    deltas: list[EvaluatedDelta]
    statement: str
    end_text: str
    #: Posts more, and whether bodies merge.
    request: dict[str, Any] | None
    #: What can be computed from the ledger and what the unit gave; null where it cannot be.
    measures: dict[str, Any] | None
    needs_experts: bool
    third_party: str | None
    is_short: bool
    comments: str | None
    answer: str | None
    opened_on: date | None
    ended_at: datetime | None


class SelfAnswerView(BaseModel):
    """What the applicant says of itself about one indicator."""

    indicator: str
    text: str
    evidence: list[UUID]
    answered_at: datetime


class EvaluationWhole(EvaluationView):
    """An evaluation with the self-evaluation and what it waits for."""

    answers: list[SelfAnswerView]
    #: The tasks that it waits for: who has each by when, its light, and what may come next.
    tasks: list[OpenStep]
    #: What was done last, and so why it stands where it stands.
    last_step: LastStep | None
    stopped_clocks: list[StoppedClock]


class EvaluationMemberView(BaseModel):
    """Somebody of the team, and what was declared about interests."""

    person_id: UUID
    person_name: str
    role: MemberRole
    has_conflict: bool | None
    declaration: str
    declared_at: datetime | None
    is_out: bool
    replaced_by: UUID | None
    replaced_reason: str


class EvaluationScoreView(BaseModel):
    """One judgement: words first, then the points of at most `points`."""

    person_id: UUID
    person_name: str
    indicator: str
    text: str
    score: float
    points: float
    first_score: float | None
    change_reason: str
    is_void: bool
    scored_at: datetime


def _shown(evaluation: Evaluation, body_name: str) -> dict[str, Any]:
    shown = evaluation.model_dump()
    if evaluation.state is not EvaluationState.COMPLETED:
        shown |= {"total": None, "grade": None, "result": None}
    return {**shown, "body_name": body_name, "state_name": evaluation.state.zh}


def summary_of(evaluation: Evaluation, body_name: str) -> EvaluationSummary:
    return EvaluationSummary.model_validate(_shown(evaluation, body_name))


def view_of(evaluation: Evaluation, body_name: str) -> EvaluationView:
    return EvaluationView.model_validate(_shown(evaluation, body_name))
