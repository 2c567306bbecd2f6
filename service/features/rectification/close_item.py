"""Close an item: accepted by others, with evidence, signed by the director."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.kinds.registry import PaperKind
from service.features.meetings.codes import ItemKind, MeetingLevel
from service.features.meetings.put_on_agenda import PutOnAgenda
from service.features.rectification import rules
from service.features.rectification.codes import ItemState, Severity
from service.features.rectification.finding import locked_item
from service.features.rectification.papers import SUBJECT, issue_paper
from service.features.rectification.steps import ItemStep, moved
from service.features.rectification.tables import RectificationItem

_PASSED = """
SELECT array_agg(DISTINCT p.name) FROM item_acceptance a JOIN actor p ON p.id = a.officer_id
WHERE a.item_id = $1 AND a.round = $2 AND a.result = 'PASS'
"""


class CloseItem(Command[ItemStep]):
    """Close an item (销号).

    Refused without evidence or with too few acceptances by other people (I11). The unit is told
    by a numbered document; of a grave problem the next commission meeting is told."""

    name = "rectification.close_item"
    duties = frozenset({Duty.PROCESS})
    title_zh = "销号"
    title_en = "Close an item"
    refusals = (
        rules.ItemMoved,
        rules.AcceptanceNotApart,
        rules.LetterheadMissing,
    )

    item_id: UUID
    signed_by: UUID


@handles(CloseItem)
async def close_item(command: CloseItem, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.CLOSED)
    officers = await context.connection.fetchval(_PASSED, item.id, item.acceptance_round) or []
    assert item.severity is not None, "registration has set it"
    rules.require_accepted(item.severity, item.officers, len(officers), len(item.evidence))
    step = await moved(
        context,
        item,
        ItemState.CLOSED,
        moves_gate=True,
        closed_on=context.today,
        signed_by=[command.signed_by],
        is_overdue=False,
        percent=100,
        stopped_on=None,
    )
    await issue_paper(
        context,
        item,
        PaperKind.CLOSE_OUT,
        _data(context, item, officers),
        signed_by=command.signed_by,
        duty=Duty.OFFICE_DIRECTOR,
    )
    if item.severity is Severity.HIGH:
        await _report(context, item)
    return step


def _data(context: Context, item: RectificationItem, officers: list[str]) -> dict[str, object]:
    return {
        "item_number": item.number,
        "problem": item.problem,
        "closed_on": context.today.isoformat(),
        "accepted_by": officers,
        "reasons": f"经验收，符合销号标准：{item.close_standard or item.required_result}",
        "look_back": "六个月内列入回头看范围。",
    }


async def _report(context: Context, item: RectificationItem) -> None:
    """Let the next commission meeting hear that a grave problem is put right."""
    await context.order(
        PutOnAgenda(
            level=MeetingLevel.COMMISSION,
            kind=ItemKind.REPORT,
            subject_type=SUBJECT,
            subject_id=str(item.id),
            title=f"关于销号严重整改事项{item.number}的报告",
            choices=["noted"],
        )
    )
