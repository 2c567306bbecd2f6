"""Amend deltas: one more version of what a matter asks for, and where it comes from."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.rules import DocumentMissing
from service.features.matters import rules
from service.features.matters.codes import Origin
from service.features.matters.deltas import Delta, Deltas, read, stored
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.papers import require_documents
from service.features.matters.record_gate import OPEN


class DeltasAmended(BaseModel):
    """What the matter asks for from now on."""

    deltas: list[Delta]
    deltas_number: int


class AmendDeltas(Command[DeltasAmended]):
    """Give the changes of a matter one more version (调整变更内容); the older ones stay readable.

    What the applicant accepts was decided by its own meeting, whose minutes are named. Changes
    that say the same as before make no new version.
    """

    name = "matters.amend_deltas"
    duties = frozenset({Duty.PROCESS})
    title_zh = "调整变更内容"
    title_en = "Amend deltas"
    refusals = (rules.MatterMoved, rules.MinutesRequired, DocumentMissing)

    matter_id: UUID
    deltas: Deltas
    origin: Literal[Origin.AMENDED, Origin.ACCEPTED, Origin.REPLY]
    minutes_document_id: UUID | None = None


@handles(AmendDeltas)
async def amend_deltas(command: AmendDeltas, context: Context) -> DeltasAmended:
    matter = await locked_matter(context, command.matter_id, *OPEN)
    if command.origin is Origin.ACCEPTED and command.minutes_document_id is None:
        raise rules.MinutesRequired(
            "Expected the minutes of the meeting that accepted the changes, but there are none.",
            "同意调整的，应当附集体讨论决定的会议纪要，但没有。",
        )
    await require_documents(context, command.minutes_document_id)
    if stored(command.deltas) != matter.deltas:
        matter = context.update(matter, **renewed(context, matter, command.deltas, command.origin))
    return DeltasAmended(deltas=read(matter.deltas), deltas_number=matter.deltas_number)
