"""Objections to the end of a matter: what the unit says against it, and what it was answered."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.store.rows import VersionedRow, code_column, one_of, reference
from service.features.matters.codes import Outcome


class ObjectionResult(StrEnum):
    """How an objection was answered."""

    UPHELD = "UPHELD"
    """It is right: the matter is worked on anew."""
    DISMISSED = "DISMISSED"
    """The end stays as it is."""


class MatterObjection(VersionedRow):
    """One objection of a unit to one end of its matter."""

    table: ClassVar[str] = "matter_objection"

    id: UUID
    matter_id: UUID
    #: In which run of the case the end came.
    round: int
    outcome: Outcome
    grounds: str
    filed_on: date
    filed_by: UUID | None
    filed_by_name: str
    #: Who signed the end: somebody else answers the objection.
    end_signed_by: UUID | None
    instance_id: UUID | None = None
    result: ObjectionResult | None = None
    reason: str | None = None
    #: Numbers of the prohibitions that were found wrong.
    struck_hits: Any = None
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_at: datetime | None = None
    answer_document_id: UUID | None = None


class MatterObjectionTable(MatterObjection, table=True):
    __tablename__ = "matter_objection"
    __table_args__ = (
        one_of("outcome", Outcome),
        one_of("result", ObjectionResult),
        Index(None, "matter_id"),
    )

    id: UUID = Field(primary_key=True)
    matter_id: UUID = Field(foreign_key="matter.id")
    outcome: Outcome = code_column()
    result: ObjectionResult | None = code_column()
    struck_hits: Any = Field(sa_column=Column(JSONB(none_as_null=True), nullable=True))
    filed_by: UUID | None = Field(foreign_key="actor.id")
    end_signed_by: UUID | None = Field(foreign_key="actor.id")
    instance_id: UUID | None = reference("instance.id")
    decided_by: UUID | None = Field(foreign_key="actor.id")
    decided_at: datetime | None = Field(sa_type=DateTime(timezone=True))
    answer_document_id: UUID | None = Field(foreign_key="document.id")
