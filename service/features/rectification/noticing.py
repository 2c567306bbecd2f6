"""Telling whoever works on an item: a notice at the open task of its unit, and an event."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.core.store.outbox import Event
from service.features.rectification.reminder_tables import ItemReminder, ReminderReason
from service.features.rectification.tables import RectificationItem
from service.features.tasks.notice_tables import Notice, NoticeEntry
from service.features.tasks.readers import readers_of
from service.features.tasks.tables import Task

#: The tasks at which a unit plans and works.
_UNITS = ["file_plan", "carry_out"]
_TASKS = "SELECT * FROM task WHERE instance_id = $1 AND state = 'OPEN' AND element = ANY ($2)"
_LINEAGES = "SELECT id, lineage FROM body WHERE id = ANY ($1)"


class ItemReminded(Event):
    """A unit was reminded of an item."""

    type: ClassVar[str] = "rectification.item_reminded"
    title_zh = "整改已提醒"
    title_en = "Item reminded"

    item_id: UUID
    number: str | None
    body_id: UUID
    reason: ReminderReason
    text: str

    def subject(self) -> str:
        return f"rectification_item/{self.item_id}"


async def remind(
    context: Context,
    item: RectificationItem,
    reason: ReminderReason,
    text: str,
    text_en: str,
    about_on: date | None = None,
) -> ItemReminder:
    """Keep a reminder, tell of it, and show it to whoever has the unit's task or may take it."""
    kept = context.insert(
        ItemReminder(
            id=new_id(),
            item_id=item.id,
            reason=reason,
            about_on=about_on,
            text=text,
            reminded_at=context.now,
        )
    )
    context.announce(
        ItemReminded(
            item_id=item.id, number=item.number, body_id=item.body_id, reason=reason, text=text
        )
    )
    records = await context.connection.fetch(_TASKS, item.instance_id, _UNITS)
    for record in records:
        task = Task.read({name: record[name] for name in Task.model_fields})
        found = await context.connection.fetch(_LINEAGES, task.bodies)
        lineages = {each["id"]: list(each["lineage"]) for each in found}
        notice = context.insert(
            Notice(
                id=new_id(),
                task_id=task.id,
                instance_id=task.instance_id,
                text=text,
                text_en=text_en,
                noticed_at=context.now,
            )
        )
        for reader in readers_of(task, lineages):
            context.insert(NoticeEntry(reader=reader, notice_id=notice.id))
    return kept
