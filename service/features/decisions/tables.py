"""Every decision that was made by a table: by whom, on what, by which rules, with which result."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, reference


class DecisionEvaluation(AppendOnlyRow):
    """One evaluation. Values are as JSON has them: dates and durations as texts."""

    table: ClassVar[str] = "decision_evaluation"
    #: The audit points here by the command's id and need not repeat it.
    unaudited: ClassVar[frozenset[str]] = frozenset({"inputs", "output", "explanation"})

    id: UUID
    #: The instant as rules saw it.
    decided_at: datetime
    decision_key: str
    release_id: UUID
    version_id: UUID
    actor_id: UUID | None
    actor_name: str
    inputs: Any
    output: Any
    #: Per decision what it saw and which rules fired, with their annotations.
    explanation: Any
    #: Ids of the rules that fired, to search by.
    rules: list[str]
    command_id: UUID
    #: The command that ordered it; None for a request.
    cause: UUID | None
    #: The case whose diagram asked; None where nobody's did.
    instance_id: UUID | None = None


class DecisionEvaluationTable(DecisionEvaluation, table=True):
    __tablename__ = "decision_evaluation"
    __table_args__ = (
        Index(None, "decision_key", "id"),
        Index(None, "rules", postgresql_using="gin"),
        Index("ix_decision_evaluation_case", "instance_id", "decision_key", "id"),
    )

    id: UUID = Field(primary_key=True)
    decided_at: datetime = Field(sa_type=DateTime(timezone=True))
    release_id: UUID = Field(foreign_key="release.id")
    version_id: UUID = Field(foreign_key="file_version.id")
    actor_id: UUID | None = reference("actor.id")
    instance_id: UUID | None = Field(foreign_key="instance.id")
    inputs: Any = Field(sa_column=Column(JSONB, nullable=False))
    output: Any = Field(sa_column=Column(JSONB, nullable=True))
    explanation: Any = Field(sa_column=Column(JSONB, nullable=False))
    rules: list[str] = Field(sa_type=ARRAY(Text))
