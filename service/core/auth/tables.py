"""Who may act: people and programs, the duties they hold, the keys of programs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from service.core.auth.actor import Duty, Reach
from service.core.errors import Refusal, SubjectTaken
from service.core.store.rows import VersionedRow, code_column, one_of, reference


class ActorRow(VersionedRow):
    """Somebody or some program that the service knows by the `sub` of its tokens."""

    table: ClassVar[str] = "actor"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "uq_actor_subject": (
            SubjectTaken,
            "Expected a subject that nobody has, but somebody has it.",
            "身份标识应当未被使用，但已有用户使用。",
        )
    }

    id: UUID
    subject: str
    name: str
    is_program: bool = False
    is_active: bool = True


class ActorTable(ActorRow, table=True):
    __tablename__ = "actor"

    id: UUID = Field(primary_key=True)
    subject: str = Field(unique=True)


class Assignment(VersionedRow):
    """One duty held by one actor over some bodies, from a day until (not including) another.

    One that was taken back before a day of it had passed begins and ends on the same day.
    """

    table: ClassVar[str] = "assignment"

    id: UUID
    actor_id: UUID
    duty: Duty
    reach: Reach
    body_id: UUID | None
    true_from: date
    true_until: date | None = None
    #: The actor in whose place this one acts, named in writing.
    substitutes_id: UUID | None = None


class AssignmentTable(Assignment, table=True):
    __tablename__ = "assignment"
    __table_args__ = (
        one_of("duty", Duty),
        one_of("reach", Reach),
        CheckConstraint("(body_id IS NULL) = (reach = 'CITY')", name="body_where_not_city"),
        CheckConstraint("true_until >= true_from", name="true_until"),
    )

    id: UUID = Field(primary_key=True)
    actor_id: UUID = reference("actor.id")
    duty: Duty = code_column()
    reach: Reach = code_column()
    body_id: UUID | None = reference("body.id")
    substitutes_id: UUID | None = Field(foreign_key="actor.id")


class ApiKey(VersionedRow):
    """A key of a program. Only its SHA-256 is kept; the prefix lets people tell keys apart."""

    table: ClassVar[str] = "api_key"
    sealed: ClassVar[frozenset[str]] = frozenset({"hash"})

    id: UUID
    actor_id: UUID
    prefix: str
    hash: str
    #: Operations (`quota.reserve_posts`) or nouns (`quota.*`) the key may be used for.
    scopes: list[str]
    expires_at: datetime
    revoked_at: datetime | None = None


class ApiKeyTable(ApiKey, table=True):
    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("hash"),)

    id: UUID = Field(primary_key=True)
    actor_id: UUID = reference("actor.id")
    scopes: list[str] = Field(sa_type=ARRAY(Text))
    expires_at: datetime = Field(sa_type=DateTime(timezone=True))
    revoked_at: datetime | None = Field(sa_type=DateTime(timezone=True))
