"""Issue the rectification notice: facts, article, demand and time limit."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.calendar.stored import stored_calendar
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import SignerWrote
from service.features.rectification import rules
from service.features.rectification.by_table import decided
from service.features.rectification.codes import ItemState, Severity
from service.features.rectification.finding import locked_item
from service.features.rectification.papers import CONTACT, issue_paper, last_paper
from service.features.rectification.steps import ItemStep, moved
from service.features.rectification.tables import RectificationItem

#: What the violation gate does with requests of a unit that has something to put right.
_CONSEQUENCE = "整改情况与机构编制事项审批联动：整改到位前，你单位的有关申请按规定暂缓或不予受理。"


class IssueNotice(Command[ItemStep]):
    """Issue the notice to the unit (印发整改通知书); a second one supersedes the first.

    The time limit counts from today. The notice is a numbered document, with a copy to the
    competent body."""

    name = "rectification.issue_notice"
    duties = frozenset({Duty.PROCESS})
    title_zh = "印发整改通知书"
    title_en = "Issue a notice"
    refusals = (
        rules.ItemMoved,
        rules.LedgerRulesMissing,
        rules.LetterheadMissing,
        SignerWrote,
    )

    item_id: UUID
    facts: Annotated[str, Field(min_length=1, max_length=5000)]
    article: Annotated[str, Field(min_length=1, max_length=200)]
    required_result: Annotated[str, Field(min_length=1, max_length=2000)]
    due: date
    drafted_by: UUID
    signed_by: UUID
    contact: Line | None = None


@handles(IssueNotice)
async def issue_notice(command: IssueNotice, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, to=ItemState.NOTICE_ISSUED)
    calendar = await stored_calendar(context.connection)
    # A plan needs a day at least: what is signed late is due on the next working day.
    due = max(command.due, calendar.add(context.today, 1))
    told = command.model_dump(include={"facts", "article", "required_result"})
    is_amended = item.state is ItemState.NOTICE_ISSUED
    step = await moved(
        context,
        item,
        ItemState.NOTICE_ISSUED,
        issued_on=context.today,
        due=due,
        original_due=due,
        **told,
    )
    kind = PaperKind.RECTIFICATION_NOTICE
    await issue_paper(
        context,
        item,
        kind,
        await _data(command, context, item, due),
        drafted_by=command.drafted_by,
        signed_by=command.signed_by,
        supersedes_id=await last_paper(context, item, kind) if is_amended else None,
        is_copied=True,
    )
    return step


async def _data(
    command: IssueNotice, context: Context, item: RectificationItem, due: date
) -> dict[str, object]:
    plan_due = None
    if item.severity is not Severity.LOW:
        days = {"issued_on": context.today.isoformat(), "due": due.isoformat()}
        plan_due = (await decided(context, "plan_due", **days))["on"]
    return {
        "item_number": item.number,
        "problem": item.problem,
        "facts": command.facts,
        "rule_breached": command.article,
        "required_result": command.required_result,
        "due_on": due.isoformat(),
        "plan_due_on": plan_due,
        "consequence": _CONSEQUENCE,
        "contact": command.contact or CONTACT,
    }
