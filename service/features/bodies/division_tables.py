"""How a body is divided, and what it does: its sections and its functions, as stored.

Two times as for the body itself: true from a day, known from an instant, nothing edited.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, text
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, Row, VersionedRow, code_column, one_of, reference
from service.features.bodies import rules
from service.features.bodies.codes import FunctionAction, InternalBodyAction, Rank
from service.features.bodies.tables import Refusals, missing_references


class InternalBodyFacts(Row):
    """What is so about an internal body (内设机构) at one time; numbers in whole posts."""

    name: str
    rank: Rank = code_column()
    functions: str
    #: Posts planned for it out of the body's quota.
    quota_planned: int
    #: Mid-level posts planned for it.
    midlevel_chief: int
    midlevel_deputy: int
    is_abolished: bool = False
    document_id: UUID = Field(foreign_key="document.id")
    true_from: date
    known_from: datetime = Field(sa_type=DateTime(timezone=True))


class InternalBody(InternalBodyFacts, VersionedRow):
    """An internal body as it is known now."""

    table: ClassVar[str] = "internal_body"
    refusals: ClassVar[Refusals] = {
        "uq_internal_body_living_name": (
            rules.NameTaken,
            "Expected a name that no section of this body bears, but one bears it.",
            "内设机构名称应当在本机构内未被使用，但已被使用。",
        ),
        **missing_references("internal_body", "document_id"),
    }

    id: UUID
    body_id: UUID


class InternalBodyTable(InternalBody, table=True):
    __tablename__ = "internal_body"
    __table_args__ = (
        one_of("rank", Rank),
        Index(
            "uq_internal_body_living_name",
            "body_id",
            "name",
            unique=True,
            postgresql_where=text("NOT is_abolished"),
        ),
    )

    id: UUID = Field(primary_key=True)
    body_id: UUID = reference("body.id")


class InternalBodyVersion(InternalBodyFacts, AppendOnlyRow):
    """One state of an internal body."""

    table: ClassVar[str] = "internal_body_version"
    refusals: ClassVar[Refusals] = missing_references("internal_body_version", "document_id")

    id: UUID
    internal_body_id: UUID
    body_id: UUID
    action: InternalBodyAction
    command_id: UUID


class InternalBodyVersionTable(InternalBodyVersion, table=True):
    __tablename__ = "internal_body_version"
    __table_args__ = (
        one_of("rank", Rank),
        one_of("action", InternalBodyAction),
        Index(None, "body_id", "internal_body_id", "true_from", "known_from"),
    )

    id: UUID = Field(primary_key=True)
    internal_body_id: UUID = Field(foreign_key="internal_body.id")
    body_id: UUID = Field(foreign_key="body.id")
    action: InternalBodyAction = code_column()


class BodyFunction(AppendOnlyRow):
    """A function (职责) given to a body, or the end of one.

    An END names the ADD that it ends; `true_from` is then the first day on which the body has
    the function no longer. One that ends on its own first day never was: so a function entered
    in error is taken back.
    """

    table: ClassVar[str] = "body_function"
    refusals: ClassVar[Refusals] = {
        "uq_body_function_ends_id": (
            rules.FunctionEnded,
            "Expected a function without an end, but it has one already.",
            "职责应当尚未终止，但已终止。",
        ),
        **missing_references("body_function", "document_id", "internal_body_id"),
    }

    id: UUID
    body_id: UUID
    action: FunctionAction
    content: str
    #: The law, rule or document that gives the function.
    basis: str
    internal_body_id: UUID | None
    document_id: UUID
    true_from: date
    known_from: datetime
    command_id: UUID
    ends_id: UUID | None = None


class BodyFunctionTable(BodyFunction, table=True):
    __tablename__ = "body_function"
    __table_args__ = (
        one_of("action", FunctionAction),
        CheckConstraint("(action = 'END') = (ends_id IS NOT NULL)", name="ends_id"),
        Index(None, "body_id", "true_from"),
    )

    id: UUID = Field(primary_key=True)
    body_id: UUID = Field(foreign_key="body.id")
    action: FunctionAction = code_column()
    internal_body_id: UUID | None = reference("internal_body.id")
    document_id: UUID = Field(foreign_key="document.id")
    known_from: datetime = Field(sa_type=DateTime(timezone=True))
    ends_id: UUID | None = Field(foreign_key="body_function.id", unique=True)
