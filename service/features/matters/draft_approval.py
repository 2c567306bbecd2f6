"""Draft an approval: the reply as data, from what was decided."""

from datetime import date
from typing import Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.documents.basis import Basis
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.kinds.approval import Implementation
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.setting import code_of
from service.features.matters import rules
from service.features.matters.authority import require_issuable
from service.features.matters.codes import DeltaLedger, State
from service.features.matters.deltas import Delta, read
from service.features.matters.finding import locked_matter
from service.features.matters.tables import Matter

_ABOUT = """
SELECT m.title AS meeting, m.held_on, d.series, d.year, d.number, i.release_id,
       (SELECT coalesce(json_object_agg(b.id, b.full_name), '{}')::jsonb FROM body b
        WHERE b.id = ANY ($2)) AS names
FROM matter x JOIN document d ON d.id = x.decision_minutes_id
JOIN agenda_item a ON a.id = x.agenda_item_id JOIN meeting m ON m.id = a.meeting_id
JOIN instance i ON i.id = x.instance_id WHERE x.id = $1
"""
_POSTS = (DeltaLedger.LEADERSHIP, DeltaLedger.MIDLEVEL)


class ApprovalDrafted(BaseModel):
    """The draft that is to be checked and signed."""

    document_draft_id: UUID


class DraftApproval(Command[ApprovalDrafted]):
    """Draft the reply to a matter (拟制批复) from what was decided, in the series that signs it.

    Drafted again it takes the place of the draft before it.
    """

    name = "matters.draft_approval"
    duties = frozenset({Duty.PROCESS})
    title_zh = "拟制批复"
    title_en = "Draft an approval"
    refusals = (rules.MatterMoved, rules.MinutesRequired, rules.AboveAuthority)

    matter_id: UUID
    title: Line
    series: Series
    #: Who wrote it: whoever did does not sign it.
    drafted_by: UUID | None = None
    effective_on: date
    tasks: list[Implementation] = Field(default_factory=list, max_length=50)
    copies_to: list[Line] = Field(default_factory=list, max_length=50)


@handles(DraftApproval)
async def draft_approval(command: DraftApproval, context: Context) -> ApprovalDrafted:
    """Write the changes into the reply as they were decided, and keep which draft it is."""
    matter = await locked_matter(context, command.matter_id, State.DECIDED)
    require_issuable(matter)
    deltas = read(matter.deltas)
    named = [delta.body_id for delta in deltas if delta.body_id]
    about = await context.connection.fetchrow(_ABOUT, matter.id, named)
    assert about is not None, "what is decided has its meeting and its case"
    drafted = await context.order(
        DraftDocument(
            kind=PaperKind.APPROVAL_REPLY,
            title=command.title,
            series=command.series,
            data=_data(matter, deltas, about, command),
            basis=[Basis.model_validate(each) for each in matter.basis],
            release_id=about["release_id"],
            copies_to=command.copies_to,
            drafted_by=command.drafted_by,
            subject=Subject(type="matter", id=matter.id),
            body_id=matter.body_id,
        )
    )
    context.update(matter, approval_draft_id=drafted.id, effective_on=command.effective_on)
    return ApprovalDrafted(document_draft_id=drafted.id)


def _data(
    matter: Matter, deltas: list[Delta], about: Record, command: DraftApproval
) -> dict[str, Any]:
    names: dict[str, str] = about["names"]
    return {
        "request_title": matter.title,
        "request_number": matter.number,
        "decided_by": about["meeting"],
        "decided_on": about["held_on"].isoformat(),
        "minutes": code_of(about["series"], about["year"], about["number"]),
        "items": [_item(each, names) for each in deltas if not _is_counted(each)],
        "quotas": [_quota(each, names) for each in deltas if each.ledger is DeltaLedger.QUOTA],
        "posts": [_post(each, names) for each in deltas if each.ledger in _POSTS],
        "tasks": [each.model_dump(mode="json") for each in command.tasks],
    }


def _is_counted(delta: Delta) -> bool:
    return delta.ledger is DeltaLedger.QUOTA or delta.ledger in _POSTS


def _name(delta: Delta, names: dict[str, str]) -> str:
    return names.get(str(delta.body_id)) or delta.body_name or ""


def _item(delta: Delta, names: dict[str, str]) -> dict[str, Any]:
    content = delta.text or " → ".join(str(n) for n in (delta.before, delta.after) if n is not None)
    return {"item": f"{_name(delta, names)}（{delta.ledger}）", "content": content or delta.action}


def _quota(delta: Delta, names: dict[str, str]) -> dict[str, Any]:
    assert delta.kind is not None, "its form asks for it"
    assert delta.funding is not None, "as above"
    return {
        "body": _name(delta, names),
        "kind": delta.kind.zh,
        "funding": delta.funding.zh,
        "before": delta.before,
        "after": delta.after,
        "source": delta.source,
    }


def _post(delta: Delta, names: dict[str, str]) -> dict[str, Any]:
    assert delta.level is not None, "its form asks for it"
    assert delta.slot is not None, "as above"
    return {
        "body": _name(delta, names),
        "level": delta.level.zh,
        "slot": delta.slot.zh,
        "before": delta.before,
        "after": delta.after,
    }
