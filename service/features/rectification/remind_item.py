"""Remind a unit of an item: its plan, a milestone, an entry of progress."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.rectification.finding import locked_item
from service.features.rectification.noticing import remind
from service.features.rectification.reminder_tables import ReminderReason


class ItemRemindedOf(BaseModel):
    """The reminder; null where what it was about is done."""

    reminder_id: UUID | None


class RemindItem(Command[ItemRemindedOf]):
    """Remind whoever works on an item (提醒整改): a notice at the task, and an event.

    A milestone that is reached meanwhile is not reminded of.
    """

    name = "rectification.remind_item"
    duties = frozenset({Duty.PROCESS})
    title_zh = "提醒整改"
    title_en = "Remind of an item"

    item_id: UUID
    reason: ReminderReason
    #: Of the milestone, counted from 1.
    place: Annotated[int | None, Field(ge=1, le=20)] = None


@handles(RemindItem)
async def remind_item(command: RemindItem, context: Context) -> ItemRemindedOf:
    item = await locked_item(context, command.item_id)
    about, name = None, ""
    if command.reason is ReminderReason.MILESTONE:
        place = command.place or 0
        if not 1 <= place <= len(item.milestones) or item.milestones[place - 1]["reached_on"]:
            return ItemRemindedOf(reminder_id=None)
        about = date.fromisoformat(item.milestones[place - 1]["on"])
        name = item.milestones[place - 1]["name"]
    text, text_en = {
        ReminderReason.PLAN: ("整改方案已逾期未报", "The plan is late"),
        ReminderReason.MILESTONE: (
            f"节点“{name}”将于{about}到期",
            f"The milestone {name} is due on {about}",
        ),
        ReminderReason.PROGRESS: ("应当填报整改进度", "An entry of progress is wanted"),
        ReminderReason.OVERDUE: ("整改已逾期", "The item is overdue"),
    }[command.reason]
    said, said_en = f"{item.number}：{text}。", f"{item.number}: {text_en}."
    kept = await remind(context, item, command.reason, said, said_en, about)
    return ItemRemindedOf(reminder_id=kept.id)
