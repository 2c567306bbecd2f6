"""Draft a document: a paper of the office or of a unit, as data, to be checked and signed."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.features.documents import rules
from service.features.documents.draft_view import DraftView, view_of
from service.features.documents.drafting import (
    WRITERS,
    PaperFields,
    Subject,
    allow_writing,
    checked_data,
    require_writable,
)
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.paper_tables import DocumentDraft, DraftState

EXAMPLE = {
    "title": "关于某单位机构设置的受理回执",
    "data": {
        "matter": "关于设立内设机构的请示",
        "matter_number": "QL-SX-2026-0001",
        "admitted_on": "2026-11-24",
        "materials": [{"name": "党组会议纪要", "copies": 2, "is_present": True}],
        "contact": "12310",
    },
    "basis": [
        {
            "level": "CENTRAL",
            "title": "中国共产党机构编制工作条例",
            "article": "第十四条",
        }
    ],
}


class DraftDocument(PaperFields, Command[DraftView]):
    """Draft a document of one of the kinds of `GET /document-kinds` (起草文书).

    The data are checked against the kind. `basis` are the articles or rules of the house behind
    the decision, `release_id` is the release under which it was made; both are printed.
    `supersedes_id` names the document that it will take the place of. A diagram says in
    `drafted_by` who wrote it; a person drafts as himself.
    """

    name = "documents.draft_document"
    duties = WRITERS | {Duty.PROCESS}
    title_zh = "起草文书"
    title_en = "Draft a document"
    status = 201
    refusals = (
        rules.PaperDataInvalid,
        rules.ReleaseMissing,
        rules.SeriesUnknown,
        rules.DocumentMissing,
        ClassifiedMatter,
    )
    example: ClassVar = {"kind": "RECEIPT", **EXAMPLE}

    kind: PaperKind
    subject: Subject | None = None
    body_id: UUID | None = None
    supersedes_id: UUID | None = None


_ABOUT = """
SELECT (SELECT lineage FROM body WHERE id = $1) AS lineage,
       (SELECT full_name FROM body WHERE id = $1) AS body_name,
       (SELECT name FROM actor WHERE id = $2) AS drafter_name
"""


@handles(DraftDocument)
async def draft_document(command: DraftDocument, context: Context) -> DraftView:
    """Keep the draft; nothing is numbered yet."""
    drafter = context.actor.id or command.drafted_by
    about = await context.connection.fetchrow(_ABOUT, command.body_id, drafter)
    assert about is not None, "it is one row of answers"
    lineage = None if command.body_id is None else list(about["lineage"] or [])
    allow_writing(context, command.kind, lineage)
    await require_writable(context, command)
    draft = context.insert(
        DocumentDraft(
            **command.model_dump(exclude={"subject", "drafted_by", "data", "basis", "recipient"}),
            id=new_id(),
            state=DraftState.DRAFT,
            recipient=command.recipient or about["body_name"] or "",
            subject_type=command.subject.type if command.subject else None,
            subject_id=command.subject.id if command.subject else None,
            data=checked_data(command.kind, command.data),
            basis=[each.model_dump(mode="json") for each in command.basis],
            correction="",
            written_by=[drafter] if drafter else [],
            drafter_name=about["drafter_name"] or context.actor.name,
            drafted_at=context.now,
        )
    )
    context.tag(draft)
    return view_of(draft)
