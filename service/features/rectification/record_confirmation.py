"""Record a confirmation: a unit's word on its items, or that there was none."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.rectification.round_codes import ConfirmationState
from service.features.rectification.round_rules import (
    DifferenceUnclear,
    RoundMoved,
    moved,
    require_stated,
)
from service.features.rectification.round_tables import ReconciliationAnswer
from service.features.rectification.rounds import locked


class Remark(BaseModel):
    """What is said of one item."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item_no: Line
    text: Annotated[str, Field(min_length=1, max_length=500)]


class ConfirmationRecorded(BaseModel):
    """What the unit came to."""

    answer_id: UUID
    state: ConfirmationState


class RecordConfirmation(Command[ConfirmationRecorded]):
    """Record what a unit says of its items (登记台账核对结果).

    `is_right` unset: it has said nothing in fifteen working days, which is on record as such.
    """

    name = "rectification.record_confirmation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记台账核对结果"
    title_en = "Record a confirmation"
    refusals = (RoundMoved, DifferenceUnclear)

    answer_id: UUID
    is_right: bool | None = None
    differences: Annotated[list[Remark] | None, Field(max_length=100)] = None
    answered_by: UUID | None = None


@handles(RecordConfirmation)
async def record_confirmation(
    command: RecordConfirmation, context: Context
) -> ConfirmationRecorded:
    context.require_city()
    answer = await locked(context, ReconciliationAnswer, command.answer_id, "a confirmation")
    if answer.state is not ConfirmationState.ASKED:
        raise moved("a unit that has not answered yet", "为尚未答复的单位")
    differences = command.differences or []
    state = ConfirmationState.NOT_CONFIRMED
    if command.is_right is not None:
        require_stated(command.is_right, [each.item_no for each in differences], answer.numbers)
        state = ConfirmationState.CONFIRMED if command.is_right else ConfirmationState.DIFFERS
    context.update(
        answer,
        state=state,
        differences=[each.model_dump() for each in differences],
        answered_by=command.answered_by,
        answered_on=None if command.is_right is None else context.today,
    )
    return ConfirmationRecorded(answer_id=answer.id, state=state)
