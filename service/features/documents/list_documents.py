"""List documents, newest first."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.values import Line
from service.features.documents.drafting import READERS
from service.features.documents.kinds.registry import OPEN_KINDS, PaperKind
from service.features.documents.list_drafts import SubjectType
from service.features.documents.record_document import Year
from service.features.documents.tables import Document
from service.features.documents.view import VISIBLE, WRITTEN_COLUMNS, DocumentView, view_of

_MATCHING = f"""
FROM document d LEFT JOIN document s ON s.supersedes_id = d.id
LEFT JOIN issued_paper p ON p.document_id = d.id LEFT JOIN body b ON b.id = p.body_id
WHERE {VISIBLE} AND ($5::text IS NULL OR d.series = $5) AND ($6::int IS NULL OR d.year = $6)
  AND (NOT $7 OR s.id IS NULL) AND ($8::text IS NULL OR p.kind = $8)
  AND ($9::text IS NULL OR p.subject_type = $9) AND ($10::uuid IS NULL OR p.subject_id = $10)
"""

IsCurrent = Annotated[bool, Field(description="Only documents that nothing supersedes.")]


class DocumentFilter(BaseModel):
    """Which documents: of one series, year or kind, about one thing."""

    series: Line | None = None
    year: Year | None = None
    is_current: IsCurrent = False
    kind: PaperKind | None = None
    subject_type: SubjectType | None = None
    subject_id: UUID | None = None

    def parameters(self, reading: Reading) -> list[object]:
        """The values of `_MATCHING`."""
        return [
            *reading.reach,
            list(OPEN_KINDS),
            self.series,
            self.year,
            self.is_current,
            self.kind,
            self.subject_type,
            self.subject_id,
        ]


class CountDocuments(DocumentFilter, Query[Count]):
    """How many documents the same filters match."""

    name = "documents.count_documents"
    duties = READERS
    title_zh = "统计文件数"
    title_en = "Count documents"


class ListDocuments(DocumentFilter, Query[Page[DocumentView]]):
    """Documents by date of issue, newest first.

    A duty over single bodies sees what was only recorded, and what was sent to these bodies.
    """

    name = "documents.list_documents"
    duties = READERS
    title_zh = "文件列表"
    title_en = "List documents"

    limit: Limit = 50
    cursor: Cursor = None


@answers(CountDocuments)
async def count_documents(query: CountDocuments, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", *query.parameters(reading)
    )
    return Count(count=count)


@answers(ListDocuments)
async def list_documents(query: ListDocuments, reading: Reading) -> Page[DocumentView]:
    issued_on, document_id = position_of(query.cursor, date, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT d.*, s.id AS superseded_by_id, {WRITTEN_COLUMNS} {_MATCHING}
            AND ($11::date IS NULL OR (d.issued_on, d.id) < ($11, $12::uuid))
            ORDER BY d.issued_on DESC, d.id DESC LIMIT $13""",
        *query.parameters(reading),
        issued_on,
        document_id,
        query.limit + 1,
    )
    views = [view_of(Document.read(each), each["superseded_by_id"], each) for each in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.issued_on, view.id))
