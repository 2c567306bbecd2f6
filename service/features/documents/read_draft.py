"""Read one draft with all that is to stand on it."""

from uuid import UUID

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.documents.draft_view import DraftView, found_draft, view_of
from service.features.documents.drafting import READERS, WRITERS


class ReadDraft(Query[DraftView]):
    """A draft of a document (文书草稿); its ETag is what changing and issuing it name."""

    name = "documents.read_draft"
    duties = READERS | WRITERS
    title_zh = "查询文书草稿"
    title_en = "Read a draft"

    draft_id: UUID


@answers(ReadDraft)
async def read_draft(query: ReadDraft, reading: Reading) -> DraftView:
    draft, _ = await found_draft(reading, query.draft_id)
    reading.tag(draft)
    return view_of(draft)
