"""Where meetings and agenda items are served."""

from fastapi import APIRouter

from service.core.http.mount import mount
from service.features.meetings.arrange_agenda import ArrangeAgenda
from service.features.meetings.cancel_meeting import CancelMeeting
from service.features.meetings.cast_vote import CastVote
from service.features.meetings.close_meeting import CloseMeeting
from service.features.meetings.defer_item import DeferItem
from service.features.meetings.list_agenda_items import CountAgendaItems, ListAgendaItems
from service.features.meetings.list_meetings import CountMeetings, ListMeetings
from service.features.meetings.open_meeting import OpenMeeting
from service.features.meetings.plan_meeting import PlanMeeting
from service.features.meetings.press_item import PressItem
from service.features.meetings.put_on_agenda import PutOnAgenda
from service.features.meetings.read_agenda_item import ReadAgendaItem
from service.features.meetings.read_meeting import ReadMeeting
from service.features.meetings.read_minutes import ReadMinutes
from service.features.meetings.record_result import RecordResult
from service.features.meetings.recuse_member import RecuseMember
from service.features.meetings.withdraw_items import WithdrawItems
from service.features.meetings.write_minutes import WriteMinutes

router = APIRouter()

mount(router, "GET", "/meetings", ListMeetings)
mount(router, "GET", "/meetings/count", CountMeetings)
mount(router, "GET", "/meetings/{meeting_id}", ReadMeeting)
mount(router, "GET", "/meetings/{meeting_id}/minutes", ReadMinutes)
mount(router, "POST", "/meetings", PlanMeeting)
mount(router, "PUT", "/meetings/{meeting_id}/agenda", ArrangeAgenda)
mount(router, "POST", "/meetings/{meeting_id}/open", OpenMeeting)
mount(router, "PUT", "/meetings/{meeting_id}/minutes", WriteMinutes)
mount(router, "POST", "/meetings/{meeting_id}/close", CloseMeeting)
mount(router, "POST", "/meetings/{meeting_id}/cancel", CancelMeeting)
mount(router, "GET", "/agenda-items", ListAgendaItems)
mount(router, "GET", "/agenda-items/count", CountAgendaItems)
mount(router, "GET", "/agenda-items/{agenda_item_id}", ReadAgendaItem)
mount(router, "POST", "/agenda-items", PutOnAgenda)
mount(router, "POST", "/agenda-items/withdraw", WithdrawItems)
mount(router, "POST", "/agenda-items/{agenda_item_id}/votes", CastVote)
mount(router, "POST", "/agenda-items/{agenda_item_id}/recuse", RecuseMember)
mount(router, "POST", "/agenda-items/{agenda_item_id}/result", RecordResult)
mount(router, "POST", "/agenda-items/{agenda_item_id}/defer", DeferItem)
mount(router, "POST", "/agenda-items/{agenda_item_id}/press", PressItem)
