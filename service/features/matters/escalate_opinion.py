"""Escalate an opinion: a body's officer has not answered, its leader is asked."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.calendar.stored import stored_calendar
from service.features.matters import rules
from service.features.matters.opinions import open_request
from service.features.matters.request_opinion import Days, OpinionRequested


class EscalateOpinion(Command[OpinionRequested]):
    """Ask the leader of a body that has not answered (转主要负责人), in so many working days."""

    name = "matters.escalate_opinion"
    duties = frozenset({Duty.PROCESS})
    title_zh = "转主要负责人"
    title_en = "Escalate an opinion"
    refusals = (rules.OpinionAnswered,)

    opinion_request_id: UUID
    days: Days = 3


@handles(EscalateOpinion)
async def escalate_opinion(command: EscalateOpinion, context: Context) -> OpinionRequested:
    request, _ = await open_request(context, command.opinion_request_id)
    calendar = await stored_calendar(context.connection)
    due = calendar.add(context.today, command.days)
    context.update(request, escalated_at=context.now, due=due)
    return OpinionRequested(opinion_request_id=request.id, due=due)
