"""A draft as the API shows it, and where it is found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.query import Reading
from service.core.secrecy import Secrecy
from service.features.documents.basis import Basis
from service.features.documents.kinds.registry import UNIT_KINDS, PaperKind
from service.features.documents.paper_tables import DocumentDraft, DraftState
from service.features.documents.setting import PRINTED_COLUMNS, PRINTED_JOINS

#: Who sees a draft `d` of the body `b`: whoever holds a duty over the whole city, and a unit its
#: own papers; parameters 1 to 3 are the reach, the fourth the kinds of units' papers.
VISIBLE = "($1 OR (d.kind = ANY ($4) AND (b.id = ANY ($2::uuid[]) OR b.lineage && $3::uuid[])))"


class DraftSummary(BaseModel):
    """A paper that is being written, or was; `document_id` is what it became."""

    id: UUID
    kind: PaperKind
    state: DraftState
    series: str | None
    title: str
    subject_type: str | None
    subject_id: UUID | None
    body_id: UUID | None
    supersedes_id: UUID | None
    drafter_name: str
    drafted_at: datetime
    document_id: UUID | None
    version: int


class DraftView(DraftSummary):
    """A draft with all that is to stand on it."""

    recipient: str
    data: dict[str, Any]
    basis: list[Basis]
    release_id: UUID | None
    attachments: list[str]
    copies_to: list[str]
    secrecy: Secrecy
    correction: str


def summary_of(draft: DocumentDraft) -> DraftSummary:
    return DraftSummary(**draft.model_dump())


def view_of(draft: DocumentDraft) -> DraftView:
    return DraftView(**draft.model_dump())


async def found_draft(reading: Reading, draft_id: UUID) -> tuple[DocumentDraft, Record]:
    """A draft within reach, with what it needs to be printed.

    Raises:
        NotFound: There is none within reach.
    """
    record = await reading.connection.fetchrow(
        f"""SELECT {PRINTED_COLUMNS}, row_to_json(d)::jsonb AS draft FROM document_draft d
            {PRINTED_JOINS} WHERE {VISIBLE} AND d.id = $5""",
        *reading.reach,
        list(UNIT_KINDS),
        draft_id,
    )
    if record is None:
        raise missing("a draft with this id")
    draft: Mapping[str, Any] = record["draft"]
    return DocumentDraft.read(draft), record
