"""Close a look-back: the office meeting has heard its report."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.rectification.round_codes import RoundState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.round_tables import LookBackRound
from service.features.rectification.rounds import RoundStep, locked

_FAILED = "SELECT count(*) FILTER (WHERE NOT holds) FROM look_back_check WHERE round_id = $1"


class CloseLookBack(Command[RoundStep]):
    """Close a round of the look-back (办结回头看) on the minutes of the meeting that heard it."""

    name = "rectification.close_look_back"
    duties = frozenset({Duty.PROCESS})
    title_zh = "办结回头看"
    title_en = "Close a look-back"
    refusals = (RoundMoved,)

    round_id: UUID
    agenda_item_id: UUID
    minutes_document_id: UUID


class LookBackClosed(Event):
    """A half-yearly look-back is over."""

    type: ClassVar[str] = "rectification.look_back_closed"
    title_zh = "回头看已办结"
    title_en = "Look-back closed"

    round_id: UUID
    #: How many items were reopened by it.
    failed: int

    def subject(self) -> str:
        return f"look_back_round/{self.round_id}"


@handles(CloseLookBack)
async def close_look_back(command: CloseLookBack, context: Context) -> RoundStep:
    context.require_city()
    held = await locked(context, LookBackRound, command.round_id, "a look-back round")
    if held.state is not RoundState.OPEN or held.report is None:
        raise moved("an open round with its report", "为已有报告的轮次")
    context.update(
        held,
        state=RoundState.CLOSED,
        agenda_item_id=command.agenda_item_id,
        minutes_document_id=command.minutes_document_id,
        closed_on=context.today,
    )
    failed = await context.connection.fetchval(_FAILED, held.id)
    context.announce(LookBackClosed(round_id=held.id, failed=failed))
    return RoundStep(round_id=held.id)
