"""The people on the establishment (实名制) as stored: what is so now, and every version of it.

Two times as for bodies: a version is true from `true_from` until the person's next one, and known
from `known_from`. Identity numbers are sealed; a blind index finds one, a mask shows it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index, text
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.store.rows import AppendOnlyRow, Row, VersionedRow, code_column, one_of, reference
from service.features.quota import rules
from service.features.quota.codes import (
    AtPost,
    Degree,
    Education,
    EntryType,
    ExitType,
    Funding,
    Level,
    PersonStatus,
    PoliticalStatus,
    PositionCategory,
    QuotaKind,
    Sex,
    Slot,
    Tier,
)
from service.features.quota.tables import DOCUMENT_MISSING


class PersonAction(StrEnum):
    """The verb behind a version of a person."""

    OPEN = "OPEN"
    ENTER = "ENTER"
    MOVE = "MOVE"
    EXIT = "EXIT"


class PersonFacts(Row):
    """What is so about a person at one time, declared once for both tables."""

    name: str
    sex: Sex = code_column()
    birth: date
    ethnicity: str
    political_status: PoliticalStatus = code_column()
    work_start: date | None
    #: On whose quota the person is, and where the person works.
    body_id: UUID = reference("body.id")
    work_body_id: UUID = Field(foreign_key="body.id")
    internal_body_id: UUID | None = Field(foreign_key="internal_body.id")
    kind: QuotaKind = code_column()
    funding: Funding = code_column()
    entry_type: EntryType = code_column()
    entry_on: date
    entry_document_id: UUID | None = Field(foreign_key="document.id")
    #: The reservation (用编通知单) that the entry used; None where it needed none or had none.
    reservation_id: UUID | None = Field(foreign_key="reservation.id")
    #: Entered before the ledger was opened: recorded state.
    is_opening: bool
    post_title: str | None
    tier: Tier | None = code_column()
    level: Level | None = code_column()
    slot: Slot | None = code_column()
    position_category: PositionCategory | None = code_column()
    education: Education | None = code_column()
    degree: Degree | None = code_column()
    at_post: AtPost = code_column()
    status: PersonStatus = code_column()
    exit_type: ExitType | None = code_column()
    exit_on: date | None
    exit_document_id: UUID | None = Field(foreign_key="document.id")
    true_from: date
    known_from: datetime = Field(sa_type=DateTime(timezone=True))


_REFUSALS: Mapping[str, tuple[type[Refusal], str, str]] = {
    **{
        f"fk_{table}_{column}": DOCUMENT_MISSING
        for table in ("person", "person_version")
        for column in ("entry_document_id", "exit_document_id")
    },
    **{
        f"fk_{table}_{column}": (
            rules.BodyUnknown,
            "Expected bodies on record, but one of them is not.",
            "所涉机构应当已登记，但其中有未登记的机构。",
        )
        for table in ("person", "person_version")
        for column in ("body_id", "work_body_id", "internal_body_id")
    },
    "uq_person_active": (
        rules.AlreadyOnEstablishment,
        "Expected one active person per identity number, but one is on the establishment already.",
        "同一身份证号应当只有一名在编人员，但该人员已在编。",
    ),
}


class Person(PersonFacts, VersionedRow):
    """A person as known now. `id_no` is sealed; `version` is the ETag."""

    table: ClassVar[str] = "person"
    sealed: ClassVar[frozenset[str]] = frozenset({"id_no"})
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = _REFUSALS

    id: UUID
    id_no: str
    id_no_index: str
    id_no_mask: str


#: Pairs of characters, and single ones for a search by one, of a name: the search index.
SEARCHED = "(bigrams(name) || string_to_array(lower(name), NULL))"


class PersonTable(Person, table=True):
    __tablename__ = "person"
    __table_args__ = (
        one_of("kind", QuotaKind),
        one_of("funding", Funding),
        one_of("status", PersonStatus),
        Index(
            "uq_person_active",
            "id_no_index",
            unique=True,
            postgresql_where=text("status = 'ACTIVE'"),
        ),
        Index(None, "id_no_index"),
        Index(None, "name", "id"),
        Index("ix_person_searched", text(SEARCHED), postgresql_using="gin"),
    )

    id: UUID = Field(primary_key=True)


class PersonVersion(PersonFacts, AppendOnlyRow):
    """One state of a person, and the command that made it."""

    table: ClassVar[str] = "person_version"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = _REFUSALS

    id: UUID
    person_id: UUID
    action: PersonAction
    command_id: UUID


class PersonVersionTable(PersonVersion, table=True):
    __tablename__ = "person_version"
    __table_args__ = (one_of("action", PersonAction), Index(None, "person_id", "true_from"))

    id: UUID = Field(primary_key=True)
    person_id: UUID = Field(foreign_key="person.id")
    action: PersonAction = code_column()
