"""Read what stands on a document that was issued here."""

from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.documents import rules
from service.features.documents.basis import Basis
from service.features.documents.drafting import READERS
from service.features.documents.kinds.registry import OPEN_KINDS, PaperKind
from service.features.documents.paper import Paper
from service.features.documents.view import VISIBLE


class ReleaseNamed(BaseModel):
    """The release under which it was decided, with both who answer for it."""

    id: UUID
    flow: str
    number: int
    proposed_by_name: str
    decided_by_name: str | None


class DocumentContent(BaseModel):
    """A document in full: its data, what it rests on, and every word as it is printed."""

    document_id: UUID
    kind: PaperKind
    data: dict[str, Any]
    basis: list[Basis]
    release: ReleaseNamed
    signer_name: str
    #: SHA-256 over the words of `paper`, hexadecimal.
    digest: str
    paper: Paper


class ReadDocumentContent(Query[DocumentContent]):
    """What stands on a document (文件内容). Its digest proves that it is what was issued."""

    name = "documents.read_document_content"
    duties = READERS
    title_zh = "查询文件内容"
    title_en = "Read a document's content"
    refusals = (rules.NotWrittenHere,)

    document_id: UUID


async def issued_paper(reading: Reading, document_id: UUID) -> Record:
    """The row of a document within reach that was issued here, with its release.

    Raises:
        NotFound: There is no document with this id within reach.
        NotWrittenHere: It is only on record.
    """
    record = await reading.connection.fetchrow(
        f"""SELECT p.*, r.flow, r.number, r.proposed_by_name, r.decided_by_name
            FROM document d LEFT JOIN issued_paper p ON p.document_id = d.id
            LEFT JOIN body b ON b.id = p.body_id LEFT JOIN release r ON r.id = p.release_id
            WHERE {VISIBLE} AND d.id = $5""",
        *reading.reach,
        list(OPEN_KINDS),
        document_id,
    )
    if record is None:
        raise missing("a document with this id")
    if record["document_id"] is None:
        raise rules.NotWrittenHere(
            "Expected a document that was written here, but it was only recorded.",
            "应当为本系统制发的文件，但该文件仅作登记。",
        )
    return record


@answers(ReadDocumentContent)
async def read_document_content(query: ReadDocumentContent, reading: Reading) -> DocumentContent:
    record = dict(await issued_paper(reading, query.document_id))
    return DocumentContent(
        **record, release=ReleaseNamed(id=record["release_id"], **_named(record))
    )


def _named(record: dict[str, Any]) -> dict[str, Any]:
    return {name: record[name] for name in ReleaseNamed.model_fields if name != "id"}
