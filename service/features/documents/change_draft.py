"""Change a draft: what is to stand on it, before it is issued."""

from typing import Any, ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter
from service.features.documents import rules
from service.features.documents.draft_document import EXAMPLE
from service.features.documents.draft_view import DraftView, view_of
from service.features.documents.drafting import (
    WRITERS,
    PaperFields,
    allow_changing,
    checked_data,
    locked_draft,
    require_open,
    require_writable,
)


class ChangeDraft(PaperFields, Command[DraftView]):
    """Write a draft anew (修改文书): every field that is left out is empty afterwards, but the
    recipient, which stays. Whoever changes it has written at it, and does not sign it.
    """

    name = "documents.change_draft"
    duties = WRITERS | {Duty.PROCESS}
    title_zh = "修改文书"
    title_en = "Change a draft"
    needs_version = True
    refusals = (
        rules.DraftIssued,
        rules.PaperDataInvalid,
        rules.ReleaseMissing,
        rules.SeriesUnknown,
        ClassifiedMatter,
    )
    example: ClassVar = EXAMPLE

    draft_id: UUID


_WRITTEN_APART = {"draft_id", "drafted_by", "data", "basis", "recipient"}


@handles(ChangeDraft)
async def change_draft(command: ChangeDraft, context: Context) -> DraftView:
    draft, lineage = await locked_draft(context, command.draft_id)
    allow_changing(context, draft, lineage)
    context.require_version(draft)
    require_open(draft)
    await require_writable(context, command)
    writer = context.actor.id or command.drafted_by
    values: dict[str, Any] = command.model_dump(exclude=_WRITTEN_APART)
    name = await context.connection.fetchval("SELECT name FROM actor WHERE id = $1", writer)
    changed = context.update(
        draft,
        **values,
        recipient=draft.recipient if command.recipient is None else command.recipient,
        data=checked_data(draft.kind, command.data),
        basis=[each.model_dump(mode="json") for each in command.basis],
        written_by=list(dict.fromkeys([*draft.written_by, *([writer] if writer else [])])),
        drafter_name=name or context.actor.name,
        drafted_at=context.now,
    )
    context.tag(changed)
    return view_of(changed)
