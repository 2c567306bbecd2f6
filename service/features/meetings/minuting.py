"""The minutes of a meeting as a paper: who was there, what it came to, and what was said."""

from typing import Any
from uuid import UUID

from service.core.command import Context
from service.features.documents.basis import Basis, BasisLevel
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Subject
from service.features.documents.issue_document import IssueDocument
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.set_letterhead import SIGNERS, SetLetterhead
from service.features.meetings.codes import ItemKind, MeetingLevel
from service.features.meetings.finding import members_at
from service.features.meetings.people import chairs_of
from service.features.meetings.tables import AgendaItem, Meeting, Minutes

#: On which the table `vote_passes` rests: what is decided is decided together.
_TOGETHER = Basis(level=BasisLevel.CENTRAL, title="中国共产党机构编制工作条例", article="第十五条")
_RESULTS = {
    "approve": "同意",
    "approve_with_changes": "修改后同意",
    "submit": "提交编委会审议",
    "re_study": "再研究",
    "not_support": "不予支持",
    "defer": "暂缓",
    "reject": "不予批准",
    "noted": "已听取",
}
_RELEASE = "SELECT release_id FROM decision_evaluation WHERE id = $1"
_LETTERHEAD = "SELECT EXISTS (SELECT FROM letterhead WHERE series = $1)"


async def issued_minutes(
    context: Context, meeting: Meeting, minutes: Minutes, items: list[AgendaItem]
) -> UUID:
    """Issue the minutes in the series that they name, signed by whoever closes the meeting.

    A series that numbered nothing so far becomes the letterhead of the issuer that they name.
    The number is taken last.

    Returns:
        The id of the document.
    """
    assert minutes.series is not None, "or they name a document"
    assert minutes.issuer is not None, "as above"
    if not await context.connection.fetchval(_LETTERHEAD, minutes.series):
        head = {"series": minutes.series, "issuer": minutes.issuer}
        await context.order(SetLetterhead.model_validate(head | {"signers": _signers(meeting)}))
    draft = await context.order(
        DraftDocument(
            kind=PaperKind.MINUTES,
            title=f"{meeting.title}纪要（第{meeting.number}次）",
            series=minutes.series,
            data=await _data(context, meeting, minutes, items),
            basis=[_TOGETHER],
            release_id=await context.connection.fetchval(_RELEASE, meeting.quorum_evaluation_id),
            drafted_by=minutes.written_by,
            subject=Subject(type="meeting", id=meeting.id),
        )
    )
    paper = await context.order(IssueDocument(draft_id=draft.id, signed_by=context.actor.id))
    return paper.id


def _signers(meeting: Meeting) -> list[str]:
    """Duties that sign in the series: those that chair the level and sign papers here."""
    return sorted(chairs_of(MeetingLevel(meeting.level)) & SIGNERS)


async def _data(
    context: Context, meeting: Meeting, minutes: Minutes, items: list[AgendaItem]
) -> dict[str, Any]:
    members = sorted((await members_at(context, meeting.id)).values(), key=lambda m: m.name)
    assert meeting.held_on is not None, "it was opened"
    return {
        "meeting": meeting.title,
        "held_on": meeting.held_on.isoformat(),
        "chair": next(each.name for each in members if each.member_id == meeting.chair_id),
        "present": [each.name for each in members if each.is_present],
        "absent": [each.name for each in members if not each.is_present],
        "resolutions": [
            _resolution(each) for each in sorted(items, key=lambda item: item.place or 0)
        ],
        "text": minutes.text,
    }


def _resolution(item: AgendaItem) -> dict[str, Any]:
    said = {
        "item": item.title,
        "result": _RESULTS.get(item.result or "", item.result),
        "decision": item.text or "",
    }
    if item.kind is ItemKind.REPORT:
        return said
    return said | {
        "votes_for": item.in_favour,
        "votes_against": item.against,
        "abstentions": item.abstained,
    }
