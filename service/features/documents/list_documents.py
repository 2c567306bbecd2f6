"""List documents, newest first."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.policy import LEDGER_READERS
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.core.values import Line
from service.features.documents.record_document import Year
from service.features.documents.tables import Document
from service.features.documents.view import DocumentView, view_of

_MATCHING = """
FROM document d LEFT JOIN document s ON s.supersedes_id = d.id
WHERE ($1::text IS NULL OR d.series = $1) AND ($2::int IS NULL OR d.year = $2)
  AND (NOT $3 OR s.id IS NULL)
"""

IsCurrent = Annotated[bool, Field(description="Only documents that nothing supersedes.")]


class CountDocuments(Query[Count]):
    """How many documents the same filters match."""

    name = "documents.count_documents"
    duties = LEDGER_READERS
    title_zh = "统计文件数"
    title_en = "Count documents"

    series: Line | None = None
    year: Year | None = None
    is_current: IsCurrent = False


class ListDocuments(Query[Page[DocumentView]]):
    """Documents by date of issue, newest first."""

    name = "documents.list_documents"
    duties = LEDGER_READERS
    title_zh = "文件列表"
    title_en = "List documents"

    series: Line | None = None
    year: Year | None = None
    is_current: IsCurrent = False
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountDocuments)
async def count_documents(query: CountDocuments, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", query.series, query.year, query.is_current
    )
    return Count(count=count)


@answers(ListDocuments)
async def list_documents(query: ListDocuments, reading: Reading) -> Page[DocumentView]:
    issued_on, document_id = position_of(query.cursor, date, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT d.*, s.id AS superseded_by_id {_MATCHING}
            AND ($4::date IS NULL OR (d.issued_on, d.id) < ($4, $5::uuid))
            ORDER BY d.issued_on DESC, d.id DESC LIMIT $6""",
        query.series,
        query.year,
        query.is_current,
        issued_on,
        document_id,
        query.limit + 1,
    )
    views = [view_of(Document.read(record), record["superseded_by_id"]) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.issued_on, view.id))
