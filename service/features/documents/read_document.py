"""Read one document, and what supersedes it."""

from uuid import UUID

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.documents.tables import Document
from service.features.documents.view import DocumentView, view_of


class ReadDocument(Query[DocumentView]):
    """One document by its id. `superseded_by_id` names the one that corrects it."""

    name = "documents.read_document"
    duties = LEDGER_READERS
    title_zh = "查询文件"
    title_en = "Read a document"

    document_id: UUID


@answers(ReadDocument)
async def read_document(query: ReadDocument, reading: Reading) -> DocumentView:
    record = await reading.connection.fetchrow(
        """SELECT d.*, s.id AS superseded_by_id
           FROM document d LEFT JOIN document s ON s.supersedes_id = d.id WHERE d.id = $1""",
        query.document_id,
    )
    if record is None:
        raise missing("a document with this id")
    return view_of(Document.read(record), record["superseded_by_id"])
