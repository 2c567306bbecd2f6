"""Papers that the office writes: whose letterhead, drafts, and what was issued, word by word."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field

from service.core.secrecy import Secrecy
from service.core.store.rows import AppendOnlyRow, VersionedRow, code_column, one_of, reference
from service.features.documents.kinds.registry import PaperKind


class Letterhead(VersionedRow):
    """A series of numbers of this office: whose papers it numbers, and who signs them."""

    table: ClassVar[str] = "letterhead"
    key: ClassVar[tuple[str, ...]] = ("series",)

    series: str
    issuer: str
    #: Duties one of which a person must hold to sign by himself; a diagram names its own signer.
    signers: list[str]


class LetterheadTable(Letterhead, table=True):
    __tablename__ = "letterhead"

    series: str = Field(primary_key=True)
    signers: list[str] = Field(sa_type=ARRAY(Text))


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFT = "DRAFT"
    ISSUED = "ISSUED"


class DocumentDraft(VersionedRow):
    """A paper that is being written: its data, what it rests on, and who wrote it."""

    table: ClassVar[str] = "document_draft"

    id: UUID
    kind: PaperKind
    state: DraftState
    #: Of which series its number is to be, where that is settled.
    series: str | None
    title: str
    recipient: str
    #: What it is about: `matter`, and its id.
    subject_type: str | None
    subject_id: UUID | None
    #: The body concerned; a unit's own paper is its.
    body_id: UUID | None
    data: Any
    basis: Any
    release_id: UUID | None
    attachments: Any
    copies_to: Any
    secrecy: Secrecy
    supersedes_id: UUID | None
    #: Why the older document is corrected.
    correction: str
    #: Everybody who wrote at it: none of them signs.
    written_by: list[UUID]
    #: Who wrote last.
    drafter_name: str
    drafted_at: datetime
    #: What it became.
    document_id: UUID | None = None


class DocumentDraftTable(DocumentDraft, table=True):
    __tablename__ = "document_draft"
    __table_args__ = (
        one_of("state", DraftState),
        one_of("kind", PaperKind),
        Index(None, "subject_id"),
    )

    id: UUID = Field(primary_key=True)
    kind: PaperKind = code_column()
    state: DraftState = code_column()
    secrecy: Secrecy = code_column()
    body_id: UUID | None = reference("body.id")
    data: Any = Field(sa_column=Column(JSONB, nullable=False))
    basis: Any = Field(sa_column=Column(JSONB, nullable=False))
    release_id: UUID | None = Field(foreign_key="release.id")
    attachments: Any = Field(sa_column=Column(JSONB, nullable=False))
    copies_to: Any = Field(sa_column=Column(JSONB, nullable=False))
    supersedes_id: UUID | None = Field(foreign_key="document.id")
    written_by: list[UUID] = Field(sa_type=ARRAY(Uuid))
    drafted_at: datetime = Field(sa_type=DateTime(timezone=True))
    document_id: UUID | None = Field(foreign_key="document.id", unique=True)


class IssuedPaper(AppendOnlyRow):
    """What stands on a document that was issued here. It is never changed."""

    table: ClassVar[str] = "issued_paper"
    key: ClassVar[tuple[str, ...]] = ("document_id",)
    #: Kept here for ever; the audit tells the digest.
    unaudited: ClassVar[frozenset[str]] = frozenset({"data", "paper"})

    document_id: UUID
    draft_id: UUID
    kind: PaperKind
    subject_type: str | None
    subject_id: UUID | None
    body_id: UUID | None
    data: Any
    basis: Any
    release_id: UUID
    #: Every word of it (`paper.Paper`), from which it is printed.
    paper: Any
    #: SHA-256 over those words, hexadecimal.
    digest: str
    signed_by: UUID
    signer_name: str


class IssuedPaperTable(IssuedPaper, table=True):
    __tablename__ = "issued_paper"
    __table_args__ = (Index(None, "subject_id"),)

    document_id: UUID = Field(primary_key=True, foreign_key="document.id")
    draft_id: UUID = Field(foreign_key="document_draft.id", unique=True)
    kind: PaperKind = code_column()
    body_id: UUID | None = reference("body.id")
    data: Any = Field(sa_column=Column(JSONB, nullable=False))
    basis: Any = Field(sa_column=Column(JSONB, nullable=False))
    release_id: UUID = Field(foreign_key="release.id")
    paper: Any = Field(sa_column=Column(JSONB, nullable=False))
    signed_by: UUID = Field(foreign_key="actor.id")
