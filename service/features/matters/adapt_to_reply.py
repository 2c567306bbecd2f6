"""Adapt to a reply: the changes become what the superior replied."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Text
from service.features.matters import rules
from service.features.matters.codes import Origin, Reply, State
from service.features.matters.deltas import stored
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.keeping import keep
from service.features.matters.record_kinds import RecordKind
from service.features.matters.written import WrittenDelta, deltas_of, same


class Adapted(BaseModel):
    """The changes as they are now, every member there."""

    adapted: list[dict[str, Any]]
    deltas_number: int


class AdaptToReply(Command[Adapted]):
    """Adapt the changes to a reply that agrees with changes (按上级批复调整方案).

    They are a version of their own, and the superior has agreed to exactly these.
    """

    name = "matters.adapt_to_reply"
    duties = frozenset({Duty.PROCESS})
    title_zh = "按上级批复调整方案"
    title_en = "Adapt to a reply"
    refusals = (rules.MatterMoved, rules.DeltaIncomplete)

    matter_id: UUID
    #: As the form lists them.
    adapted: Annotated[list[WrittenDelta], Field(min_length=1, max_length=200)]
    explanation: Annotated[Text, Field(min_length=1)]
    by: UUID


@handles(AdaptToReply)
async def adapt_to_reply(command: AdaptToReply, context: Context) -> Adapted:
    matter = await locked_matter(context, command.matter_id, State.DECIDED)
    if matter.reply is not Reply.CHANGE:
        raise rules.MatterMoved(
            f"Expected a reply with changes, but it is {matter.reply}.",
            f"上级批复应当为调整后同意，但为{matter.reply}。",
            reply=matter.reply,
        )
    deltas = deltas_of(command.adapted, matter.body_id)
    changed: dict[str, Any] = {}
    if not same(deltas, matter.deltas):
        changed = renewed(context, matter, deltas, Origin.REPLY)
    number = changed.get("deltas_number", matter.deltas_number)
    content = {"adapted": stored(deltas), "explanation": command.explanation}
    await keep(
        context,
        matter,
        RecordKind.ADAPTATION,
        content,
        by=command.by,
        document_id=matter.reply_document_id,
    )
    adapted = context.update(matter, replied_number=number, **changed)
    return Adapted(adapted=adapted.deltas, deltas_number=adapted.deltas_number)
