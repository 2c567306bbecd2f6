"""Send a recall: the superior is told that the commission takes its request back."""

from typing import Any, ClassVar
from uuid import UUID

from asyncpg import Record

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.documents.basis import Basis, BasisLevel
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Subject
from service.features.documents.issue_document import IssueDocument
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.setting import code_of
from service.features.matters import rules
from service.features.matters.clocks import Stop, go_on
from service.features.matters.codes import State
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of

_TOGETHER = Basis(level=BasisLevel.CENTRAL, title="中国共产党机构编制工作条例", article="第十五条")
_STEPS = {"REWORK": "重新论证后另行请示。", "END": "不再请示。"}
_ABOUT = """
SELECT r.content, r.document_id AS minutes_id, u.title, u.series, u.year, u.number,
       n.series AS minutes_series, n.year AS minutes_year, n.number AS minutes_number,
       g.closed_by, i.release_id, d.recipient
FROM matter m JOIN document u ON u.id = m.upward_document_id
JOIN document_draft d ON d.document_id = u.id
JOIN LATERAL (SELECT * FROM matter_record WHERE matter_id = m.id AND kind = 'RECALL'
              ORDER BY id DESC LIMIT 1) r ON true
JOIN document n ON n.id = r.document_id JOIN minutes x ON x.document_id = n.id
JOIN meeting g ON g.id = x.meeting_id JOIN instance i ON i.id = m.instance_id
WHERE m.id = $1
"""


class SendRecall(Command[MatterView]):
    """Send the superior the recall of a request (发出撤回报告), and go on with the matter.

    The paper is made from the commission's decision alone, and bears the name of whoever closed
    the meeting on its minutes. The office's clock goes on.
    """

    name = "matters.send_recall"
    duties = frozenset({Duty.PROCESS})
    title_zh = "发出撤回报告"
    title_en = "Send a recall"
    refusals = (rules.MatterMoved,)

    matter_id: UUID


class UpwardRequestRecalled(Event):
    """A request that lay with the superior was called back."""

    type: ClassVar[str] = "matters.upward_request_recalled"
    title_zh = "上报请示已撤回"
    title_en = "Upward request recalled"

    matter_id: UUID
    document_id: UUID
    code: str

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(SendRecall)
async def send_recall(command: SendRecall, context: Context) -> MatterView:
    """Stop waiting, then issue: the number is taken last."""
    matter = await locked_matter(context, command.matter_id, State.AT_SUPERIOR)
    about = await context.connection.fetchrow(_ABOUT, matter.id)
    if about is None:
        raise rules.MatterMoved(
            "Expected a recall that the commission decided, but there is none.",
            "应当有编委会撤回请示的决定，但没有。",
            state=matter.state,
        )
    await go_on(context, matter, Stop.SUPERIOR, about["minutes_id"])
    draft = await context.order(_draft(matter, about))
    paper = await context.order(IssueDocument(draft_id=draft.id, signed_by=about["closed_by"]))
    await keep(
        context, matter, RecordKind.RECALL, about["content"] | {"sent": True}, document_id=paper.id
    )
    recalled = context.update(matter, state=State.IN_DELIBERATION)
    context.announce(
        UpwardRequestRecalled(matter_id=recalled.id, document_id=paper.id, code=paper.code)
    )
    return view_of(recalled)


def _draft(matter: Matter, about: Record) -> DraftDocument:
    decided: dict[str, Any] = about["content"]
    return DraftDocument(
        kind=PaperKind.RECALL,
        title="关于撤回请示的报告",
        recipient=about["recipient"],
        series=about["series"],
        data={
            "request_title": about["title"],
            "request_number": code_of(about["series"], about["year"], about["number"]),
            "minutes": code_of(
                about["minutes_series"], about["minutes_year"], about["minutes_number"]
            ),
            "reasons": decided["reason"],
            "next_step": _STEPS[decided["next"]],
        },
        basis=[_TOGETHER],
        release_id=about["release_id"],
        subject=Subject(type="matter", id=matter.id),
        body_id=matter.body_id,
    )
