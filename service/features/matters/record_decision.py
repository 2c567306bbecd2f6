"""Record a decision: what a meeting came to about a matter, on its minutes."""

from typing import Any, ClassVar
from uuid import UUID

from asyncpg import Record

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.authority import require_level
from service.features.matters.clocks import Stop, go_on
from service.features.matters.codes import Level, Origin, Result, Stage, State
from service.features.matters.deltas import read, stored
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.superior import (
    has_prior,
    is_as_ordered,
    is_replied,
    require_prior,
)
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of

_OPEN = tuple(state for state in State if state not in (State.DRAFT, State.ISSUED, State.CLOSED))
_ITEM = """
SELECT i.level, i.subject_id, i.state, i.result, i.voted_deltas, m.state AS meeting_state,
       m.is_quorate, m.held_on, x.document_id
FROM agenda_item i LEFT JOIN meeting m ON m.id = i.meeting_id
LEFT JOIN minutes x ON x.meeting_id = m.id WHERE i.id = $1
"""


class DecisionRecorded(MatterView):
    """The matter after the meeting, and what the superior has said of it so far."""

    #: The superior was spoken to beforehand, or ordered it.
    has_prior: bool
    #: The superior has agreed to exactly these changes, by a reply or by its order.
    is_replied: bool


class RecordDecision(Command[DecisionRecorded]):
    """Record what a meeting came to about a matter (记录审议结果).

    The meeting is closed, had its quorum and has its minutes (I5). Nobody approves what only a
    higher level approves (I4), and the party committee only what the commission has approved.
    The commission's vote on what the superior decides counts only after prior communication
    (I23). Changes that the meeting made are a version of their own.
    """

    name = "matters.record_decision"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录审议结果"
    title_en = "Record a decision"
    refusals = (
        rules.MatterMoved,
        rules.MinutesRequired,
        rules.AboveAuthority,
        rules.PriorCommunicationRequired,
    )

    matter_id: UUID
    agenda_item_id: UUID


class MatterDecided(Event):
    """A meeting has come to something about a matter."""

    type: ClassVar[str] = "matters.decided"
    title_zh = "事项已审议"
    title_en = "Matter decided"

    matter_id: UUID
    level: Level
    result: Result
    minutes_document_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(RecordDecision)
async def record_decision(command: RecordDecision, context: Context) -> DecisionRecorded:
    """Take the result from the meeting itself: nobody can tell another one."""
    matter = await locked_matter(context, command.matter_id, *_OPEN)
    item = await context.connection.fetchrow(_ITEM, command.agenda_item_id)
    if item is None or item["subject_id"] not in (str(matter.id), matter.number):
        raise missing("an agenda item about this matter")
    _require_minuted(item)
    level, result = Level(item["level"]), Result(item["result"])
    await _require_in_order(context, matter, level, result)
    decided = context.update(
        matter,
        **await _as_voted(context, matter, item),
        stage=Stage.DELIBERATION,
        state=State.DECIDED if result.is_approval else State.IN_DELIBERATION,
        result=result,
        decided_by=level,
        decided_on=item["held_on"],
        agenda_item_id=command.agenda_item_id,
        decision_minutes_id=item["document_id"],
    )
    await go_on(context, decided, Stop.MEETING, item["document_id"])
    context.announce(
        MatterDecided(
            matter_id=decided.id,
            level=level,
            result=result,
            minutes_document_id=item["document_id"],
        )
    )
    return DecisionRecorded(
        **view_of(decided).model_dump(),
        has_prior=await has_prior(context, decided),
        is_replied=is_replied(decided),
    )


async def _require_in_order(context: Context, matter: Matter, level: Level, result: Result) -> None:
    """Refuse a vote before what has to come first.

    Raises:
        AboveAuthority: It approves above its level.
        PriorCommunicationRequired: The superior was not spoken to before the commission voted.
        MatterMoved: The party committee votes on what the commission has not approved.
    """
    if result.is_approval:
        require_level(matter, level)
    if level is Level.COMMISSION:
        await require_prior(context, matter)
    is_through = matter.decided_by in (Level.COMMISSION, Level.PARTY_COMMITTEE)
    has_approved = matter.result is not None and matter.result.is_approval
    if level is Level.PARTY_COMMITTEE and not (is_through and has_approved):
        raise rules.MatterMoved(
            "Expected the commission's approval before the party committee's vote, "
            "but there is none.",
            "市委审议前应当由编委会审议同意，但没有。",
            decided_by=matter.decided_by,
            result=matter.result,
        )


async def _as_voted(context: Context, matter: Matter, item: Record) -> dict[str, Any]:
    """The changes as voted where they differ; else whether the superior has ordered them so."""
    voted = read(item["voted_deltas"])
    if voted and stored(voted) != matter.deltas:
        return renewed(context, matter, voted, Origin.VOTED)
    if await is_as_ordered(context, matter):
        return {"replied_number": matter.deltas_number}
    return {}


def _require_minuted(item: Record) -> None:
    """Refuse a result without a closed meeting, its quorum and its minutes (I5).

    Raises:
        MinutesRequired: One of them is missing.
    """
    is_closed = item["state"] == "DECIDED" and item["meeting_state"] == "CLOSED"
    if not is_closed or item["is_quorate"] is not True or item["document_id"] is None:
        raise rules.MinutesRequired(
            "Expected a result of a closed meeting with a quorum and minutes, but it is not.",
            "应当为达到法定人数、已闭会并有会议纪要的议决结果，但不是。",
        )
