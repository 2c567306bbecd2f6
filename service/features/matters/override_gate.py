"""Override the gate: the chair lets a HOLD pass, with a reason that the next meeting hears."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.matters import rules
from service.features.matters.codes import Gate
from service.features.matters.finding import locked_matter
from service.features.matters.record_gate import OPEN
from service.features.matters.tables import Matter, MatterOverride
from service.features.meetings.codes import ItemKind, MeetingLevel
from service.features.meetings.put_on_agenda import PutOnAgenda

_IS_CHAIR = """
SELECT EXISTS (SELECT FROM assignment WHERE actor_id = $1 AND duty = 'commission_chair'
    AND reach = 'CITY' AND true_from <= $2 AND (true_until IS NULL OR $2 <= true_until))
"""


class GateOverridden(BaseModel):
    """The hits that the chair lets pass; the case does not ask of them again."""

    matter_id: UUID
    hits: list[dict[str, Any]]


class OverrideGate(Command[GateOverridden]):
    """Let a matter pass a HOLD of the gate (放行), by the chair and with a reason.

    Only a HOLD can be overridden; the next meeting of the commission is told.
    """

    name = "matters.override_gate"
    duties = frozenset({Duty.PROCESS})
    title_zh = "关口放行"
    title_en = "Override the gate"
    refusals = (rules.MatterMoved, rules.NotOverridable)

    matter_id: UUID
    reason: Line
    by: UUID


def is_held(hit: Any) -> bool:
    """Whether a hit of the gate holds the matter, and nobody has let it pass before."""
    return hit["result"] == Gate.HOLD and not hit.get("is_overridden", False)


@handles(OverrideGate)
async def override_gate(command: OverrideGate, context: Context) -> GateOverridden:
    """Keep who let it pass, why and over which hits, and report it."""
    matter = await locked_matter(context, command.matter_id, *OPEN)
    if matter.gate is not Gate.HOLD or not await is_chair(context, command.by):
        raise rules.NotOverridable(
            f"Expected a HOLD, overridden by the chair, but the gate is {matter.gate} "
            f"or somebody else asks.",
            f"仅编委会主任可以对“暂缓”放行，但关口为{matter.gate}或者并非主任。",
            gate=matter.gate,
        )
    held = [each for each in matter.gate_hits or () if is_held(each)]
    await keep_override(context, matter, held, command.reason, command.by)
    return GateOverridden(matter_id=matter.id, hits=held)


async def is_chair(context: Context, actor_id: UUID) -> bool:
    """Whether somebody is the chair of the commission today."""
    found: bool = await context.connection.fetchval(_IS_CHAIR, actor_id, context.today)
    return found


async def keep_override(
    context: Context, matter: Matter, hits: list[Any], reason: str, by: UUID
) -> None:
    """Keep over which hits the chair let a matter pass, and report it to the next meeting."""
    item = await context.order(
        PutOnAgenda(
            level=MeetingLevel.COMMISSION,
            kind=ItemKind.REPORT,
            subject_type="matter",
            subject_id=str(matter.id),
            title=f"关口放行情况报告：{matter.number or matter.id}",
            choices=["noted"],
        )
    )
    context.insert(
        MatterOverride(
            id=context.command_id,
            matter_id=matter.id,
            hits=hits,
            reason=reason,
            overridden_by=by,
            reported_item_id=item.id,
            overridden_at=context.now,
        )
    )
