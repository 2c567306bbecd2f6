"""Send an upward request: what the superior decides goes to it, signed and numbered."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from asyncpg import Record
from pydantic import Field, StringConstraints

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.documents.basis import Basis, BasisLevel, is_departmental_only
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.issue_document import IssueDocument
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.rules import DocumentMissing
from service.features.documents.setting import code_of
from service.features.matters import rules
from service.features.matters.clocks import Stop, stop
from service.features.matters.codes import Authority, Level, State
from service.features.matters.deltas import read
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.record_kinds import RecordKind
from service.features.matters.superior import require_prior
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of
from service.features.matters.wording import worded

#: Why it goes up at all: nobody decides above the own authority.
_AUTHORITY = Basis(level=BasisLevel.CENTRAL, title="中国共产党机构编制工作条例", article="第十四条")
_ABOUT = """
SELECT g.title AS meeting, g.held_on, d.series, d.year, d.number, i.release_id,
       (SELECT content FROM matter_record WHERE matter_id = x.id
        AND kind = 'PRIOR_COMMUNICATION' ORDER BY id DESC LIMIT 1) AS prior
FROM matter x JOIN document d ON d.id = x.decision_minutes_id
JOIN agenda_item a ON a.id = x.agenda_item_id JOIN meeting g ON g.id = a.meeting_id
JOIN instance i ON i.id = x.instance_id WHERE x.id = $1
"""
_VIEWS = {"SUPPORTS": "支持", "OBJECTS": "不支持", "NONE_GIVEN": "未表态"}
_TITLES = "SELECT id, title FROM document WHERE id = ANY ($1)"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000)]


class SendUpwardRequest(Command[MatterView]):
    """Send a matter to the superior (上报请示): the paper is issued, and the office waits.

    The commission has approved it, the party committee where it goes by that, and the superior
    was spoken to before (I23). The paper says what was decided, change by change; `text` are the
    reasons. Sent again after a return, it waits for a new reply.
    """

    name = "matters.send_upward_request"
    duties = frozenset({Duty.PROCESS})
    title_zh = "上报请示"
    title_en = "Send an upward request"
    refusals = (
        rules.MatterMoved,
        rules.MinutesRequired,
        rules.PriorCommunicationRequired,
        DocumentMissing,
    )

    matter_id: UUID
    title: Line
    main_recipient: Line
    text: Text
    #: Documents on record that go with it.
    attachments: Annotated[list[UUID], Field(max_length=50, default_factory=list)]
    series: Series
    drafted_by: UUID
    signed_by: UUID


class UpwardRequestSent(Event):
    """A matter lies with the superior."""

    type: ClassVar[str] = "matters.upward_request_sent"
    title_zh = "请示已上报"
    title_en = "Upward request sent"

    matter_id: UUID
    document_id: UUID
    code: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(SendUpwardRequest)
async def send_upward_request(command: SendUpwardRequest, context: Context) -> MatterView:
    """Check, stop the clock, then issue: the number is taken last."""
    matter = await locked_matter(context, command.matter_id, State.DECIDED)
    _require_decided(matter)
    await require_prior(context, matter)
    await stop(context, matter, Stop.SUPERIOR)
    draft = await context.order(await _draft(command, context, matter))
    paper = await context.order(IssueDocument(draft_id=draft.id, signed_by=command.signed_by))
    content = command.model_dump(mode="json", include={"title", "main_recipient", "text"})
    await keep(
        context,
        matter,
        RecordKind.UPWARD_REQUEST,
        content | {"deltas": matter.deltas, "deltas_number": matter.deltas_number},
        by=command.drafted_by,
        document_id=paper.id,
    )
    sent = context.update(
        matter,
        state=State.AT_SUPERIOR,
        upward_document_id=paper.id,
        reply=None,
        reply_document_id=None,
        superior_reminded_on=None,
        replied_number=None,
    )
    context.announce(UpwardRequestSent(matter_id=sent.id, document_id=paper.id, code=paper.code))
    return view_of(sent)


def _require_decided(matter: Matter) -> None:
    """Refuse to send up what is not the superior's to decide, or not approved here.

    Raises:
        MatterMoved: It is so.
    """
    levels = {Level.PARTY_COMMITTEE} | (set() if matter.via_party_committee else {Level.COMMISSION})
    has_approved = matter.result is not None and matter.result.is_approval
    is_decided = has_approved and matter.decided_by in levels
    if matter.final_authority is not Authority.SUPERIOR or not is_decided:
        raise rules.MatterMoved(
            f"Expected a matter for the superior, approved by {' or '.join(sorted(levels))}, but "
            f"{matter.final_authority} decides it and {matter.decided_by} came to {matter.result}.",
            "应当为本级已审议同意、须报上级审批的事项，但不是。",
            final_authority=matter.final_authority,
            decided_by=matter.decided_by,
            result=matter.result,
        )


async def _draft(command: SendUpwardRequest, context: Context, matter: Matter) -> DraftDocument:
    about = await context.connection.fetchrow(_ABOUT, matter.id)
    if about is None:
        raise rules.MinutesRequired(
            "Expected the minutes of the meeting that decided, but there are none.",
            "应当有作出决定的会议纪要，但没有。",
        )
    basis = [Basis.model_validate(each) for each in matter.basis]
    return DraftDocument(
        kind=PaperKind.UPWARD_REQUEST,
        title=command.title,
        recipient=command.main_recipient,
        series=command.series,
        data={
            "reasons": command.text,
            "content": await worded(context, read(matter.deltas)),
            "decided_by": about["meeting"],
            "decided_on": about["held_on"].isoformat(),
            "minutes": code_of(about["series"], about["year"], about["number"]),
            "prior_communication": _told(about),
        },
        basis=[_AUTHORITY, *([] if is_departmental_only(basis) else basis)][:30],
        release_id=about["release_id"],
        attachments=await _titles(context, command.attachments),
        drafted_by=command.drafted_by,
        subject=Subject(type="matter", id=matter.id),
        body_id=matter.body_id,
    )


def _told(about: Record) -> str:
    """What the paper says of the prior communication, as it was recorded."""
    prior: dict[str, Any] = about["prior"] or {}
    if not prior:
        return "系上级交办事项。"
    view = _VIEWS.get(str(prior.get("view")), "")
    said = [prior.get("date"), prior.get("with"), view, prior.get("note")]
    return "；".join(str(each) for each in said if each)[:4000] or "已事前沟通。"


async def _titles(context: Context, documents: list[UUID]) -> list[str]:
    records = await context.connection.fetch(_TITLES, documents)
    titles = {record["id"]: record["title"] for record in records}
    if missing := [each for each in documents if each not in titles]:
        raise DocumentMissing(
            f"Expected attachments on record, but {len(missing)} are not.",
            f"附件应当已登记，但有{len(missing)}件未登记。",
            missing=[str(each) for each in missing],
        )
    return [titles[each] for each in documents]
