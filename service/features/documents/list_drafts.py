"""List drafts, the newest first."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, StringConstraints

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.documents.draft_view import VISIBLE, DraftSummary, summary_of
from service.features.documents.drafting import READERS, WRITERS
from service.features.documents.kinds.registry import UNIT_KINDS, PaperKind
from service.features.documents.paper_tables import DocumentDraft, DraftState

_MATCHING = f"""
FROM document_draft d LEFT JOIN body b ON b.id = d.body_id
WHERE {VISIBLE} AND ($5::text IS NULL OR d.kind = $5) AND ($6::text IS NULL OR d.state = $6)
  AND ($7::text IS NULL OR d.subject_type = $7) AND ($8::uuid IS NULL OR d.subject_id = $8)
"""

SubjectType = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]


class DraftFilter(BaseModel):
    """Which drafts: of one kind, in one state, about one thing."""

    kind: PaperKind | None = None
    state: DraftState | None = None
    subject_type: SubjectType | None = None
    subject_id: UUID | None = None


class ListDrafts(DraftFilter, Query[Page[DraftSummary]]):
    """Drafts of documents (文书草稿列表): the office sees all, a unit those of its own papers."""

    name = "documents.list_drafts"
    duties = READERS | WRITERS
    title_zh = "文书草稿列表"
    title_en = "List drafts"

    limit: Limit = 50
    cursor: Cursor = None


class CountDrafts(DraftFilter, Query[Count]):
    """How many drafts the same filters match."""

    name = "documents.count_drafts"
    duties = READERS | WRITERS
    title_zh = "统计文书草稿"
    title_en = "Count drafts"


def _parameters(asked: DraftFilter, reading: Reading) -> list[object]:
    filters = (asked.kind, asked.state, asked.subject_type, asked.subject_id)
    return [*reading.reach, list(UNIT_KINDS), *filters]


@answers(CountDrafts)
async def count_drafts(query: CountDrafts, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", *_parameters(query, reading)
    )
    return Count(count=count)


@answers(ListDrafts)
async def list_drafts(query: ListDrafts, reading: Reading) -> Page[DraftSummary]:
    (before,) = position_of(query.cursor, UUID) or (None,)
    records = await reading.connection.fetch(
        f"""SELECT d.* {_MATCHING} AND ($9::uuid IS NULL OR d.id < $9)
            ORDER BY d.id DESC LIMIT $10""",
        *_parameters(query, reading),
        before,
        query.limit + 1,
    )
    views = [summary_of(DocumentDraft.read(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.id))
