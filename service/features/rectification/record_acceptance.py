"""Record an acceptance: what one officer found."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.documents.kinds.registry import PaperKind
from service.features.rectification import rules
from service.features.rectification.codes import AcceptanceResult, ItemState
from service.features.rectification.course_tables import Acceptance
from service.features.rectification.finding import locked_item
from service.features.rectification.papers import issue_paper
from service.features.rectification.steps import ItemStep, moved, step_of

_METHODS = {
    "ON_SITE": "实地检查",
    "YEARLY_TARGET": "年度目标核查",
    "ON_SITE_OR_MATCH": "实地检查或数据比对",
    "AUTOMATIC": "系统复核",
    "DOCUMENTS": "材料审核",
}
_NAME = "SELECT name FROM actor WHERE id = $1"
_ROUND = "SELECT officer_id, result FROM item_acceptance WHERE item_id = $1 AND round = $2"


class Accepted(ItemStep):
    """The item, and the worst that was found in this round."""

    result: AcceptanceResult


class RecordAcceptance(Command[Accepted]):
    """Record what an acceptance officer found (登记验收结果).

    The officer neither found the problem nor drafted the item (I11). `result` is the worst of
    the round; the item is accepted once enough officers have passed it. Each record is a numbered
    document."""

    name = "rectification.record_acceptance"
    duties = frozenset({Duty.PROCESS})
    title_zh = "登记验收结果"
    title_en = "Record an acceptance"
    refusals = (
        rules.ItemMoved,
        rules.AcceptanceNotApart,
        rules.LetterheadMissing,
    )

    item_id: UUID
    officer_id: UUID
    method: Annotated[str, Field(max_length=40)]
    checked_on: date
    findings: Annotated[str, Field(min_length=1, max_length=5000)]
    result: AcceptanceResult
    signed_document_id: UUID | None = None


@handles(RecordAcceptance)
async def record_acceptance(command: RecordAcceptance, context: Context) -> Accepted:
    item = await locked_item(context, command.item_id, ItemState.UNDER_ACCEPTANCE)
    records = await context.connection.fetch(_ROUND, item.id, item.acceptance_round)
    earlier = {record["officer_id"]: AcceptanceResult(record["result"]) for record in records}
    rules.require_apart(command.officer_id, earlier, item.found_by, item.drafted_by)
    context.insert(
        Acceptance(
            id=new_id(),
            round=item.acceptance_round,
            recorded_at=context.now,
            **command.model_dump(),
        )
    )
    record = {
        "item_number": item.number,
        "method": _METHODS.get(command.method, command.method),
        "accepted_on": command.checked_on.isoformat(),
        "officers": [await context.connection.fetchval(_NAME, command.officer_id)],
        "seen": [command.findings],
        "result": command.result.value,
    }
    signer = command.officer_id
    await issue_paper(context, item, PaperKind.ACCEPTANCE_RECORD, record, signed_by=signer)
    results = [*earlier.values(), command.result]
    worst = max(results, key=list(AcceptanceResult).index)
    if worst is AcceptanceResult.PASS and len(results) >= item.officers:
        step = await moved(context, item, ItemState.ACCEPTED, accepted_on=context.today)
    else:
        step = await step_of(context, context.update(item))
    return Accepted(**step.model_dump(), result=worst)
