"""Request an opinion: another body is asked what it says to a matter."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.calendar.stored import stored_calendar
from service.features.matters import rules
from service.features.matters.finding import locked_matter
from service.features.matters.opinion_tables import OpinionRequest
from service.features.matters.record_gate import OPEN

Days = Annotated[int, Field(ge=1, le=250)]


class OpinionRequested(BaseModel):
    """The request, to be answered under this id."""

    opinion_request_id: UUID
    due: date


class RequestOpinion(Command[OpinionRequested]):
    """Ask a body for its opinion on a matter as it stands (征求意见), within so many working days.

    The body reads what it is asked, and nothing else of the matter.
    """

    name = "matters.request_opinion"
    duties = frozenset({Duty.PROCESS})
    title_zh = "征求意见"
    title_en = "Request an opinion"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    body_id: UUID
    #: What it is asked beside the changes themselves.
    questions: Text = ""
    days: Days = 5


class MatterOpinionRequested(Event):
    """A body is asked for its opinion."""

    type: ClassVar[str] = "matters.opinion_requested"
    title_zh = "已征求意见"
    title_en = "Opinion requested"

    matter_id: UUID
    opinion_request_id: UUID
    body_id: UUID
    due: date

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(RequestOpinion)
async def request_opinion(command: RequestOpinion, context: Context) -> OpinionRequested:
    """Keep which version of the changes the body is asked about."""
    matter = await locked_matter(context, command.matter_id, *OPEN)
    known = "SELECT EXISTS (SELECT FROM body WHERE id = $1)"
    if not await context.connection.fetchval(known, command.body_id):
        raise missing("a body with this id")
    calendar = await stored_calendar(context.connection)
    request = context.insert(
        OpinionRequest(
            id=new_id(),
            matter_id=matter.id,
            body_id=command.body_id,
            deltas_number=matter.deltas_number,
            questions=command.questions,
            asked_at=context.now,
            due=calendar.add(context.today, command.days),
        )
    )
    context.announce(
        MatterOpinionRequested(
            matter_id=matter.id,
            opinion_request_id=request.id,
            body_id=request.body_id,
            due=request.due,
        )
    )
    return OpinionRequested(opinion_request_id=request.id, due=request.due)
