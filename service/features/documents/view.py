"""A document as the API shows it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.core.secrecy import Secrecy
from service.features.documents.tables import Document


class DocumentView(BaseModel):
    """A numbered paper. `code` is its number as it is printed: 青编〔2025〕12号."""

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


def view_of(document: Document, superseded_by_id: UUID | None = None) -> DocumentView:
    return DocumentView(
        **document.model_dump(),
        code=f"{document.series}〔{document.year}〕{document.number}号",
        superseded_by_id=superseded_by_id,
    )
