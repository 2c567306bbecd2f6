"""Take a matter to a meeting: it is deliberated from now on."""

from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.matters import rules
from service.features.matters.clocks import Stop, stop
from service.features.matters.codes import Authority, Level, Stage, State
from service.features.matters.finding import locked_matter
from service.features.matters.superior import require_prior
from service.features.meetings.by_table import decided

_OPEN = tuple(
    state
    for state in State
    if state
    not in (
        State.DRAFT,
        State.SUPPLEMENT,
        State.SUSPENDED_BY_GATE,
        State.AT_SUPERIOR,
        State.ISSUED,
        State.EXPLAINING,
        State.CLOSED,
    )
)


class MatterTaken(BaseModel):
    """What the meeting is asked: the changes as they stand."""

    deltas: list[dict[str, Any]]
    deltas_number: int


class TakeToMeeting(Command[MatterTaken]):
    """Take a matter to a meeting (提请会议审议): the changes as they stand are what it is asked.

    The commission does not vote on what the superior decides before the superior was spoken to
    (I23). The office's clock stands still where the table `meeting_days` says so of this level,
    until the result is recorded.
    """

    name = "matters.take_to_meeting"
    duties = frozenset({Duty.PROCESS})
    title_zh = "提请会议审议"
    title_en = "Take a matter to a meeting"
    refusals = (rules.MatterMoved, rules.AboveAuthority, rules.PriorCommunicationRequired)

    matter_id: UUID
    level: Level


@handles(TakeToMeeting)
async def take_to_meeting(command: TakeToMeeting, context: Context) -> MatterTaken:
    matter = await locked_matter(context, command.matter_id, *_OPEN)
    if command.level is not Level.OFFICE and matter.final_authority is Authority.NOT_LOCAL:
        raise rules.AboveAuthority(
            "Expected a matter that is decided here, but it is not the city's to decide.",
            "应当为本级可以审议的事项，但不属于本级权限。",
            final_authority=matter.final_authority,
        )
    if command.level is Level.COMMISSION:
        await require_prior(context, matter)
    days = await decided(context, "meeting_days", level=command.level.value)
    if days.output["stops_clock"]:
        await stop(context, matter, Stop.MEETING)
    taken = context.update(matter, stage=Stage.DELIBERATION, state=State.IN_DELIBERATION)
    return MatterTaken(deltas=taken.deltas, deltas_number=taken.deltas_number)
