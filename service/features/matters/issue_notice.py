"""Issue a notice: an applicant is told in writing what became of its request."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.calendar.stored import stored_calendar
from service.features.documents.basis import Basis
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.issue_document import IssueDocument
from service.features.guides.in_force import materials_on
from service.features.matters import rules
from service.features.matters.clocks import Stop, stop
from service.features.matters.codes import Stage, State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.notice_events import event_of
from service.features.matters.notices import Around, NoticeContent, NoticeKind, data_of
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter

#: Neither a draft nor explained, issued or closed already.
_TELLABLE = tuple(
    state
    for state in State
    if state not in (State.DRAFT, State.EXPLAINING, State.ISSUED, State.CLOSED)
)
_AROUND = """
SELECT i.release_id, (SELECT m.title FROM agenda_item a JOIN meeting m ON m.id = a.meeting_id
                      WHERE a.id = x.agenda_item_id) AS meeting
FROM matter x JOIN instance i ON i.id = x.instance_id WHERE x.id = $1
"""


class NoticeIssued(BaseModel):
    """The paper that went out."""

    document_id: UUID
    code: str


class IssueNotice(Command[NoticeIssued]):
    """Tell the applicant in writing what became of its request (发出受理、补正或反馈文书).

    A receipt admits the matter; a supplement notice stops the office's clock and is sent once in
    a run of the case; the other kinds say why it is not done as asked, on what rule, what would
    change that and what could be done instead. What a meeting came to names the meeting.
    """

    name = "matters.issue_notice"
    duties = frozenset({Duty.PROCESS})
    title_zh = "发出受理、补正或反馈文书"
    title_en = "Issue a notice"
    refusals = (rules.MatterMoved, rules.SupplementedAlready)

    matter_id: UUID
    kind: NoticeKind
    content: NoticeContent
    basis: Annotated[list[Basis], Field(min_length=1, max_length=30)]
    series: Series
    signed_by: UUID
    #: Who wrote it: whoever did does not sign it.
    written_by: UUID | None = None
    #: Working days until it is to be made complete, or decided; null for no time.
    days: Annotated[int | None, Field(ge=1, le=250)] = None


@handles(IssueNotice)
async def issue_notice(command: IssueNotice, context: Context) -> NoticeIssued:
    """Move the matter, then write, number and keep the paper."""
    matter = await locked_matter(context, command.matter_id, *_TELLABLE)
    _require_in_turn(command, matter)
    if command.kind is NoticeKind.SUPPLEMENT:
        await stop(context, matter, Stop.SUPPLEMENT)
    told = context.update(matter, **_moved(command, context))
    paper = await _issued(command, context, told)
    await keep(
        context,
        told,
        RecordKind.EXPLANATION if command.kind.is_end else RecordKind.NOTICE,
        command.model_dump(mode="json", include={"kind", "content", "basis"}),
        by=command.written_by or command.signed_by,
        document_id=paper.document_id,
    )
    context.announce(event_of(command.kind, told, paper.document_id, paper.code))
    return paper


def _require_in_turn(command: IssueNotice, matter: Matter) -> None:
    """Refuse a notice that does not follow from where the matter stands.

    Raises:
        SupplementedAlready: It was sent back for missing papers before.
        MatterMoved: It does not lie with the intake, or no meeting came to it.
    """
    if command.kind is NoticeKind.SUPPLEMENT and matter.supplement_rounds:
        raise rules.SupplementedAlready(
            "Expected a matter that was not sent back for papers yet, but it was, and once is all.",
            "补正只限一次，但已要求过补正。",
        )
    is_at_intake = matter.state is State.SUBMITTED
    if (command.kind.is_end or is_at_intake) and (
        not command.kind.is_decided or matter.agenda_item_id is not None
    ):
        return
    raise rules.MatterMoved(
        f"Expected a matter about which {command.kind} can be told, but it is {matter.state}.",
        "事项当前状态不能发出该文书。",
        state=matter.state,
    )


def _moved(command: IssueNotice, context: Context) -> dict[str, Any]:
    """The columns that say where the matter stands once the applicant is told."""
    match command.kind:
        case NoticeKind.RECEIPT:
            return {
                "state": State.ADMITTED,
                "stage": Stage.APPRAISAL,
                "admitted_at": context.now,
                "intake_by": command.signed_by,
            }
        case NoticeKind.SUPPLEMENT:
            return {"state": State.SUPPLEMENT, "supplement_rounds": 1}
        case _:
            return {
                "state": State.EXPLAINING,
                "suspended_from": None,
                "explained_on": context.today,
                "explanation_signed_by": command.signed_by,
                "received_on": None,
            }


async def _issued(command: IssueNotice, context: Context, matter: Matter) -> NoticeIssued:
    """The paper, written under the release that the case follows, signed and numbered."""
    found = await context.connection.fetchrow(_AROUND, matter.id)
    assert found is not None, "a matter that was filed has its case"
    due_on = None
    if command.days:
        due_on = (await stored_calendar(context.connection)).add(context.today, command.days)
    about = Around(
        guide=await materials_on(context.connection, matter.type, context.today),
        meeting=found["meeting"],
        today=context.today,
        due_on=due_on,
    )
    draft = await context.order(
        DraftDocument(
            kind=command.kind.paper,
            title=f"{command.kind.paper.zh}：{matter.title}"[:120],
            series=command.series,
            data=data_of(command.kind, matter, command.content, about),
            basis=command.basis,
            release_id=found["release_id"],
            drafted_by=command.written_by,
            subject=Subject(type="matter", id=matter.id),
            body_id=matter.body_id,
        )
    )
    paper = await context.order(IssueDocument(draft_id=draft.id, signed_by=command.signed_by))
    return NoticeIssued(document_id=paper.id, code=paper.code)
