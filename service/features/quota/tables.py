"""The ledger as stored: accounts, their entries, and reservations.

An account is one thing of one body that can be counted: the posts of one quota kind and funding
form, or the leadership posts of one level and slot. The city's own limits are accounts too: of
no body, `authorised` the limit and `actual` what has been allotted to bodies, so that the sum
over all bodies can never pass the limit (I3) by the same check that guards each of them (I1).

Entries are never changed. A balance on a day, as known at an instant, is a sum over entries;
the account row holds the sum over all of them, kept under the account's lock.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Index, UniqueConstraint
from sqlmodel import Field

from service.core.errors import Refusal
from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.quota.rules import DocumentMissing, EntryNotCorrectable

DOCUMENT_MISSING = (
    DocumentMissing,
    "Expected a document on record, but there is none with this id.",
    "依据文件应当已登记，但未找到。",
)


class Ledger(StrEnum):
    """What an account counts."""

    QUOTA = "QUOTA"
    """Posts on the establishment: `kind` is a quota kind, `part` a funding form."""
    LEADERSHIP = "LEADERSHIP"
    """Leadership posts: `kind` is a level, `part` one of CHIEF, DEPUTY, EXTRA."""
    MIDLEVEL = "MIDLEVEL"
    """Mid-level posts: `kind` is a level, `part` CHIEF or DEPUTY."""


class Action(StrEnum):
    """Why an entry was made: the verb behind it."""

    OPEN = "OPEN"
    GRANT = "GRANT"
    CUT = "CUT"
    TRANSFER = "TRANSFER"
    CHANGE_KIND = "CHANGE_KIND"
    RESERVE = "RESERVE"
    USE = "USE"
    RELEASE = "RELEASE"
    EXPIRE = "EXPIRE"
    ENTER = "ENTER"
    MOVE = "MOVE"
    EXIT = "EXIT"
    FREEZE = "FREEZE"
    THAW = "THAW"
    CORRECT = "CORRECT"


class Account(VersionedRow):
    """One countable thing of one body, with its sums over all entries, in whole posts."""

    table: ClassVar[str] = "account"

    id: UUID
    body_id: UUID | None
    ledger: Ledger
    kind: str
    part: str
    authorised: int = 0
    actual: int = 0
    reserved: int = 0
    frozen: int = 0
    #: The latest day on which an entry takes effect: from it on the sums hold.
    latest_effective_on: date
    #: When the newest entry was recorded; the next one is recorded later.
    last_recorded_at: datetime


class AccountTable(Account, table=True):
    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint(
            "body_id",
            "ledger",
            "kind",
            "part",
            postgresql_nulls_not_distinct=True,
        ),
        one_of("ledger", Ledger),
    )

    id: UUID = Field(primary_key=True)
    body_id: UUID | None = Field(foreign_key="body.id")
    ledger: Ledger = code_column()
    last_recorded_at: datetime = Field(sa_type=DateTime(timezone=True))


class Entry(AppendOnlyRow):
    """One change of one account: how many posts more or fewer, from which day, known when."""

    table: ClassVar[str] = "entry"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "fk_entry_document_id": DOCUMENT_MISSING,
        "uq_entry_corrects_id": (
            EntryNotCorrectable,
            "Expected an uncorrected entry, but another correction came first.",
            "应当为尚未更正的分录，但另一更正已先完成。",
        ),
    }

    id: UUID
    account_id: UUID
    action: Action
    authorised: int = 0
    actual: int = 0
    reserved: int = 0
    frozen: int = 0
    effective_on: date
    recorded_at: datetime
    command_id: UUID
    document_id: UUID | None = None
    reservation_id: UUID | None = None
    person_id: UUID | None = None
    #: The entry that this one takes back.
    corrects_id: UUID | None = None
    #: Whether it made a past day exceed its quota.
    is_breach: bool = False
    #: 行政管理, 专业技术 or 工勤, and a special purpose, where the document names one.
    structure: str | None = None
    special_purpose: str | None = None
    reason: str = ""


class EntryTable(Entry, table=True):
    __tablename__ = "entry"
    __table_args__ = (
        Index(None, "account_id", "effective_on"),
        Index(None, "account_id", "recorded_at"),
        Index(None, "command_id"),
        one_of("action", Action),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key="account.id")
    action: Action = code_column()
    recorded_at: datetime = Field(sa_type=DateTime(timezone=True))
    document_id: UUID | None = Field(foreign_key="document.id")
    reservation_id: UUID | None = reference("reservation.id")
    corrects_id: UUID | None = Field(foreign_key="entry.id", unique=True)


class ReservationState(StrEnum):
    HELD = "HELD"
    USED = "USED"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"


class Reservation(VersionedRow):
    """Vacant posts set aside for one purpose until used, released or expired."""

    table: ClassVar[str] = "reservation"
    refusals: ClassVar[Mapping[str, tuple[type[Refusal], str, str]]] = {
        "fk_reservation_document_id": DOCUMENT_MISSING
    }

    id: UUID
    account_id: UUID
    body_id: UUID
    posts: int
    used: int = 0
    purpose: str
    document_id: UUID | None
    effective_on: date
    #: The first day on which it holds no longer.
    expires_on: date
    state: ReservationState = ReservationState.HELD


class ReservationTable(Reservation, table=True):
    __tablename__ = "reservation"
    __table_args__ = (
        one_of("state", ReservationState),
        Index("ix_reservation_due", "expires_on", postgresql_where="state = 'HELD'"),
    )

    id: UUID = Field(primary_key=True)
    account_id: UUID = reference("account.id")
    body_id: UUID = reference("body.id")
    document_id: UUID | None = Field(foreign_key="document.id")
    state: ReservationState = code_column()
