"""What meetings refuse."""

from collections.abc import Collection, Sequence
from uuid import UUID

from service.core.errors import Conflict, NotAllowed, RuleBroken


class MeetingMoved(Conflict):
    """The meeting is not in the state that the change needs."""

    code = "meeting_moved"
    title_zh = "会议状态不符"
    title_en = "Meeting moved on"


class ItemMoved(Conflict):
    """The agenda item is not in the state that the change needs."""

    code = "agenda_item_moved"
    title_zh = "议题状态不符"
    title_en = "Agenda item moved on"


class MembersMissing(RuleBroken):
    """A meeting needs members who are entitled to vote, each known and each once."""

    code = "meeting_members_missing"
    title_zh = "会议成员不明"
    title_en = "Members missing"


class LevelDiffers(RuleBroken):
    """An item is decided at its own level, on a meeting of that level."""

    code = "meeting_level_differs"
    title_zh = "会议层级不符"
    title_en = "Level differs"
    rule = "I4"


class NotMember(RuleBroken):
    """Only members who are entitled and present take part."""

    code = "not_present_member"
    title_zh = "非到会成员"
    title_en = "Not a member present"


class MemberRecused(RuleBroken):
    """A member whom the matter concerns takes no part in it (回避)."""

    code = "member_recused"
    title_zh = "应当回避"
    title_en = "Recused"


class QuorumMissing(RuleBroken):
    """Too few of those entitled are there; nothing can be decided (meeting_quorum)."""

    code = "quorum_missing"
    title_zh = "未达到法定人数"
    title_en = "No quorum"
    rule = "I5"


class MajorityMissing(RuleBroken):
    """The result has not the votes that the table in force asks for (vote_passes)."""

    code = "majority_missing"
    title_zh = "未获通过票数"
    title_en = "No majority"
    rule = "I5"


class ChoiceUnknown(RuleBroken):
    """The item leaves other choices than this one."""

    code = "agenda_choice_unknown"
    title_zh = "不在可选结论之内"
    title_en = "Not among the choices"


class ResultIncomplete(RuleBroken):
    """Changes belong to an approval with changes, branches to a re-study."""

    code = "result_incomplete"
    title_zh = "结论内容不全"
    title_en = "Result incomplete"


class ItemsOpen(RuleBroken):
    """Each item of a meeting is decided, deferred or withdrawn before it is closed."""

    code = "meeting_items_open"
    title_zh = "尚有议题未议决"
    title_en = "Items open"


class ItemsDecided(Conflict):
    """What a meeting has decided it does not undo by being cancelled."""

    code = "meeting_items_decided"
    title_zh = "已有议题议决"
    title_en = "Items decided"


class MinutesMissing(RuleBroken):
    """No result is final without the minutes of the deciding meeting (I5)."""

    code = "minutes_missing"
    title_zh = "缺少会议纪要"
    title_en = "Minutes missing"
    rule = "I5"


class MinutesWriterCloses(RuleBroken):
    """Whoever wrote the minutes does not close the meeting on them: a second person does."""

    code = "minutes_writer_closes"
    title_zh = "纪要起草人不得审签"
    title_en = "Minutes by the same person"


class VoterAbsent(Conflict):
    """A member who has voted cannot be entered as absent."""

    code = "voter_entered_absent"
    title_zh = "已表决成员不得记为缺席"
    title_en = "Voter entered as absent"


class VoteOwn(Conflict):
    """A vote that a member cast is changed by that member only."""

    code = "vote_cast_by_member"
    title_zh = "成员本人已表决"
    title_en = "Cast by the member"


class MeetingRulesMissing(Conflict):
    """The tables of meetings are not in force: nobody can tell what a quorum is."""

    code = "meeting_rules_missing"
    is_lasting = False
    title_zh = "会议规则未生效"
    title_en = "Meeting rules not in force"


_WITH_CHANGES = "approve_with_changes"
#: The meeting hands on what it has changed beyond its own authority.
_SUBMIT = "submit"
_ANEW = "re_study"


def require_result(
    result: str, choices: Sequence[str], *, has_deltas: bool, branches: Sequence[str]
) -> None:
    """Refuse a result that the item does not leave, or one that says too little or too much.

    Args:
        has_deltas: Whether the meeting changed what was proposed.
        branches: What a new round is to look at again.

    Raises:
        ChoiceUnknown, ResultIncomplete: See there.
    """
    require_choice(result, choices)
    may_change = result in (_WITH_CHANGES, _SUBMIT)
    if (has_deltas and not may_change) or (not has_deltas and result == _WITH_CHANGES):
        raise ResultIncomplete(
            f"Expected the voted changes with {_WITH_CHANGES}, possibly with {_SUBMIT}, and else "
            f"none, but {result} has {'some' if has_deltas else 'none'}.",
            "有修改地通过应当写明修改内容（提交上会时可以写明），其他结论不得附修改内容。",
        )
    if (result == _ANEW) != bool(branches):
        raise ResultIncomplete(
            f"Expected the branches of the new round with {_ANEW} and only then, but {result} "
            f"has {len(branches)}.",
            "应当在且仅在“再研究”时写明重新办理的环节。",
        )


def require_choice(choice: str, choices: Sequence[str]) -> None:
    """Refuse with `ChoiceUnknown` what is not among an item's choices."""
    if choice not in choices:
        raise ChoiceUnknown(
            f"Expected one of {', '.join(choices)}, but it is {choice}.",
            f"应当为以下结论之一：{'、'.join(choices)}，但为{choice}。",
            choices=list(choices),
        )


def require_taking_part(
    member_id: UUID, name: str | None, *, is_present: bool, recused: Collection[UUID]
) -> None:
    """Refuse whoever may not vote on an item.

    Args:
        name: Of the member; None for somebody who is none.

    Raises:
        NotMember, MemberRecused: See there.
    """
    if name is None or not is_present:
        raise NotMember(
            "Expected a member who is present, but this is none.",
            "应当为到会成员，但并非到会成员。",
        )
    if member_id in recused:
        raise MemberRecused(
            f"Expected a member without an interest, but {name} is recused from this item.",
            f"应当与议题无利害关系，但{name}应当回避。",
        )


def not_secretary(duties: Collection[str], name: str) -> NotAllowed:
    """The refusal for whoever has a duty in meetings, but not one for this level."""
    listed = ", ".join(sorted(duties))
    return NotAllowed(
        f"Expected one of the duties {listed} over the whole city, but {name} holds none of them.",
        f"应当具有以下全市范围的职责之一：{listed}，但{name}均不具有。",
    )
