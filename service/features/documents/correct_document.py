"""Correct a document: draft the one that takes its place. What was issued stays as it was."""

from typing import Any, ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.documents import rules
from service.features.documents.basis import BasisList
from service.features.documents.draft_view import DraftView, view_of
from service.features.documents.drafting import (
    OFFICE_WRITERS,
    Data,
    allow_writing,
    checked_data,
)
from service.features.documents.kinds.part import Names, Said
from service.features.documents.paper_tables import DocumentDraft, DraftState


class CorrectDocument(Command[DraftView]):
    """Draft the correction of a document that was issued here (更正文书).

    What is left out stays as it is in the document. The correction is signed and numbered like
    every draft, and says on its face which document it takes the place of, and why.
    """

    name = "documents.correct_document"
    duties = OFFICE_WRITERS | {Duty.PROCESS}
    title_zh = "更正文书"
    title_en = "Correct a document"
    status = 201
    refusals = (
        rules.NotWrittenHere,
        rules.AlreadySuperseded,
        rules.PaperDataInvalid,
    )
    example: ClassVar = {"reason": "原文受理日期有误。", "title": "关于某单位请示的受理回执"}

    document_id: UUID
    reason: Said
    title: Line | None = None
    recipient: Line | None = None
    data: Data | None = None
    basis: BasisList | None = None
    attachments: Names | None = None
    copies_to: Names | None = None
    drafted_by: UUID | None = None


_OLD = """
SELECT row_to_json(d)::jsonb AS draft, b.lineage, o.id AS document_id,
       EXISTS (SELECT FROM document s WHERE s.supersedes_id = o.id) AS is_superseded,
       (SELECT name FROM actor WHERE id = $2) AS drafter_name
FROM document o LEFT JOIN document_draft d ON d.document_id = o.id
LEFT JOIN body b ON b.id = d.body_id WHERE o.id = $1
"""


@handles(CorrectDocument)
async def correct_document(command: CorrectDocument, context: Context) -> DraftView:
    drafter = context.actor.id or command.drafted_by
    record = await context.connection.fetchrow(_OLD, command.document_id, drafter)
    context.require_city()
    if record is None:
        raise missing("a document with this id")
    if record["draft"] is None:
        raise rules.NotWrittenHere(
            "Expected a document that was written here, but it was only recorded.",
            "应当为本系统制发的文件，但该文件仅作登记。",
        )
    if record["is_superseded"]:
        raise rules.AlreadySuperseded(
            "Expected the newest document to be corrected, but another one supersedes it already.",
            "应当更正最新的文件，但该文件已被其他文件取代。",
        )
    old = DocumentDraft.read(record["draft"])
    allow_writing(context, old.kind, record["lineage"])
    draft = context.insert(
        old.model_copy(
            update={
                **_said(command, old),
                "id": new_id(),
                "version": 1,
                "state": DraftState.DRAFT,
                "supersedes_id": command.document_id,
                "correction": command.reason,
                "written_by": [drafter] if drafter else [],
                "drafter_name": record["drafter_name"] or context.actor.name,
                "drafted_at": context.now,
                "document_id": None,
            }
        )
    )
    context.tag(draft)
    return view_of(draft)


def _said(command: CorrectDocument, old: DocumentDraft) -> dict[str, Any]:
    """What the correction says otherwise."""
    names = ("title", "recipient", "attachments", "copies_to")
    said = {name: value for name in names if (value := getattr(command, name)) is not None}
    if command.basis is not None:
        said["basis"] = [each.model_dump(mode="json") for each in command.basis]
    if command.data is not None:
        said["data"] = checked_data(old.kind, command.data)
    return said
