"""Take a close request back: the unit goes on working while its papers are looked through."""

from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import OWNERS, locked_item, tell
from service.features.rectification.steps import ItemStep, step_of


class TakeBackClose(Command[ItemStep]):
    """Take a close request back (撤回销号申请), as long as its papers are looked through.

    The item goes back to work with the time that was left at the request.
    """

    name = "rectification.take_back_close"
    duties = OWNERS
    title_zh = "撤回销号申请"
    title_en = "Take a close request back"
    refusals = (rules.ItemMoved,)

    item_id: UUID


@handles(TakeBackClose)
async def take_back_close(command: TakeBackClose, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.CLOSE_REQUESTED)
    kept = context.update(item)
    tell(context, "CloseRequestTakenBack", kept)
    context.tag(kept)
    return await step_of(context, kept)
