"""Press an item: it has waited too long, and is shown to whoever chairs its level."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.meetings import rules
from service.features.meetings.codes import ItemState, MeetingLevel
from service.features.meetings.finding import locked_item, require_duty
from service.features.meetings.people import SECRETARIES, chairs_of, secretaries_of
from service.features.meetings.view import AgendaItemView, item_view


class PressItem(Command[AgendaItemView]):
    """Press for a meeting on an item that is overdue (催办议题): the next leader sees it first."""

    name = "meetings.press_item"
    duties = SECRETARIES | {Duty.PROCESS}
    title_zh = "催办议题"
    title_en = "Press an item"
    refusals = (rules.ItemMoved,)

    agenda_item_id: UUID


class AgendaItemPressed(Event):
    """An item has waited too long; `duties` are of those who chair its level."""

    type: ClassVar[str] = "meetings.agenda_item_pressed"
    title_zh = "议题已催办"
    title_en = "Agenda item pressed"

    agenda_item_id: UUID
    level: MeetingLevel
    duties: list[Duty]

    def subject(self) -> str:
        return f"agenda_item/{self.agenda_item_id}"


@handles(PressItem)
async def press_item(command: PressItem, context: Context) -> AgendaItemView:
    """Mark the item. One that is decided, and waits only for the close, is pressed as well."""
    item = await locked_item(
        context,
        command.agenda_item_id,
        ItemState.PENDING,
        ItemState.ON_AGENDA,
        ItemState.DECIDED,
    )
    require_duty(context, secretaries_of(item.level) | {Duty.PROCESS})
    pressed = context.update(item, pressed_at=context.now)
    context.announce(
        AgendaItemPressed(
            agenda_item_id=item.id, level=item.level, duties=sorted(chairs_of(item.level))
        )
    )
    context.tag(pressed)
    return item_view(pressed)
