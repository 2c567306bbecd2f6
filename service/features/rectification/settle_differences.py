"""Settle differences: what becomes of each that a unit has named."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification.record_confirmation import Remark
from service.features.rectification.round_codes import RoundState
from service.features.rectification.round_rules import (
    DifferenceUnsettled,
    RoundMoved,
    moved,
    require_settled,
)
from service.features.rectification.round_tables import ReconciliationRound
from service.features.rectification.rounds import RoundStep, locked

_NAMED = """
SELECT DISTINCT d->>'item_no' AS number FROM reconciliation_answer a,
jsonb_array_elements(a.differences) d WHERE a.round_id = $1
"""


class SettleDifferences(Command[RoundStep]):
    """Keep how the office settled the differences of a reconciliation (登记差异处理), each one."""

    name = "rectification.settle_differences"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记差异处理"
    title_en = "Settle differences"
    refusals = (RoundMoved, DifferenceUnsettled)

    round_id: UUID
    settlements: Annotated[list[Remark], Field(max_length=200)]
    settled_by: UUID


@handles(SettleDifferences)
async def settle_differences(command: SettleDifferences, context: Context) -> RoundStep:
    context.require_city()
    held = await locked(context, ReconciliationRound, command.round_id, "a reconciliation")
    if held.state is not RoundState.OPEN:
        raise moved("an open reconciliation", "为进行中的核对")
    named = [record["number"] for record in await context.connection.fetch(_NAMED, held.id)]
    require_settled(named, [each.item_no for each in command.settlements])
    context.update(
        held,
        settlements=[each.model_dump() for each in command.settlements],
        settled_by=command.settled_by,
    )
    return RoundStep(round_id=held.id)
