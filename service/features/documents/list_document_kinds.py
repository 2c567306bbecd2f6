"""List the kinds of paper, and what must be said on each."""

from typing import Any

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.documents.drafting import READERS, WRITERS
from service.features.documents.kinds.registry import KINDS, PaperKind


class DocumentKind(BaseModel):
    """A kind of paper. `data_schema` is the JSON Schema of its data; titles are what is printed."""

    kind: PaperKind
    title_zh: str
    is_internal: bool
    is_units: bool
    data_schema: dict[str, Any]


class DocumentKinds(BaseModel):
    """All kinds, in the order in which a case meets them."""

    items: list[DocumentKind]


class ListDocumentKinds(Query[DocumentKinds]):
    """What kinds of paper the office writes (文书种类), with a schema to make a form of."""

    name = "documents.list_document_kinds"
    duties = READERS | WRITERS
    title_zh = "文书种类"
    title_en = "List document kinds"


@answers(ListDocumentKinds)
async def list_document_kinds(query: ListDocumentKinds, reading: Reading) -> DocumentKinds:
    return DocumentKinds(
        items=[
            DocumentKind(
                kind=code,
                title_zh=code.zh,
                is_internal=kind.is_internal,
                is_units=kind.is_units,
                data_schema=kind.data.model_json_schema(),
            )
            for code, kind in KINDS.items()
        ]
    )
