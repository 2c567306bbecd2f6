"""Cast a vote: one a member and item, changeable until the item is decided."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.meetings import rules
from service.features.meetings.codes import Ballot, ItemKind, MeetingLevel, MeetingState
from service.features.meetings.finding import item_at_meeting, members_at, require_duty
from service.features.meetings.people import READERS, secretaries_of
from service.features.meetings.put_on_agenda import Choice
from service.features.meetings.tables import AgendaItem, Vote
from service.features.meetings.view import VoteView, vote_view


class CastVote(Command[VoteView]):
    """Vote on an item of a meeting that is being held (表决).

    A vote in favour is for one of the item's choices, by default the proposed one. Members vote
    for themselves; of a show of hands the secretary enters the votes with `member_id`, but
    changes none that a member has cast.
    """

    name = "meetings.cast_vote"
    duties = READERS
    title_zh = "表决"
    title_en = "Cast a vote"
    refusals = (
        rules.MeetingMoved,
        rules.ItemMoved,
        rules.NotMember,
        rules.MemberRecused,
        rules.ChoiceUnknown,
        rules.VoteOwn,
    )
    example: ClassVar = {"ballot": "FOR", "choice": "approve"}

    agenda_item_id: UUID
    ballot: Ballot
    choice: Choice | None = None
    member_id: UUID | None = None


@handles(CastVote)
async def cast_vote(command: CastVote, context: Context) -> VoteView:
    """Insert the vote, or change the member's earlier one."""
    meeting, item = await item_at_meeting(context, command.agenda_item_id, MeetingState.HELD)
    member_id = _voter(command, context, meeting.level)
    member = (await members_at(context, meeting.id)).get(member_id)
    rules.require_taking_part(
        member_id,
        member.name if member else None,
        is_present=member is not None and member.is_present,
        recused=item.recused,
    )
    assert member is not None, "just required"
    before = await _earlier(context, item, member_id)
    if before is not None:
        _require_changeable(before, context)
    vote = Vote(
        agenda_item_id=item.id,
        meeting_id=meeting.id,
        member_id=member_id,
        ballot=command.ballot,
        choice=_choice(command, item),
        cast_at=context.now,
        cast_by=context.actor.id,
    )
    if before is None:
        context.insert(vote)
    else:
        context.update(
            before, **vote.model_dump(include={"ballot", "choice", "cast_at", "cast_by"})
        )
    return vote_view(vote, member.name, member.actor_id)


def _voter(command: CastVote, context: Context, level: MeetingLevel) -> UUID:
    """For whom it is: the actor, or whom the secretary names."""
    if command.member_id is not None and command.member_id != context.actor.id:
        require_duty(context, secretaries_of(level))
        return command.member_id
    assert context.actor.id is not None, "the process does not vote"
    return context.actor.id


def _choice(command: CastVote, item: AgendaItem) -> str | None:
    if item.kind is not ItemKind.DECISION:
        raise rules.ItemMoved(
            f"Expected an item to decide, but {item.title} is only reported.",
            f"应当为议决事项，但“{item.title}”仅作通报。",
            state=item.kind,
        )
    if command.ballot is not Ballot.FOR:
        return None
    choice = command.choice or item.choices[0]
    rules.require_choice(choice, item.choices)
    return choice


async def _earlier(context: Context, item: AgendaItem, member_id: UUID) -> Vote | None:
    record = await context.connection.fetchrow(
        """SELECT * FROM vote WHERE agenda_item_id = $1 AND meeting_id = $2 AND member_id = $3""",
        item.id,
        item.meeting_id,
        member_id,
    )
    return None if record is None else Vote.read(record)


def _require_changeable(before: Vote, context: Context) -> None:
    is_own = before.cast_by == before.member_id
    if is_own and context.actor.id != before.member_id:
        raise rules.VoteOwn(
            "Expected the member to change a vote that the member cast, but somebody else did.",
            "成员本人投出的票应当由本人更改，但由他人提交。",
        )
