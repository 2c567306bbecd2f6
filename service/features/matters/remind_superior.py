"""Remind the superior: what was sent up has no reply in time."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.view import MatterView, view_of

_SENT = "SELECT issued_on FROM document WHERE id = $1"


class RemindSuperior(Command[MatterView]):
    """Remind the superior of a request without a reply (催办上级批复).

    The matter says when it was reminded last, and the office's liaison hears of it by the event.
    """

    name = "matters.remind_superior"
    duties = frozenset({Duty.PROCESS})
    title_zh = "催办上级批复"
    title_en = "Remind the superior"
    refusals = (rules.MatterMoved,)

    matter_id: UUID


class SuperiorReminded(Event):
    """The superior has not replied in time."""

    type: ClassVar[str] = "matters.superior_reminded"
    title_zh = "上级批复已催办"
    title_en = "Superior reminded"

    matter_id: UUID
    upward_document_id: UUID
    sent_on: date

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(RemindSuperior)
async def remind_superior(command: RemindSuperior, context: Context) -> MatterView:
    matter = await locked_matter(context, command.matter_id, State.AT_SUPERIOR)
    assert matter.upward_document_id is not None, "it is where it was sent"
    sent_on = await context.connection.fetchval(_SENT, matter.upward_document_id)
    reminded = context.update(matter, superior_reminded_on=context.today)
    context.announce(
        SuperiorReminded(
            matter_id=matter.id, upward_document_id=matter.upward_document_id, sent_on=sent_on
        )
    )
    return view_of(reminded)
