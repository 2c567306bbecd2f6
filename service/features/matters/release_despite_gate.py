"""Release a decided matter despite the gate: the chair signs, and the next meeting hears why."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.codes import Gate, State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.override_gate import is_chair, keep_override
from service.features.matters.record_kinds import RecordKind
from service.features.matters.view import MatterView, view_of

_SHUT = (Gate.HOLD, Gate.BLOCK)


class ReleaseDespiteGate(Command[MatterView]):
    """Let a decided matter be issued despite HOLD or BLOCK (关口命中仍予签发), with a reason.

    The meeting has decided already: now the chair answers for it, and the next meeting of the
    commission is told (I6). Before the decision a BLOCK stays a BLOCK: see `override_gate`.
    """

    name = "matters.release_despite_gate"
    duties = frozenset({Duty.PROCESS})
    title_zh = "关口命中仍予签发"
    title_en = "Release a matter despite the gate"
    refusals = (rules.MatterMoved, rules.NotOverridable)

    matter_id: UUID
    reason: Annotated[Text, Field(min_length=1)]
    by: UUID


@handles(ReleaseDespiteGate)
async def release_despite_gate(command: ReleaseDespiteGate, context: Context) -> MatterView:
    """Keep who signs despite which hits, and why."""
    matter = await locked_matter(context, command.matter_id, State.DECIDED)
    if matter.gate not in _SHUT or not await is_chair(context, command.by):
        raise rules.NotOverridable(
            f"Expected a gate that is shut, and the chair to sign, but the gate is {matter.gate} "
            f"or somebody else signs.",
            f"仅编委会主任可以在关口命中后决定签发，但关口为{matter.gate}或者并非主任。",
            gate=matter.gate,
        )
    shut = [each for each in matter.gate_hits or () if each.get("result") in _SHUT]
    content = {"gate": matter.gate, "hits": shut, "reason": command.reason}
    await keep(context, matter, RecordKind.HOLD, content, by=command.by)
    await keep_override(context, matter, shut, command.reason, command.by)
    return view_of(matter)
