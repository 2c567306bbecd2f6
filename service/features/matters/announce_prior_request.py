"""Announce a prior request: a unit asks the office for its view before it writes anything."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.view import MatterView, view_of


class AnnouncePriorRequest(Command[MatterView]):
    """Tell the office that a unit asks for its view (请求事前沟通); it binds nobody."""

    name = "matters.announce_prior_request"
    duties = frozenset({Duty.PROCESS})
    title_zh = "请求事前沟通"
    title_en = "Announce a prior request"
    refusals = (rules.MatterMoved,)

    matter_id: UUID


class PriorCommunicationRequested(Event):
    """A unit asks for the office's view before it writes its request."""

    type: ClassVar[str] = "matters.prior_communication_requested"
    title_zh = "单位请求事前沟通"
    title_en = "Prior communication requested"

    matter_id: UUID
    body_id: UUID
    matter_type: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(AnnouncePriorRequest)
async def announce_prior_request(command: AnnouncePriorRequest, context: Context) -> MatterView:
    matter = await locked_matter(context, command.matter_id, State.DRAFT)
    context.announce(
        PriorCommunicationRequested(
            matter_id=matter.id, body_id=matter.body_id, matter_type=matter.type
        )
    )
    return view_of(matter)
