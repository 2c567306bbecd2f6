"""Announce a change of the gate: every suspended matter of a body looks at its gate anew."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters.messages import tell

_LINEAGE = "SELECT lineage FROM body WHERE id = $1"
_WAITING = """
SELECT id FROM matter WHERE state = 'SUSPENDED_BY_GATE' AND (body_id = $1
    OR EXISTS (SELECT FROM jsonb_array_elements(deltas) d WHERE d ->> 'body_id' = $1::text))
ORDER BY id
"""


class GateChangeTold(BaseModel):
    """How many matters were told."""

    matters: int


class AnnounceGateChange(Command[GateChangeTold]):
    """Tell every suspended matter of a body that its gate may have changed (通知关口变化).

    Each gets a message of its own, `GateChanged`; that its case waits still is checked there.
    """

    name = "matters.announce_gate_change"
    duties = frozenset({Duty.PROCESS})
    title_zh = "通知关口变化"
    title_en = "Announce a change of the gate"

    body_id: UUID


class MattersGateChanged(Event):
    """Violations of a body were found, are overdue or cleared."""

    type: ClassVar[str] = "matters.gate_changed"
    title_zh = "联动关口已变化"
    title_en = "Gate changed"

    body_id: UUID
    matters: int

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(AnnounceGateChange)
async def announce_gate_change(command: AnnounceGateChange, context: Context) -> GateChangeTold:
    lineage = await context.connection.fetchval(_LINEAGE, command.body_id)
    context.require_reach(lineage or [], "a body with this id")
    waiting = await context.connection.fetch(_WAITING, command.body_id)
    for each in waiting:
        tell(context, "GateChanged", each["id"], {})
    context.announce(MattersGateChanged(body_id=command.body_id, matters=len(waiting)))
    return GateChangeTold(matters=len(waiting))
