"""Suspend a matter: the violation gate is shut, and the matter waits for it to change."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.clocks import Stop, stop
from service.features.matters.codes import Gate, State
from service.features.matters.finding import locked_matter
from service.features.matters.record_gate import OPEN
from service.features.matters.view import MatterView, view_of


class SuspendMatter(Command[MatterView]):
    """Suspend a matter whose gate is HOLD or BLOCK (暂停办理); suspended again it stays so."""

    name = "matters.suspend_matter"
    duties = frozenset({Duty.PROCESS})
    title_zh = "暂停办理"
    title_en = "Suspend a matter"
    refusals = (rules.MatterMoved,)

    matter_id: UUID


class MatterSuspended(Event):
    """A matter waits until its gate changes."""

    type: ClassVar[str] = "matters.suspended"
    title_zh = "事项已暂停"
    title_en = "Matter suspended"

    matter_id: UUID
    body_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(SuspendMatter)
async def suspend_matter(command: SuspendMatter, context: Context) -> MatterView:
    matter = await locked_matter(context, command.matter_id, *OPEN)
    if matter.gate not in (Gate.HOLD, Gate.BLOCK):
        raise rules.MatterMoved(
            f"Expected a gate that is shut, but it is {matter.gate}.",
            f"联动关口应当为暂缓或阻断，但为{matter.gate}。",
            gate=matter.gate,
        )
    if matter.state is State.SUSPENDED_BY_GATE:
        return view_of(matter)
    suspended = context.update(matter, state=State.SUSPENDED_BY_GATE, suspended_from=matter.state)
    await stop(context, suspended, Stop.GATE)
    context.announce(MatterSuspended(matter_id=matter.id, body_id=matter.body_id))
    return view_of(suspended)
