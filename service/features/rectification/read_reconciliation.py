"""Read one reconciliation: what units said of their items, and how differences were settled."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification.finding import READERS
from service.features.rectification.list_reconciliations import (
    WITHIN_REACH,
    ReconciliationView,
    found,
)
from service.features.rectification.record_confirmation import Remark
from service.features.rectification.round_codes import ConfirmationState

_ANSWERS = f"""
SELECT a.*, b.full_name AS body_name FROM reconciliation_answer a JOIN body b ON b.id = a.body_id
WHERE {WITHIN_REACH} AND a.round_id = $4 ORDER BY b.full_name, a.id
"""


class ConfirmationView(BaseModel):
    """What one unit said."""

    id: UUID
    body_id: UUID
    body_name: str
    numbers: list[str]
    state: ConfirmationState
    differences: list[Remark]
    pressed_on: date | None
    answered_on: date | None


class ReconciliationDetail(ReconciliationView):
    """A round with the answers within reach, and what became of the differences in them."""

    answers: list[ConfirmationView]
    settlements: list[Remark]


class ReadReconciliation(Query[ReconciliationDetail]):
    """One reconciliation (查询台账核对): a unit sees its own answer alone."""

    name = "rectification.read_reconciliation"
    duties = READERS
    title_zh = "查询台账核对"
    title_en = "Read a reconciliation"

    reconciliation_id: UUID


@answers(ReadReconciliation)
async def read_reconciliation(query: ReadReconciliation, reading: Reading) -> ReconciliationDetail:
    kept = await found(reading, query.reconciliation_id)
    if kept is None:
        raise missing("a reconciliation")
    records = await reading.connection.fetch(_ANSWERS, *reading.reach, query.reconciliation_id)
    seen = {number for record in records for number in record["numbers"]}
    settled = [each for each in kept["settlements"] if reading.reach[0] or each["item_no"] in seen]
    told: dict[str, Any] = {"answers": [dict(each) for each in records], "settlements": settled}
    return ReconciliationDetail.model_validate({**kept, **told})
