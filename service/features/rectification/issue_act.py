"""Record what the office did about an item beside its course."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import SignerWrote
from service.features.rectification import rules
from service.features.rectification.codes import ActKind
from service.features.rectification.course_tables import Act
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item, open_states
from service.features.rectification.papers import CONTACT, issue_paper
from service.features.rectification.steps import ItemStep, step_of
from service.features.rectification.tables import RectificationItem


class IssueAct(Command[ItemStep]):
    """Record a supervision order, a talk, a circular or a referral (督办、约谈、通报、移送).

    An order with the day of its answer, and a talk with its day, place and people, become
    numbered documents."""

    name = "rectification.issue_act"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录督促措施"
    title_en = "Record an act"
    refusals = (rules.ItemMoved, rules.LetterheadMissing, SignerWrote)

    item_id: UUID
    kind: ActKind
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    drafted_by: UUID | None = None
    signed_by: UUID | None = None
    required_by: date | None = None
    held_on: date | None = None
    place: Line | None = None
    participants: Annotated[list[Line] | None, Field(max_length=50)] = None


@handles(IssueAct)
async def issue_act(command: IssueAct, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, *open_states())
    told = command.model_dump(include={"item_id", "kind", "text", "drafted_by", "signed_by"})
    context.insert(Act(id=new_id(), done_on=command.held_on or context.today, **told))
    is_referral = command.kind is ActKind.REFERRAL
    item = context.update(item, is_referred=item.is_referred or is_referral)
    announce_item(context, item)
    step = await step_of(context, item)
    await _issue(command, context, item, max(-(step.days_left or 0), 0))
    return step


async def _issue(
    command: IssueAct, context: Context, item: RectificationItem, days_late: int
) -> None:
    if command.signed_by is None:
        return
    if command.kind is ActKind.SUPERVISION_ORDER and command.required_by is not None:
        order = {
            "item_number": item.number,
            "problem": item.problem,
            "overdue_working_days": days_late,
            "demand": command.text,
            "report_due_on": command.required_by.isoformat(),
            "contact": CONTACT,
        }
        await issue_paper(
            context,
            item,
            PaperKind.SUPERVISION_ORDER,
            order,
            drafted_by=command.drafted_by,
            signed_by=command.signed_by,
        )
    elif command.kind is ActKind.WARNING_TALK and command.held_on is not None:
        talk = {
            "item_number": item.number,
            "held_on": command.held_on.isoformat(),
            "place": command.place,
            "present": command.participants,
            "said": [command.text],
        }
        duty = Duty.OFFICE_DIRECTOR
        signer = command.signed_by
        await issue_paper(context, item, PaperKind.TALK_RECORD, talk, signed_by=signer, duty=duty)
