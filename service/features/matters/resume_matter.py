"""Resume a matter: its gate has changed, and it goes on from where it stood."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.clocks import Stop, go_on
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.view import MatterView, view_of


class ResumeMatter(Command[MatterView]):
    """Let a suspended matter go on (恢复办理) in the state in which it was suspended."""

    name = "matters.resume_matter"
    duties = frozenset({Duty.PROCESS})
    title_zh = "恢复办理"
    title_en = "Resume a matter"
    refusals = (rules.MatterMoved,)

    matter_id: UUID


class MatterResumed(Event):
    """A suspended matter goes on."""

    type: ClassVar[str] = "matters.resumed"
    title_zh = "事项已恢复"
    title_en = "Matter resumed"

    matter_id: UUID
    body_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(ResumeMatter)
async def resume_matter(command: ResumeMatter, context: Context) -> MatterView:
    matter = await locked_matter(context, command.matter_id, State.SUSPENDED_BY_GATE)
    resumed = context.update(matter, state=matter.suspended_from, suspended_from=None)
    await go_on(context, resumed, Stop.GATE)
    context.announce(MatterResumed(matter_id=matter.id, body_id=matter.body_id))
    return view_of(resumed)
