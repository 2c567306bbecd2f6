"""Acknowledge a notice: the unit takes its facts as they are."""

from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification import rules
from service.features.rectification.codes import ItemState
from service.features.rectification.finding import OWNERS, locked_item, tell
from service.features.rectification.steps import ItemStep, step_of


class AcknowledgeNotice(Command[ItemStep]):
    """Acknowledge the notice on a minor problem (签收整改通知): the work begins."""

    name = "rectification.acknowledge_notice"
    duties = OWNERS
    title_zh = "签收整改通知"
    title_en = "Acknowledge a notice"
    refusals = (rules.ItemMoved,)

    item_id: UUID


@handles(AcknowledgeNotice)
async def acknowledge_notice(command: AcknowledgeNotice, context: Context) -> ItemStep:
    item = await locked_item(context, command.item_id, ItemState.NOTICE_ISSUED)
    kept = context.update(item)
    tell(context, "NoticeAcknowledged", kept)
    context.tag(kept)
    return await step_of(context, kept)
