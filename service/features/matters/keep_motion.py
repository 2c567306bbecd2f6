"""Keep a motion: the unit's own meeting has adopted the request, and these are its minutes."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.rules import DocumentMissing
from service.features.matters import rules
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.papers import require_documents
from service.features.matters.record_kinds import RecordKind
from service.features.matters.view import MatterView, view_of
from service.features.matters.written import Said, Short

Names = Annotated[list[Short] | None, Field(max_length=100)]


class KeepMotion(Command[MatterView]):
    """Keep the decision of the unit's party group (党组决定归卷) with its minutes.

    Article 16: a request is decided collectively before it is filed (I5).
    """

    name = "matters.keep_motion"
    duties = frozenset({Duty.PROCESS})
    title_zh = "党组决定归卷"
    title_en = "Keep a motion"
    refusals = (rules.MatterMoved, DocumentMissing, rules.MinutesRequired)

    matter_id: UUID
    minutes_document_id: UUID
    decided_on: date
    present: Annotated[int, Field(ge=1, le=1000)]
    absent: Names = None
    members: Names = None
    opinion: Said
    by: UUID | None = None


@handles(KeepMotion)
async def keep_motion(command: KeepMotion, context: Context) -> MatterView:
    """The minutes belong to the request from now on."""
    matter = await locked_matter(context, command.matter_id, State.DRAFT)
    await require_documents(context, command.minutes_document_id)
    if command.decided_on > context.today:
        raise rules.MinutesRequired(
            f"Expected a meeting that was held, but {command.decided_on} is still to come.",
            f"会议应当已经召开，但{command.decided_on}尚未到来。",
            decided_on=command.decided_on.isoformat(),
        )
    moved = context.update(matter, minutes_document_id=command.minutes_document_id)
    content = command.model_dump(mode="json", exclude={"matter_id", "by"}, exclude_none=True)
    await keep(
        context,
        moved,
        RecordKind.PARTY_GROUP_DECISION,
        content,
        by=command.by,
        document_id=command.minutes_document_id,
    )
    return view_of(moved)
