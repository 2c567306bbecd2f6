"""Defer an item: it waits for another meeting of its level."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.meetings import rules
from service.features.meetings.codes import ItemState, MeetingState
from service.features.meetings.finding import item_at_meeting, require_duty
from service.features.meetings.people import CHAIRS, SECRETARIES, chairs_of, secretaries_of
from service.features.meetings.view import AgendaItemView, item_view


class DeferItem(Command[AgendaItemView]):
    """Take an undecided item off the agenda, with a reason (延期上会); it waits again.

    Votes that were cast stay on record with this meeting and count at no other.
    """

    name = "meetings.defer_item"
    duties = SECRETARIES | CHAIRS
    title_zh = "延期上会"
    title_en = "Defer an item"
    refusals = (rules.MeetingMoved, rules.ItemMoved)
    example: ClassVar = {"reason": "材料需补充说明"}

    agenda_item_id: UUID
    reason: Annotated[Text, Field(min_length=1)]


class AgendaItemDeferred(Event):
    """An item waits for another meeting."""

    type: ClassVar[str] = "meetings.agenda_item_deferred"
    title_zh = "议题已延期"
    title_en = "Agenda item deferred"

    agenda_item_id: UUID
    meeting_id: UUID
    deferrals: int

    def subject(self) -> str:
        return f"agenda_item/{self.agenda_item_id}"


@handles(DeferItem)
async def defer_item(command: DeferItem, context: Context) -> AgendaItemView:
    meeting, item = await item_at_meeting(
        context, command.agenda_item_id, MeetingState.PLANNED, MeetingState.HELD
    )
    require_duty(context, secretaries_of(meeting.level) | chairs_of(meeting.level))
    deferred = context.update(
        item,
        state=ItemState.PENDING,
        meeting_id=None,
        place=None,
        deferrals=item.deferrals + 1,
        reason=command.reason,
    )
    context.announce(
        AgendaItemDeferred(
            agenda_item_id=item.id, meeting_id=meeting.id, deferrals=deferred.deferrals
        )
    )
    context.tag(deferred)
    return item_view(deferred)
