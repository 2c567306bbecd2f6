"""Record the gate: what the violation gate came to about a matter."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.decisions.inputs import SomeInputs
from service.features.matters import rules
from service.features.matters.codes import Gate, GatePoint, State
from service.features.matters.finding import locked_matter
from service.features.matters.view import MatterView, view_of

OPEN = tuple(state for state in State if state not in (State.ISSUED, State.CLOSED))
Hits = Annotated[list[SomeInputs], Field(max_length=500)]


class RecordGate(Command[MatterView]):
    """Record what the violation gate came to (记录联动关口结论): each hit with item and rule.

    The matter shows the newest result; the older ones are in its history.
    """

    name = "matters.record_gate"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录联动关口结论"
    title_en = "Record the gate"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    gate: Gate
    hits: Hits
    #: Left out where it is only looked at on the way, and nothing follows from it.
    point: GatePoint | None = None


@handles(RecordGate)
async def record_gate(command: RecordGate, context: Context) -> MatterView:
    """Keep the newest result."""
    matter = await locked_matter(context, command.matter_id, *OPEN)
    found: dict[str, Any] = {
        "gate": command.gate,
        "gate_hits": command.hits,
        "gate_point": command.point or matter.gate_point,
    }
    return view_of(context.update(matter, **found))
