"""Arrange the agenda of a planned meeting: which items it takes up, and in which order."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.meetings import rules
from service.features.meetings.codes import ItemState, MeetingState
from service.features.meetings.finding import locked_items, locked_meeting, require_duty
from service.features.meetings.people import SECRETARIES, secretaries_of
from service.features.meetings.tables import AgendaItem
from service.features.meetings.view import AgendaItemView, item_view

_WANTED = "SELECT * FROM agenda_item WHERE id = ANY ($1) ORDER BY id FOR UPDATE"


def _once(ids: list[UUID]) -> list[UUID]:
    if len(set(ids)) < len(ids):
        raise ValueError("expected each item once, but one stands there twice")
    return ids


class Agenda(BaseModel):
    """The items of a meeting, in their order."""

    items: list[AgendaItemView]


class ArrangeAgenda(Command[Agenda]):
    """Set the agenda of a planned meeting (编排议程): these items in this order, and no others.

    Items that were on it and are left out wait for another meeting.
    """

    name = "meetings.arrange_agenda"
    duties = SECRETARIES
    title_zh = "编排议程"
    title_en = "Arrange the agenda"
    needs_version = True
    refusals = (rules.MeetingMoved, rules.ItemMoved, rules.LevelDiffers)
    example: ClassVar = {"items": ["01900000-0000-7000-8000-000000000000"]}

    meeting_id: UUID
    items: Annotated[list[UUID], Field(max_length=100), AfterValidator(_once)]


@handles(ArrangeAgenda)
async def arrange_agenda(command: ArrangeAgenda, context: Context) -> Agenda:
    """Take off what is left out, put on what is named."""
    meeting = await locked_meeting(context, command.meeting_id, MeetingState.PLANNED)
    require_duty(context, secretaries_of(meeting.level))
    before = await locked_items(context, meeting.id)
    records = await context.connection.fetch(_WANTED, command.items)
    wanted = {record["id"]: AgendaItem.read(record) for record in records}
    if len(wanted) < len(command.items):
        raise missing("each agenda item by its id")
    for item in before:
        if item.id not in wanted:
            context.update(item, state=ItemState.PENDING, meeting_id=None, place=None)
    arranged = []
    for place, item_id in enumerate(command.items, 1):
        item = wanted[item_id]
        _require_free(item, meeting.id)
        if item.level is not meeting.level:
            raise rules.LevelDiffers(
                f"Expected items for a meeting of {meeting.level}, but {item.title} is for "
                f"{item.level}.",
                f"议题层级应当与会议一致，但“{item.title}”不一致。",
            )
        arranged.append(
            context.update(item, state=ItemState.ON_AGENDA, meeting_id=meeting.id, place=place)
        )
    context.tag(context.update(meeting))
    return Agenda(items=[item_view(item) for item in arranged])


def _require_free(item: AgendaItem, meeting_id: UUID) -> None:
    is_here = item.meeting_id == meeting_id and item.state is ItemState.ON_AGENDA
    if not is_here and item.state is not ItemState.PENDING:
        raise rules.ItemMoved(
            f"Expected an item that waits for a meeting, but {item.title} is {item.state}.",
            f"议题应当待上会，但“{item.title}”的状态为{item.state}。",
            state=item.state,
        )
