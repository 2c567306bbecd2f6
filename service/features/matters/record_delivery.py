"""Record a delivery: the applicant has its explanation, or is taken to have it."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.record_kinds import RecordKind
from service.features.matters.view import MatterView, view_of


class RecordDelivery(Command[MatterView]):
    """Record that the applicant has its explanation (记录送达); objections count from this day.

    Signed for, or taken as delivered when the time for it is over.
    """

    name = "matters.record_delivery"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录送达"
    title_en = "Record a delivery"
    refusals = (rules.MatterMoved,)

    matter_id: UUID
    is_acknowledged: bool
    #: Who signed for it.
    by: UUID | None = None


class FeedbackReceived(Event):
    """An applicant knows why its matter is not done as asked."""

    type: ClassVar[str] = "matters.feedback_received"
    title_zh = "反馈说明已送达"
    title_en = "Feedback received"

    matter_id: UUID
    body_id: UUID
    is_acknowledged: bool

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(RecordDelivery)
async def record_delivery(command: RecordDelivery, context: Context) -> MatterView:
    matter = await locked_matter(context, command.matter_id, State.EXPLAINING)
    received = context.update(matter, received_on=context.today)
    told = {"is_acknowledged": command.is_acknowledged, "received_on": context.today.isoformat()}
    await keep(context, received, RecordKind.DELIVERY, told, by=command.by)
    context.announce(
        FeedbackReceived(
            matter_id=received.id,
            body_id=received.body_id,
            is_acknowledged=command.is_acknowledged,
        )
    )
    return view_of(received)
