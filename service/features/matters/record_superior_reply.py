"""Record the superior's reply to what was sent upward."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.codes import Authority, Origin, Reply, State
from service.features.matters.deltas import Deltas, stored
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.messages import tell
from service.features.matters.view import MatterView, view_of


class RecordSuperiorReply(Command[MatterView]):
    """Record what the superior replied (登记上级批复); the waiting case goes on by it.

    The reply is a recorded document. Where it approves with changes, it says which.
    """

    name = "matters.record_superior_reply"
    duties = frozenset({Duty.SUPERIOR_LIAISON, Duty.OFFICE_LIAISON})
    title_zh = "登记上级批复"
    title_en = "Record the superior's reply"
    refusals = (rules.MatterMoved, rules.MinutesRequired)
    example: ClassVar = {
        "reply": "APPROVE",
        "document_id": "01900000-0000-7000-8000-000000000000",
    }

    matter_id: UUID
    reply: Reply
    document_id: UUID
    deltas: Deltas | None = None


class UpwardReplyReceived(Event):
    """The superior has replied."""

    type: ClassVar[str] = "matters.upward_reply_received"
    title_zh = "上级批复已收到"
    title_en = "Superior's reply received"

    matter_id: UUID
    reply: Reply
    document_id: UUID

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(RecordSuperiorReply)
async def record_superior_reply(command: RecordSuperiorReply, context: Context) -> MatterView:
    """Keep the reply and tell the case that waits for it."""
    matter = await locked_matter(context, command.matter_id, State.AT_SUPERIOR, State.DECIDED)
    if matter.final_authority is not Authority.SUPERIOR:
        raise rules.MatterMoved(
            f"Expected a matter for the superior, but {matter.final_authority} decides it.",
            f"应当为报上级审批的事项，但由{matter.final_authority}决定。",
            final_authority=matter.final_authority,
        )
    found = await context.connection.fetchval(
        "SELECT EXISTS (SELECT FROM document WHERE id = $1)", command.document_id
    )
    if not found:
        raise rules.MinutesRequired(
            "Expected the reply on record, but there is no document with this id.",
            "上级批复应当已登记，但未找到。",
        )
    changed = {}
    if command.deltas and stored(command.deltas) != matter.deltas:
        changed = renewed(context, matter, command.deltas, Origin.REPLY)
    replied = context.update(
        matter,
        state=State.DECIDED,
        reply=command.reply,
        reply_document_id=command.document_id,
        **changed,
    )
    context.announce(
        UpwardReplyReceived(
            matter_id=replied.id, reply=command.reply, document_id=command.document_id
        )
    )
    told = {"reply": command.reply, "adapted": replied.deltas}
    tell(context, "UpwardReplyReceived", replied.id, told)
    context.tag(replied)
    return view_of(replied)
