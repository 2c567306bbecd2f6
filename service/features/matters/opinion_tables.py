"""What other bodies were asked about a matter, and what they said."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from service.core.codes import NamedCode
from service.core.store.rows import VersionedRow, code_column, one_of, reference

_MOMENT: Any = DateTime(timezone=True)


class Opinion(NamedCode):
    """What a body said to a matter. Silence is not consent: it stands as no opinion."""

    AGREE = "AGREE", "同意"
    AGREE_WITH_CHANGES = "AGREE_WITH_CHANGES", "修改后同意"
    OBJECT = "OBJECT", "不同意"
    NO_OPINION = "NO_OPINION", "未提意见"


class OpinionRequest(VersionedRow):
    """One body asked for its opinion on one version of a matter's changes."""

    table: ClassVar[str] = "opinion_request"

    id: UUID
    matter_id: UUID
    body_id: UUID
    #: The version of the changes that it is asked about.
    deltas_number: int
    questions: str
    asked_at: datetime
    due: date
    #: When its leader was asked, since its officer had not answered.
    escalated_at: datetime | None = None
    opinion: Opinion | None = None
    text: str = ""
    #: The body's letter, where it sent one.
    document_id: UUID | None = None
    given_by: UUID | None = None
    given_by_name: str | None = None
    given_at: datetime | None = None
    #: When it was no longer asked, since the round had ended before it answered.
    closed_at: datetime | None = None


class OpinionRequestTable(OpinionRequest, table=True):
    __tablename__ = "opinion_request"
    __table_args__ = (
        one_of("opinion", Opinion),
        Index("ix_opinion_request_matter", "matter_id", "asked_at", "id"),
    )

    id: UUID = Field(primary_key=True)
    matter_id: UUID = Field(foreign_key="matter.id")
    body_id: UUID = reference("body.id")
    asked_at: datetime = Field(sa_type=_MOMENT)
    escalated_at: datetime | None = Field(sa_type=_MOMENT)
    opinion: Opinion | None = code_column()
    document_id: UUID | None = Field(foreign_key="document.id")
    given_by: UUID | None = Field(foreign_key="actor.id")
    given_at: datetime | None = Field(sa_type=_MOMENT)
    closed_at: datetime | None = Field(sa_type=_MOMENT)


class AskedRole(NamedCode):
    """For what a body is asked whichever matter it is; who asks itself is left out."""

    FINANCE = "FINANCE", "财政部门"
    ORGANISATION = "ORGANISATION", "组织部门"
    HR = "HR", "人社部门"
    JUSTICE = "JUSTICE", "司法行政部门"
    SECRECY = "SECRECY", "保密管理部门"


class RoleHolder(VersionedRow):
    """The bodies that are asked in one role."""

    table: ClassVar[str] = "opinion_role"
    key: ClassVar[tuple[str, ...]] = ("role",)

    role: AskedRole
    body_ids: Any


class RoleHolderTable(RoleHolder, table=True):
    __tablename__ = "opinion_role"
    __table_args__ = (one_of("role", AskedRole),)

    role: AskedRole = code_column(primary_key=True)
    body_ids: Any = Field(sa_column=Column(JSONB, nullable=False))
