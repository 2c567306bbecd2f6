"""Close a reconciliation: the office meeting has heard it, the commission gets its summary."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.rectification.round_codes import RoundState
from service.features.rectification.round_rules import RoundMoved, moved
from service.features.rectification.round_tables import ReconciliationRound
from service.features.rectification.rounds import locked

_COUNTED = """
SELECT count(*) AS units, count(*) FILTER (WHERE state = 'CONFIRMED') AS confirmed,
       count(*) FILTER (WHERE state = 'DIFFERS') AS differing,
       count(*) FILTER (WHERE state = 'NOT_CONFIRMED') AS not_confirmed
FROM reconciliation_answer WHERE round_id = $1
"""


class ReconciliationSummary(BaseModel):
    """What the commission is told: units in all, and by what they said."""

    round_id: UUID
    units: int
    confirmed: int
    differing: int
    not_confirmed: int


class ReconciliationClosed(ReconciliationSummary, Event):
    """The yearly reconciliation of the ledger is over."""

    type: ClassVar[str] = "rectification.reconciliation_closed"
    title_zh = "台账核对已办结"
    title_en = "Reconciliation closed"

    def subject(self) -> str:
        return f"reconciliation_round/{self.round_id}"


class CloseReconciliation(Command[ReconciliationSummary]):
    """Close a reconciliation (办结台账核对) on the minutes of the office meeting."""

    name = "rectification.close_reconciliation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "办结台账核对"
    title_en = "Close a reconciliation"
    refusals = (RoundMoved,)

    round_id: UUID
    agenda_item_id: UUID
    minutes_document_id: UUID


@handles(CloseReconciliation)
async def close_reconciliation(
    command: CloseReconciliation, context: Context
) -> ReconciliationSummary:
    context.require_city()
    held = await locked(context, ReconciliationRound, command.round_id, "a reconciliation")
    if held.state is not RoundState.OPEN or held.settled_by is None:
        raise moved("an open reconciliation that is settled", "为差异已处理的核对")
    context.update(
        held,
        state=RoundState.CLOSED,
        agenda_item_id=command.agenda_item_id,
        minutes_document_id=command.minutes_document_id,
        closed_on=context.today,
    )
    counted = await context.connection.fetchrow(_COUNTED, held.id)
    assert counted is not None, "a count is one row"
    summary = {"round_id": held.id, **counted}
    context.announce(ReconciliationClosed(**summary))
    return ReconciliationSummary(**summary)
