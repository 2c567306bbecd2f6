"""Keep a request: what a form of a matter says becomes what the matter asks for."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.clock import city_day
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.documents.rules import DocumentMissing
from service.features.matters import rules
from service.features.matters.by_table import decided
from service.features.matters.clocks import Stop, go_on
from service.features.matters.codes import Origin, Reply, Start, State
from service.features.matters.finding import locked_matter, renewed
from service.features.matters.keeping import keep
from service.features.matters.papers import require_documents
from service.features.matters.record_kinds import RecordKind
from service.features.matters.tables import Matter
from service.features.matters.view import MatterView, view_of
from service.features.matters.written import (
    Art16,
    Item,
    Material,
    Said,
    Short,
    WrittenBasis,
    WrittenDelta,
    basis_of,
    codes_of,
    deltas_of,
    one_line,
    same,
)

#: What is asked for is written while the matter is a draft; it is added to until it is issued.
_WRITING = (State.DRAFT, State.SUPPLEMENT)
_OPEN = tuple(state for state in State if state not in (State.ISSUED, State.CLOSED))
_REFUSED_BEFORE = """
SELECT outcome, closed_at FROM matter WHERE body_id = $1 AND type = $2 AND id <> $3
AND outcome IN ('E4', 'E5') ORDER BY closed_at DESC LIMIT 1
"""
Kind = Literal[RecordKind.REQUEST, RecordKind.SUPPLEMENT, RecordKind.FRAMING]


class KeepRequest(Command[MatterView]):
    """Keep what a form says (请示归卷): in the file as it was given, and in the matter itself.

    A request and the office's own framing say the matter anew. A supplement adds contents and
    materials, and takes the place of the five statements where it has them; with it the matter
    lies with the office again.
    """

    name = "matters.keep_request"
    duties = frozenset({Duty.PROCESS})
    title_zh = "请示归卷"
    title_en = "Keep a request"
    refusals = (
        rules.MatterMoved,
        rules.DeltaIncomplete,
        DocumentMissing,
        rules.OrderRequired,
        rules.ChangeUnsaid,
        rules.MatterRulesMissing,
    )

    matter_id: UUID
    kind: Kind
    by: UUID | None = None
    title: Short | None = None
    main_recipient: Short | None = None
    reasons: Said | None = None
    contents: Annotated[list[Item] | None, Field(max_length=100)] = None
    deltas: Annotated[list[WrittenDelta] | None, Field(max_length=200)] = None
    basis: Annotated[list[WrittenBasis] | None, Field(max_length=30)] = None
    art16: Art16 | None = None
    open_problems: Said | None = None
    materials: Annotated[list[Material] | None, Field(max_length=100)] = None
    changed_since_refusal: Said | None = None
    wants_prior_view: bool | None = None
    contact_name: Short | None = None
    contact_phone: Short | None = None
    #: Of a supplement.
    reply: Said | None = None
    #: Of the office's own framing: where the matter comes from, and the superior's order.
    source: Short | None = None
    superior_document_id: UUID | None = None
    body_ids: Annotated[list[UUID] | None, Field(max_length=50)] = None


@handles(KeepRequest)
async def keep_request(command: KeepRequest, context: Context) -> MatterView:
    """Put the form into the file and its contents into the matter."""
    is_added = command.kind is RecordKind.SUPPLEMENT
    matter = await locked_matter(context, command.matter_id, *(_OPEN if is_added else _WRITING))
    await require_documents(context, *_papers(command))
    if command.kind is RecordKind.REQUEST:
        await _require_change_said(command, context, matter)
    said = _said(command, matter)
    if command.deltas is not None:
        deltas = deltas_of(command.deltas, matter.body_id)
        if not same(deltas, matter.deltas):
            said |= renewed(context, matter, deltas, Origin.REQUEST)
    if command.kind is RecordKind.FRAMING:
        said |= _ordered(command, matter)
    if is_added and matter.state is State.SUPPLEMENT:
        said["state"] = State.SUBMITTED
        await go_on(context, matter, Stop.SUPPLEMENT)
    kept = context.update(matter, **said)
    content = command.model_dump(
        mode="json", exclude={"matter_id", "kind", "by"}, exclude_none=True
    )
    await keep(context, kept, command.kind, content, by=command.by)
    return view_of(kept)


def _said(command: KeepRequest, matter: Matter) -> dict[str, Any]:
    """The columns that the form says; those it does not ask for stay."""
    is_added = command.kind is RecordKind.SUPPLEMENT
    said: dict[str, Any] = {}
    if command.title is not None:
        said["title"] = one_line(command.title)
    if command.open_problems is not None:
        said["open_problems"] = command.open_problems
    if command.basis is not None:
        said["basis"] = basis_of(command.basis)
    if command.art16 is not None:
        said["statements"] = command.art16.statements
    if command.contents is not None:
        said["contents"] = codes_of(command.contents, matter.contents if is_added else ())
    if command.materials is not None:
        said["materials"] = codes_of(command.materials, matter.materials if is_added else ())
    return said


def _ordered(command: KeepRequest, matter: Matter) -> dict[str, Any]:
    """A superior's order counts as its reply, as far as the changes go that it orders.

    Raises:
        OrderRequired: The superior has ordered it, and the form names no order.
    """
    if matter.start is not Start.SUPERIOR:
        return {}
    if command.superior_document_id is None:
        raise rules.OrderRequired(
            "Expected the superior's order, but the form names no document.",
            "上级交办的事项应当附上级文件，但没有。",
        )
    return {"reply": Reply.APPROVE, "reply_document_id": command.superior_document_id}


def _papers(command: KeepRequest) -> Iterable[UUID]:
    named = [each.document_id for each in command.materials or ()]
    named += [each.document_id for each in command.basis or () if each.document_id]
    return [*named, *([command.superior_document_id] if command.superior_document_id else [])]


async def _require_change_said(command: KeepRequest, context: Context, matter: Matter) -> None:
    """Refuse to ask again, soon after a refusal, without a word of what has changed.

    Raises:
        ChangeUnsaid: The table `resubmission` asks for it.
    """
    if command.changed_since_refusal:
        return
    before = await context.connection.fetchrow(
        _REFUSED_BEFORE, matter.body_id, matter.type, matter.id
    )
    if before is None:
        return
    answer = await decided(
        context,
        "resubmission",
        end=before["outcome"],
        decided_on=city_day(before["closed_at"]).isoformat(),
        filed_on=context.today.isoformat(),
    )
    if answer:
        raise rules.ChangeUnsaid(
            "Expected what has changed since the refusal, but nothing is said of it.",
            "十二个月内再次申报的，应当说明与上次相比有何变化，但未说明。",
            outcome=before["outcome"],
        )
