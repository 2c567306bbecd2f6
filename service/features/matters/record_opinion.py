"""Record an opinion: what a body said to a matter, or that it said nothing."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.documents.rules import DocumentMissing
from service.features.matters import rules
from service.features.matters.opinion_tables import Opinion
from service.features.matters.opinion_view import OpinionView, read_view
from service.features.matters.opinions import open_request
from service.features.matters.papers import require_documents


class RecordOpinion(Command[OpinionView]):
    """Record what a body said (记录意见); silence is recorded as no opinion, never as consent.

    `by` is who said it for the body; nobody, where nothing was said.
    """

    name = "matters.record_opinion"
    duties = frozenset({Duty.PROCESS})
    title_zh = "记录意见"
    title_en = "Record an opinion"
    refusals = (rules.OpinionAnswered, DocumentMissing)

    opinion_request_id: UUID
    opinion: Opinion
    text: Text = ""
    document_id: UUID | None = None
    by: UUID | None = None


class OpinionGiven(Event):
    """A body has said what it thinks of a matter, or has let its time pass."""

    type: ClassVar[str] = "matters.opinion_given"
    title_zh = "已提出意见"
    title_en = "Opinion given"

    matter_id: UUID
    opinion_request_id: UUID
    body_id: UUID
    opinion: Opinion

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(RecordOpinion)
async def record_opinion(command: RecordOpinion, context: Context) -> OpinionView:
    """Keep the answer with the name of who gave it; answered once, it stays."""
    request, matter = await open_request(context, command.opinion_request_id)
    await require_documents(context, command.document_id)
    name = await context.connection.fetchval("SELECT name FROM actor WHERE id = $1", command.by)
    context.update(
        request,
        opinion=command.opinion,
        text=command.text,
        document_id=command.document_id,
        given_by=command.by,
        given_by_name=name,
        given_at=context.now,
    )
    context.announce(
        OpinionGiven(
            matter_id=matter.id,
            opinion_request_id=request.id,
            body_id=request.body_id,
            opinion=command.opinion,
        )
    )
    await context.flush()
    return await read_view(context.connection, request.id)
