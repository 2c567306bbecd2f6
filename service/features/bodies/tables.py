"""Bodies as stored: what a body is now, and every version of it that ever was true or known.

Two times: a version is true from `true_from` until the next version of the body, and known
from `known_from`, an instant taken under the body's lock. Nothing is edited. On a day, the
version that holds is the one with the latest `true_from` up to it, of two with the same day the
one known later; one that a correction names in `corrects_id` counts no longer.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from service.core.errors import InvalidInput, Refusal
from service.core.secrecy import STORABLE, Secrecy
from service.core.store.rows import AppendOnlyRow, Row, VersionedRow, code_column, one_of, reference
from service.features.bodies import rules
from service.features.bodies.codes import (
    BodyAction,
    BodyClass,
    BodyStatus,
    BodyType,
    Funding,
    InstClass,
    Nature,
    Rank,
    SystemCategory,
)

Refusals = Mapping[str, tuple[type[Refusal], str, str]]


def missing_references(table: str, *columns: str) -> Refusals:
    """What a foreign key without its row means: the request names a thing that is not there."""
    return {
        f"fk_{table}_{column}": (
            InvalidInput,
            f"Expected {column} to name something on record, but there is nothing with this id.",
            f"{column} 应当指向已登记的对象，但未找到。",
        )
        for column in columns
    }


_REFERENCES = (
    "parent_id",
    "competent_body_id",
    "sponsor_body_id",
    "setup_document_id",
    "document_id",
)


class BodyFacts(Row):
    """What is so about a body at one time, declared once for both tables."""

    body_code: str
    full_name: str
    short_name: str | None
    #: Nameplates (牌子) and the other name of a joint office.
    other_names: list[str] = Field(sa_type=ARRAY(Text))
    #: All of its names, one a line: what a search looks at.
    names: str
    uscc: str | None
    body_type: BodyType = code_column()
    system_category: SystemCategory = code_column()
    nature: Nature | None = code_column()
    body_class: BodyClass | None = code_column()
    rank: Rank = code_column()
    inst_class: InstClass | None = code_column()
    funding: Funding | None = code_column()
    civil_servant_law_ref: bool
    parent_id: UUID | None = reference("body.id")
    competent_body_id: UUID | None = reference("body.id")
    sponsor_body_id: UUID | None = Field(foreign_key="body.id")
    #: The body that it was merged into.
    merged_into_id: UUID | None = Field(default=None, foreign_key="body.id")
    setup_document_id: UUID | None = Field(foreign_key="document.id")
    setup_date: date | None
    #: The document on which this state rests.
    document_id: UUID | None = Field(foreign_key="document.id")
    main_functions: str
    status: BodyStatus = code_column()
    domain_name: str | None
    address: str | None
    phone: str | None
    legal_rep: str | None
    secrecy: Secrecy = code_column()
    true_from: date
    known_from: datetime = Field(sa_type=DateTime(timezone=True))


def _checks() -> tuple[CheckConstraint, ...]:
    return (
        one_of("body_type", BodyType),
        one_of("system_category", SystemCategory),
        one_of("nature", Nature),
        one_of("body_class", BodyClass),
        one_of("rank", Rank),
        one_of("inst_class", InstClass),
        one_of("funding", Funding),
        one_of("status", BodyStatus),
        CheckConstraint(f"secrecy IN {tuple(map(str, STORABLE))}", name="secrecy"),
    )


class Body(BodyFacts, VersionedRow):
    """A body as it is known now. Locked by whatever changes it; `version` is its ETag."""

    table: ClassVar[str] = "body"
    refusals: ClassVar[Refusals] = {
        "uq_body_body_code": (
            rules.BodyCodeTaken,
            "Expected a body code that no body bears, but one bears it.",
            "机构编码应当未被使用，但已有机构使用。",
        ),
        "uq_body_uscc": (
            rules.UsccTaken,
            "Expected a credit code that no body bears, but one bears it.",
            "统一社会信用代码应当未被使用，但已有机构使用。",
        ),
        "uq_body_living_name": (
            rules.NameTaken,
            "Expected a name that no existing body bears, but one bears it.",
            "机构名称应当未被现有机构使用，但已有机构使用。",
        ),
        **missing_references("body", *_REFERENCES),
    }

    id: UUID
    #: The body itself, then those above it, nearest first: reach is one look at it.
    lineage: list[UUID] = Field(sa_type=ARRAY(Uuid))


#: Pairs of characters, and single ones for a search by one, of all names: the search index.
SEARCHED = "(bigrams(names) || string_to_array(lower(names), NULL))"


class BodyTable(Body, table=True):
    __tablename__ = "body"
    __table_args__ = (
        *_checks(),
        Index(None, "lineage", postgresql_using="gin"),
        Index("ix_body_searched", text(SEARCHED), postgresql_using="gin"),
        Index(None, "full_name", "id"),
        Index(
            "uq_body_living_name",
            "full_name",
            unique=True,
            postgresql_where=text("status IN ('ACTIVE', 'IN_REFORM')"),
        ),
    )

    id: UUID = Field(primary_key=True)
    body_code: str = Field(unique=True)
    uscc: str | None = Field(unique=True)


class BodyVersion(BodyFacts, AppendOnlyRow):
    """One state of a body: all of its facts, from when they are true, and when that was known."""

    table: ClassVar[str] = "body_version"
    refusals: ClassVar[Refusals] = {
        "uq_body_version_corrects_id": (
            rules.VersionNotInForce,
            "Expected a version that holds, but another correction came first.",
            "应当更正有效的版本，但该版本已被更正。",
        ),
        **missing_references("body_version", *_REFERENCES),
    }

    id: UUID
    body_id: UUID
    action: BodyAction
    command_id: UUID
    reason: str = ""
    #: The version that this one takes the place of.
    corrects_id: UUID | None = None


class BodyVersionTable(BodyVersion, table=True):
    __tablename__ = "body_version"
    __table_args__ = (
        *_checks(),
        one_of("action", BodyAction),
        Index(None, "body_id", "true_from", "known_from"),
    )

    id: UUID = Field(primary_key=True)
    body_id: UUID = Field(foreign_key="body.id")
    action: BodyAction = code_column()
    corrects_id: UUID | None = Field(foreign_key="body_version.id", unique=True)
