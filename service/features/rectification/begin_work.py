"""Begin the work: the plan is approved, or the problem is too small for one."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import SignerWrote
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import locked_item
from service.features.rectification.papers import issue_paper
from service.features.rectification.steps import ItemStep, moved
from service.features.rectification.tables import RectificationItem


class BeginWork(Command[ItemStep]):
    """Put an item to work (进入整改): by its approved plan, or without one where it is minor.

    A plan is answered by a paper; `plan_signed_by` is who approved it, `plan_by` who wrote it
    where the office did."""

    name = "rectification.begin_work"
    duties = frozenset({Duty.PROCESS})
    title_zh = "进入整改"
    title_en = "Begin the work"
    refusals = (rules.ItemMoved, rules.LetterheadMissing, SignerWrote)

    item_id: UUID
    plan_by: UUID | None = None
    plan_signed_by: UUID | None = None


@handles(BeginWork)
async def begin_work(command: BeginWork, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id)
    if item.state is ItemState.PLAN_SUBMITTED:
        # Approving and beginning are one step for people, two in the table of states.
        rules.require_next(item.state, ItemState.PLAN_APPROVED)
        item = context.update(item, state=ItemState.PLAN_APPROVED)
    step = await moved(context, item, ItemState.IN_PROGRESS)
    if item.milestones and command.plan_signed_by is not None:
        await issue_paper(
            context,
            item,
            PaperKind.PLAN_APPROVAL,
            await _data(context, item),
            drafted_by=command.plan_by,
            signed_by=command.plan_signed_by,
        )
    return step


async def _data(context: Context, item: RectificationItem) -> dict[str, object]:
    name = "SELECT name FROM actor WHERE id = $1"
    person = await context.connection.fetchval(name, item.responsible_person)
    assert item.due is not None, "the notice has set it"
    return {
        "item_number": item.number,
        "plan_title": f"关于“{item.problem}”的整改方案",
        "measures": [item.measures],
        "milestones": [
            {"step": each["name"], "due_on": each["on"], "responsible": person}
            for each in item.milestones
        ],
        "close_standard": item.close_standard,
        "due_on": item.due.isoformat(),
    }
