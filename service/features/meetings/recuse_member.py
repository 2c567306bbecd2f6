"""Recuse a member from one item: whom the matter concerns takes no part in it."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.meetings import rules
from service.features.meetings.codes import MeetingState
from service.features.meetings.finding import item_at_meeting, members_at, require_duty
from service.features.meetings.people import READERS, secretaries_of
from service.features.meetings.tables import VoteGone
from service.features.meetings.view import AgendaItemView, item_view


class RecuseMember(Command[AgendaItemView]):
    """Recuse a member from an item (回避): by the member, or by the secretary.

    A vote cast before is taken out. For this item the member counts neither as entitled nor as
    present.
    """

    name = "meetings.recuse_member"
    duties = READERS
    title_zh = "回避"
    title_en = "Recuse a member"
    refusals = (rules.MeetingMoved, rules.ItemMoved, rules.NotMember)
    example: ClassVar = {"member_id": "01900000-0000-7000-8000-000000000000"}

    agenda_item_id: UUID
    member_id: UUID


@handles(RecuseMember)
async def recuse_member(command: RecuseMember, context: Context) -> AgendaItemView:
    meeting, item = await item_at_meeting(
        context, command.agenda_item_id, MeetingState.PLANNED, MeetingState.HELD
    )
    if command.member_id != context.actor.id:
        require_duty(context, secretaries_of(meeting.level))
    member = (await members_at(context, meeting.id)).get(command.member_id)
    if member is None:
        raise rules.NotMember(
            "Expected a member of the meeting, but this is none.", "应当为会议成员，但并非成员。"
        )
    if command.member_id not in item.recused:
        item = context.update(item, recused=[*item.recused, command.member_id])
        gone = VoteGone(agenda_item_id=item.id, meeting_id=meeting.id, member_id=command.member_id)
        context.remove(gone)
    context.tag(item)
    return item_view(item)
