"""A document as the API shows it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.secrecy import Secrecy
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.setting import code_of
from service.features.documents.tables import Document


class DocumentView(BaseModel):
    """A numbered paper. `code` is its number as it is printed: 青编〔2025〕12号.

    Where it was written here, `kind` says what it is, and `digest` is the SHA-256 over its words:
    it can be read in full and printed. Else it is on record by number and title only.
    """

    id: UUID
    code: str
    series: str
    year: int
    number: int
    title: str
    issued_on: date
    issuer: str
    secrecy: Secrecy
    is_own: bool
    supersedes_id: UUID | None
    superseded_by_id: UUID | None
    kind: PaperKind | None = None
    subject_type: str | None = None
    subject_id: UUID | None = None
    body_id: UUID | None = None
    digest: str | None = None


def view_of(
    document: Document,
    superseded_by_id: UUID | None = None,
    written: Mapping[str, Any] | Record | None = None,
) -> DocumentView:
    """A document as it is shown; `written` has the `WRITTEN_COLUMNS` of one written here."""
    names = ("kind", "subject_type", "subject_id", "body_id", "digest")
    return DocumentView(
        **document.model_dump(),
        code=code_of(document.series, document.year, document.number),
        superseded_by_id=superseded_by_id,
        **({} if written is None else {name: written[name] for name in names}),
    )


WRITTEN_COLUMNS = "p.kind, p.subject_type, p.subject_id, p.body_id, p.digest"
#: Who sees a document `d` with the paper `p` of the body `b`: whoever holds a duty over the whole
#: city; else all may see what was only recorded, and a body what was sent to it.
VISIBLE = (
    "($1 OR p.document_id IS NULL OR (p.kind = ANY ($4)"
    " AND (b.id = ANY ($2::uuid[]) OR b.lineage && $3::uuid[])))"
)
