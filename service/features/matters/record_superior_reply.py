"""Record the superior's reply to what was sent upward."""

from typing import Any, ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.clocks import Stop, go_on
from service.features.matters.codes import Origin, Reply, State
from service.features.matters.deltas import Deltas, stored
from service.features.matters.finding import locked_with_case, renewed
from service.features.matters.messages import tell
from service.features.matters.superior import require_not_recalled
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of


class RecordSuperiorReply(Command[MatterView]):
    """Record what the superior replied (登记上级批复); the waiting case goes on by it.

    The reply is a recorded document. Where it approves with changes, it may say which; the case
    officer adapts the plan to it. The office's clock goes on. A program of the superior may give
    it with a key of its own, where it holds the duty.
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
    matter = await locked_with_case(context, command.matter_id, State.AT_SUPERIOR)
    await require_not_recalled(context, matter)
    found = await context.connection.fetchval(
        "SELECT EXISTS (SELECT FROM document WHERE id = $1)", command.document_id
    )
    if not found:
        raise rules.MinutesRequired(
            "Expected the reply on record, but there is no document with this id.",
            "上级批复应当已登记，但未找到。",
        )
    await go_on(context, matter, Stop.SUPERIOR, command.document_id)
    replied = context.update(
        matter,
        reply=command.reply,
        reply_document_id=command.document_id,
        **_as_replied(command, context, matter),
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


def _as_replied(command: RecordSuperiorReply, context: Context, matter: Matter) -> dict[str, Any]:
    """Where the matter stands after the reply, and to which changes the superior has agreed."""
    if command.reply in (Reply.REJECT, Reply.RETURN):
        return {"state": State.IN_DELIBERATION, "replied_number": None}
    changed: dict[str, Any] = {}
    if command.deltas and stored(command.deltas) != matter.deltas:
        changed = renewed(context, matter, command.deltas, Origin.REPLY)
    agreed: int | None = changed.get("deltas_number", matter.deltas_number)
    if command.reply is Reply.CHANGE and not changed:
        agreed = None
    return {"state": State.DECIDED, "replied_number": agreed, **changed}
