"""Read one document, and what supersedes it."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.documents.drafting import READERS
from service.features.documents.kinds.registry import OPEN_KINDS
from service.features.documents.tables import Document
from service.features.documents.view import VISIBLE, WRITTEN_COLUMNS, DocumentView, view_of


class ReadDocument(Query[DocumentView]):
    """One document by its id. `superseded_by_id` names the one that corrects it."""

    name = "documents.read_document"
    duties = READERS
    title_zh = "查询文件"
    title_en = "Read a document"

    document_id: UUID


@answers(ReadDocument)
async def read_document(query: ReadDocument, reading: Reading) -> DocumentView:
    record = await reading.connection.fetchrow(
        f"""SELECT d.*, s.id AS superseded_by_id, {WRITTEN_COLUMNS}
            FROM document d LEFT JOIN document s ON s.supersedes_id = d.id
            LEFT JOIN issued_paper p ON p.document_id = d.id LEFT JOIN body b ON b.id = p.body_id
            WHERE {VISIBLE} AND d.id = $5""",
        *reading.reach,
        list(OPEN_KINDS),
        query.document_id,
    )
    if record is None:
        raise missing("a document with this id")
    return view_of(Document.read(record), record["superseded_by_id"], record)
