"""Record the result of an item: what enough of those entitled have voted for."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field, StringConstraints

from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.meetings import rules
from service.features.meetings.by_table import decided
from service.features.meetings.codes import Ballot, ItemKind, ItemState, MeetingState
from service.features.meetings.finding import item_at_meeting, members_at, require_duty
from service.features.meetings.people import CHAIRS, SECRETARIES, chairs_of, secretaries_of
from service.features.meetings.put_on_agenda import Changes, Choice
from service.features.meetings.tables import AgendaItem, Vote
from service.features.meetings.view import AgendaItemView, item_view

Branch = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=60)]


class RecordResult(Command[AgendaItemView]):
    """Record what the meeting came to on an item (记录议决结果).

    A decision needs a quorum of those who may vote on it (`meeting_quorum`) and, for this very
    choice, the votes that `vote_passes` asks for; by default more than half of those entitled,
    recused members left out. A report needs a quorum only. The result is final when the meeting
    is closed.
    """

    name = "meetings.record_result"
    duties = SECRETARIES | CHAIRS
    title_zh = "记录议决结果"
    title_en = "Record a result"
    refusals = (
        rules.MeetingMoved,
        rules.ItemMoved,
        rules.ChoiceUnknown,
        rules.ResultIncomplete,
        rules.QuorumMissing,
        rules.MajorityMissing,
        rules.MeetingRulesMissing,
    )
    example: ClassVar = {"result": "approve", "text": "同意。"}

    agenda_item_id: UUID
    result: Choice
    text: Annotated[Text, Field(min_length=1)]
    #: The changes as voted, where they differ from what was proposed.
    deltas: Changes | None = None
    #: What a new round is to look at again.
    round_branches: Annotated[list[Branch], Field(max_length=20, default_factory=list)]


@handles(RecordResult)
async def record_result(command: RecordResult, context: Context) -> AgendaItemView:
    meeting, item = await item_at_meeting(context, command.agenda_item_id, MeetingState.HELD)
    require_duty(context, secretaries_of(meeting.level) | chairs_of(meeting.level))
    rules.require_result(
        command.result,
        item.choices,
        has_deltas=command.deltas is not None,
        branches=command.round_branches,
    )
    count = await _counted(context, item, command.result)
    await _require_quorum(context, count, is_quorate=meeting.is_quorate is True)
    if item.kind is ItemKind.DECISION:
        await _require_majority(context, count, command.result)
    recorded = context.update(
        item,
        state=ItemState.DECIDED,
        result=command.result,
        text=command.text,
        voted_deltas=item.deltas if command.deltas is None else command.deltas,
        round_branches=command.round_branches,
        entitled=count.entitled,
        present=count.present,
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
        decided_at=context.now,
        decided_by=context.actor.id,
    )
    context.tag(recorded)
    return item_view(recorded)


@dataclass(frozen=True, slots=True)
class _Count:
    """Who may vote on an item, who of them is there, and how they voted on one choice."""

    entitled: int
    present: int
    in_favour: int
    against: int
    abstained: int


async def _counted(context: Context, item: AgendaItem, result: str) -> _Count:
    assert item.meeting_id is not None, "it is on an agenda"
    members = await members_at(context, item.meeting_id)
    taking_part = [each for each in members.values() if each.member_id not in item.recused]
    records = await context.connection.fetch(
        "SELECT * FROM vote WHERE agenda_item_id = $1 AND meeting_id = $2",
        item.id,
        item.meeting_id,
    )
    ballots = _ballots([Vote.read(record) for record in records], result)
    return _Count(
        entitled=len(taking_part),
        present=sum(each.is_present for each in taking_part),
        in_favour=ballots[Ballot.FOR],
        against=ballots[Ballot.AGAINST],
        abstained=ballots[Ballot.ABSTAIN],
    )


def _ballots(votes: Collection[Vote], result: str) -> Counter[Ballot]:
    """Votes on one choice: whoever is for another choice is against this one."""
    return Counter(
        Ballot.AGAINST if vote.ballot is Ballot.FOR and vote.choice != result else vote.ballot
        for vote in votes
    )


async def _require_quorum(context: Context, count: _Count, *, is_quorate: bool) -> None:
    """The meeting has a quorum, and so have those of it who may decide this item."""
    answer = await decided(context, "meeting_quorum", members=count.entitled, present=count.present)
    if not is_quorate or answer.output is not True:
        raise rules.QuorumMissing(
            f"Expected a quorum, but {count.present} of {count.entitled} who may vote are there.",
            f"应当达到法定人数，但有权表决的{count.entitled}人中到会{count.present}人。",
            entitled=count.entitled,
            present=count.present,
        )


async def _require_majority(context: Context, count: _Count, result: str) -> None:
    answer = await decided(
        context, "vote_passes", members=count.entitled, in_favour=count.in_favour
    )
    if answer.output is not True:
        raise rules.MajorityMissing(
            f"Expected enough votes for {result}, but {count.in_favour} of {count.entitled} "
            "entitled are for it.",
            f"“{result}”应当获得足够赞成票，但{count.entitled}名有权表决者中{count.in_favour}票赞成。",
            entitled=count.entitled,
            in_favour=count.in_favour,
        )
