"""Open a reconciliation: every unit that has items is asked to confirm them."""

from datetime import timedelta
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.rectification.round_rules import RoundTaken
from service.features.rectification.round_tables import ReconciliationAnswer, ReconciliationRound

#: One that is begun some days late is still of the year whose December it belongs to.
_LATE = timedelta(days=14)
_ASKED = """
SELECT body_id, array_agg(number ORDER BY number) AS numbers FROM rectification_item
WHERE number IS NOT NULL AND state NOT IN ('MERGED', 'VOIDED')
AND (state NOT IN ('CLOSED', 'REFERRED_CLOSED') OR extract(year FROM closed_on) = $1)
GROUP BY body_id ORDER BY body_id
"""


class AskedUnit(BaseModel):
    """A unit and the items that it is asked about."""

    answer_id: UUID
    body_id: UUID
    numbers: list[str]


class ReconciliationOpened(BaseModel):
    """The round and the units that it asks."""

    round_id: UUID
    units: list[AskedUnit]


class OpenReconciliation(Command[ReconciliationOpened]):
    """Open the yearly reconciliation of the ledger (启动台账核对).

    A unit is asked about its open items and those closed in the year.
    """

    name = "rectification.open_reconciliation"
    duties = frozenset({Duty.PROCESS})
    title_zh = "启动台账核对"
    title_en = "Open a reconciliation"
    refusals = (RoundTaken,)

    instance_id: UUID


@handles(OpenReconciliation)
async def open_reconciliation(
    command: OpenReconciliation, context: Context
) -> ReconciliationOpened:
    context.require_city()
    year = (context.today - _LATE).year
    kept = context.insert(
        ReconciliationRound(
            id=new_id(),
            year=year,
            begun_on=context.today,
            settlements=[],
            instance_id=command.instance_id,
        )
    )
    await context.flush()
    records = await context.connection.fetch(_ASKED, year)
    return ReconciliationOpened(
        round_id=kept.id, units=[_asked(context, kept.id, record) for record in records]
    )


def _asked(context: Context, round_id: UUID, record: Record) -> AskedUnit:
    answer = context.insert(
        ReconciliationAnswer(
            id=new_id(),
            round_id=round_id,
            body_id=record["body_id"],
            numbers=record["numbers"],
            differences=[],
        )
    )
    return AskedUnit(answer_id=answer.id, body_id=answer.body_id, numbers=answer.numbers)
