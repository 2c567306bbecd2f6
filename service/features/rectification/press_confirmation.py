"""Press a unit for its confirmation: ten working days are over."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.rectification.round_codes import ConfirmationState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.round_tables import ReconciliationAnswer
from service.features.rectification.rounds import locked


class ConfirmationPressed(Event):
    """A unit is late with confirming its items; the next reminder is the last."""

    type: ClassVar[str] = "rectification.confirmation_pressed"
    title_zh = "台账核对已催办"
    title_en = "Confirmation pressed"

    answer_id: UUID
    round_id: UUID
    body_id: UUID

    def subject(self) -> str:
        return f"body/{self.body_id}"


class Pressed(BaseModel):
    """The answer that is pressed for."""

    answer_id: UUID


class PressConfirmation(Command[Pressed]):
    """Press a unit that has not confirmed its items in time (催办台账核对)."""

    name = "rectification.press_confirmation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "催办台账核对"
    title_en = "Press for a confirmation"
    refusals = (RoundMoved,)

    answer_id: UUID


@handles(PressConfirmation)
async def press_confirmation(command: PressConfirmation, context: Context) -> Pressed:
    context.require_city()
    answer = await locked(context, ReconciliationAnswer, command.answer_id, "a confirmation")
    if answer.state is not ConfirmationState.ASKED:
        raise moved("a unit that has not answered yet", "为尚未答复的单位")
    context.update(answer, pressed_on=context.today)
    context.announce(
        ConfirmationPressed(answer_id=answer.id, round_id=answer.round_id, body_id=answer.body_id)
    )
    return Pressed(answer_id=answer.id)
