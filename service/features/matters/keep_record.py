"""Keep a record: one form of a matter goes into its file as it was given."""

from typing import Any
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.list_matter_records import RecordView, record_of
from service.features.matters.record_kinds import RecordKind


class KeepRecord(Command[RecordView]):
    """Keep a form of a matter in its file (事项材料归卷), as it was given; nothing else changes."""

    name = "matters.keep_record"
    duties = frozenset({Duty.PROCESS})
    title_zh = "事项材料归卷"
    title_en = "Keep a record"

    matter_id: UUID
    kind: RecordKind
    content: dict[str, Any]
    #: Who gave it; null where nobody did, as after a time-out.
    by: UUID | None = None
    document_id: UUID | None = None


@handles(KeepRecord)
async def keep_record(command: KeepRecord, context: Context) -> RecordView:
    matter = await locked_matter(context, command.matter_id)
    kept = await keep(
        context,
        matter,
        command.kind,
        command.content,
        by=command.by,
        document_id=command.document_id,
    )
    return record_of(kept)
