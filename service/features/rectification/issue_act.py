"""Record what the office did about an item beside its course."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ActKind
from service.features.rectification.course_tables import Act
from service.features.rectification.events import announce_item
from service.features.rectification.finding import locked_item, open_states
from service.features.rectification.steps import ItemStep, step_of


class IssueAct(Command[ItemStep]):
    """Record a supervision order, a talk, a circular or a referral (督办、约谈、通报、移送)."""

    name = "rectification.issue_act"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录督促措施"
    title_en = "Record an act"
    refusals = (rules.ItemMoved,)

    item_id: UUID
    kind: ActKind
    text: Annotated[str, Field(min_length=1, max_length=5000)]
    drafted_by: UUID | None = None
    signed_by: UUID | None = None


@handles(IssueAct)
async def issue_act(command: IssueAct, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, *open_states())
    context.insert(Act(id=new_id(), done_on=context.today, **command.model_dump()))
    is_referral = command.kind is ActKind.REFERRAL
    item = context.update(item, is_referred=item.is_referred or is_referral)
    announce_item(context, item)
    return await step_of(context, item)
