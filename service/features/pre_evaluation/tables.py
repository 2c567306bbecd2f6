"""Evaluations as stored: the row that changes, its team, and what each of them said."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.documents.kinds.evaluation import EvaluationResult
from service.features.pre_evaluation.codes import EndReason, EvaluationState, MemberRole
from service.features.pre_evaluation.rules import ScoreWithoutText, SignedPaperMissing

_MOMENT: Any = DateTime(timezone=True)
#: Characters of judgement before there is a number (I19).
TEXT_MIN = 50


def _json() -> Any:
    return Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))


class Evaluation(VersionedRow):
    """One evaluation of what a body asks for, before the office decides on it.

    `hits`, `total`, `grade` and `result` are what the tables say of it; its report is a paper.
    """

    table: ClassVar[str] = "evaluation"

    id: UUID
    #: The matter that needs it; None where the body asked for it by itself. No reference: the
    #: two flows know each other by id.
    matter_id: UUID | None = None
    body_id: UUID
    title: str
    deltas: Any
    statement: str = ""
    state: EvaluationState = EvaluationState.REQUESTED
    end_reason: EndReason | None = None
    end_text: str = ""
    #: What the tables read: of the request, of the ledger, of the team's own judgement.
    request: Any = None
    ledger: Any = None
    measures: Any = None
    judged: Any = None
    #: Scope, methods and whether it is secret.
    plan: Any = None
    planned_by: UUID | None = None
    needs_experts: bool = False
    third_party: str | None = None
    #: The applicant's figures of three years, as they were given.
    workload: Any = None
    #: What desk and field review found.
    review: Any = None
    reviewed_by: UUID | None = None
    #: Who called materials false, where, and what came of it; the newest call last.
    false_calls: Any = None
    discussion: str = ""
    hits: Any = None
    is_short: bool = False
    total: float | None = None
    grade: str | None = None
    result: EvaluationResult | None = None
    #: Summary, alternatives and conclusion of the report.
    report: Any = None
    drafted_by: UUID | None = None
    comments: str | None = None
    answer: str | None = None
    #: How often the office's leader sent it back: once at most.
    returns: int = 0
    confirmed_by: UUID | None = None
    report_document_id: UUID | None = None
    requested_at: datetime
    requested_by: UUID | None = None
    opened_on: date | None = None
    completed_on: date | None = None
    #: The last day on which a matter with the same changes may rest on it.
    valid_until: date | None = None
    ended_at: datetime | None = None
    instance_id: UUID | None = None


class EvaluationTable(Evaluation, table=True):
    __tablename__ = "evaluation"
    __table_args__ = (
        one_of("state", EvaluationState),
        one_of("end_reason", EndReason),
        one_of("result", EvaluationResult),
        Index("ix_evaluation_list", "requested_at", "id"),
        Index("ix_evaluation_body", "body_id", "state"),
        Index("ix_evaluation_matter", "matter_id"),
    )

    id: UUID = Field(primary_key=True)
    body_id: UUID = Field(foreign_key="body.id")
    state: EvaluationState = code_column()
    end_reason: EndReason | None = code_column()
    result: EvaluationResult | None = code_column()
    deltas: Any = Field(sa_column=Column(JSONB, nullable=False))
    request: Any = _json()
    ledger: Any = _json()
    measures: Any = _json()
    judged: Any = _json()
    plan: Any = _json()
    workload: Any = _json()
    review: Any = _json()
    false_calls: Any = _json()
    hits: Any = _json()
    report: Any = _json()
    planned_by: UUID | None = Field(foreign_key="actor.id")
    reviewed_by: UUID | None = Field(foreign_key="actor.id")
    drafted_by: UUID | None = Field(foreign_key="actor.id")
    confirmed_by: UUID | None = Field(foreign_key="actor.id")
    requested_by: UUID | None = Field(foreign_key="actor.id")
    report_document_id: UUID | None = Field(foreign_key="document.id")
    instance_id: UUID | None = reference("instance.id")
    requested_at: datetime = Field(sa_type=_MOMENT)
    ended_at: datetime | None = Field(sa_type=_MOMENT)


class EvaluationMember(VersionedRow):
    """Somebody of the team, and what was declared about interests."""

    table: ClassVar[str] = "evaluation_member"

    id: UUID
    evaluation_id: UUID
    person_id: UUID
    person_name: str
    role: MemberRole
    has_conflict: bool | None = None
    declaration: str = ""
    declared_at: datetime | None = None
    #: Out of the team: replaced, or left out of a later plan.
    is_out: bool = False
    replaced_by: UUID | None = None
    replaced_reason: str = ""


class EvaluationMemberTable(EvaluationMember, table=True):
    __tablename__ = "evaluation_member"
    __table_args__ = (
        one_of("role", MemberRole),
        UniqueConstraint("evaluation_id", "person_id"),
    )

    id: UUID = Field(primary_key=True)
    evaluation_id: UUID = reference("evaluation.id")
    person_id: UUID = Field(foreign_key="actor.id")
    role: MemberRole = code_column()
    replaced_by: UUID | None = Field(foreign_key="actor.id")
    declared_at: datetime | None = Field(sa_type=_MOMENT)


class EvaluationAnswer(AppendOnlyRow):
    """What the applicant says of itself about one indicator."""

    table: ClassVar[str] = "evaluation_self_answer"

    id: UUID
    evaluation_id: UUID
    indicator: str
    text: str
    evidence: list[UUID]
    answered_at: datetime
    answered_by: UUID | None


class EvaluationAnswerTable(EvaluationAnswer, table=True):
    __tablename__ = "evaluation_self_answer"

    id: UUID = Field(primary_key=True)
    evaluation_id: UUID = reference("evaluation.id")
    evidence: list[UUID] = Field(sa_type=ARRAY(Uuid))
    answered_at: datetime = Field(sa_type=_MOMENT)
    answered_by: UUID | None = Field(foreign_key="actor.id")


class EvaluationScore(VersionedRow):
    """What one evaluator says about one indicator: words first, then a number (I19)."""

    table: ClassVar[str] = "evaluation_score"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "ck_evaluation_score_text": (
            ScoreWithoutText,
            f"Expected at least {TEXT_MIN} characters of judgement before a score, "
            "but there are fewer.",
            f"应当先写不少于{TEXT_MIN}字的定性意见再打分，但不足。",
        )
    }

    id: UUID
    evaluation_id: UUID
    person_id: UUID
    indicator: str
    text: str
    score: float
    #: What the indicator is worth at most.
    points: float
    #: Before the discussion of the team, where that changed it, and why.
    first_score: float | None = None
    change_reason: str = ""
    #: Its evaluator was replaced, or the scoring was sent back.
    is_void: bool = False
    scored_at: datetime


class EvaluationScoreTable(EvaluationScore, table=True):
    __tablename__ = "evaluation_score"
    __table_args__ = (
        CheckConstraint(f"char_length(btrim(text)) >= {TEXT_MIN}", name="text"),
        CheckConstraint("score >= 0 AND score <= points", name="score"),
        Index(
            "uq_evaluation_score_valid",
            "evaluation_id",
            "person_id",
            "indicator",
            unique=True,
            postgresql_where=text("NOT is_void"),
        ),
    )

    id: UUID = Field(primary_key=True)
    evaluation_id: UUID = reference("evaluation.id")
    person_id: UUID = Field(foreign_key="actor.id")
    text: str = Field(sa_type=Text)
    scored_at: datetime = Field(sa_type=_MOMENT)


class EvaluationExpertOpinion(AppendOnlyRow):
    """The signed opinion of an expert."""

    table: ClassVar[str] = "evaluation_expert_opinion"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "fk_evaluation_expert_opinion_signed_document_id": (
            SignedPaperMissing,
            "Expected the signed paper on record, but there is none with this id.",
            "签名件应当已登记，但未找到。",
        )
    }

    id: UUID
    evaluation_id: UUID
    expert_id: UUID
    expert_name: str
    text: str
    signed_document_id: UUID
    given_at: datetime


class EvaluationExpertOpinionTable(EvaluationExpertOpinion, table=True):
    __tablename__ = "evaluation_expert_opinion"

    id: UUID = Field(primary_key=True)
    evaluation_id: UUID = reference("evaluation.id")
    expert_id: UUID = Field(foreign_key="actor.id")
    text: str = Field(sa_type=Text)
    signed_document_id: UUID = Field(foreign_key="document.id")
    given_at: datetime = Field(sa_type=_MOMENT)
