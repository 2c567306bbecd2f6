"""Draft an approval: the reply as data, from what was decided."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.secrecy import ClassifiedMatter, Secrecy
from service.core.values import Line, Text
from service.features.documents.basis import Basis
from service.features.documents.draft_document import DraftDocument
from service.features.documents.drafting import Series, Subject
from service.features.documents.kinds.registry import PaperKind
from service.features.documents.setting import code_of
from service.features.matters import rules
from service.features.matters.authority import require_issuable
from service.features.matters.codes import State
from service.features.matters.deltas import Delta, read
from service.features.matters.finding import locked_matter
from service.features.matters.parties import Party
from service.features.matters.replying import said_of
from service.features.matters.rules_behind import rule_behind
from service.features.matters.tables import Matter

_ABOUT = """
SELECT m.title AS meeting, m.held_on, d.series, d.year, d.number, i.release_id,
       (SELECT coalesce(json_object_agg(b.id, b.full_name), '{}')::jsonb FROM body b
        WHERE b.id = ANY ($2)) AS names,
       (SELECT coalesce(json_agg(o.title ORDER BY o.issued_on, o.id), '[]')::jsonb
        FROM document o WHERE o.id = ANY ($3)) AS revoked,
       (SELECT c.full_name FROM body b JOIN body c ON c.id = b.competent_body_id
        WHERE b.id = x.body_id) AS competent_body
FROM matter x JOIN document d ON d.id = x.decision_minutes_id
JOIN agenda_item a ON a.id = x.agenda_item_id JOIN meeting m ON m.id = a.meeting_id
JOIN instance i ON i.id = x.instance_id WHERE x.id = $1
"""


class ImplementationTask(BaseModel):
    """Something that is to be done, and by when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[Text, Field(min_length=1)]
    due: date


class ApprovalDrafted(BaseModel):
    """The draft that is to be checked and signed, and the day of the decision."""

    document_draft_id: UUID
    decided_on: date


class DraftApproval(Command[ApprovalDrafted]):
    """Draft the reply to a matter (拟制批复) from what was decided, in the series that signs it.

    Drafted again it takes the place of the draft before it.
    """

    name = "matters.draft_approval"
    duties = frozenset({Duty.PROCESS})
    title_zh = "拟制批复"
    title_en = "Draft an approval"
    refusals = (
        rules.MatterMoved,
        rules.MinutesRequired,
        rules.AboveAuthority,
        ClassifiedMatter,
    )

    matter_id: UUID
    title: Line
    #: Left out, the body that asked.
    main_recipient: Line | None = None
    text: Text | None = None
    series: Series
    #: Who wrote it: whoever did does not sign it.
    drafted_by: UUID | None = None
    effective_on: date
    tasks: Annotated[list[ImplementationTask], Field(max_length=50)] | None = None
    copies_to: Annotated[list[Party], Field(max_length=6)] | None = None
    #: Documents that end with it.
    revoked: Annotated[list[UUID], Field(max_length=50)] | None = None
    secrecy: Secrecy | None = None


@handles(DraftApproval)
async def draft_approval(command: DraftApproval, context: Context) -> ApprovalDrafted:
    """Write the changes into the reply as they were decided, and keep which draft it is."""
    matter = await locked_matter(context, command.matter_id, State.DECIDED)
    require_issuable(matter)
    deltas = read(matter.deltas)
    named = [each for delta in deltas for each in (delta.body_id, delta.to_body_id) if each]
    about = await context.connection.fetchrow(_ABOUT, matter.id, named, command.revoked or [])
    assert about is not None, "what is decided has its meeting and its case"
    drafted = await context.order(
        DraftDocument(
            kind=PaperKind.APPROVAL_REPLY,
            title=command.title,
            series=command.series,
            data=_data(matter, deltas, about, command),
            basis=[
                *(Basis.model_validate(each) for each in matter.basis),
                *await rule_behind(context, matter),
            ],
            release_id=about["release_id"],
            recipient=command.main_recipient,
            copies_to=_copies(command.copies_to or [], about["competent_body"]),
            secrecy=command.secrecy or Secrecy.PUBLIC,
            drafted_by=command.drafted_by,
            subject=Subject(type="matter", id=matter.id),
            body_id=matter.body_id,
        )
    )
    context.update(matter, approval_draft_id=drafted.id, effective_on=command.effective_on)
    return ApprovalDrafted(document_draft_id=drafted.id, decided_on=about["held_on"])


def _copies(parties: list[Party], competent_body: str | None) -> list[str]:
    """Who gets a copy, by name where it is a body on record."""
    return [
        competent_body if party is Party.COMPETENT_BODY and competent_body else party.zh
        for party in parties
    ]


def _data(
    matter: Matter, deltas: list[Delta], about: Record, command: DraftApproval
) -> dict[str, Any]:
    return {
        "request_title": matter.title,
        "request_number": matter.number,
        "decided_by": about["meeting"],
        "decided_on": about["held_on"].isoformat(),
        "minutes": code_of(about["series"], about["year"], about["number"]),
        "text": command.text,
        **said_of(deltas, about["names"]),
        "tasks": [
            {"task": each.text, "due_on": each.due.isoformat()} for each in command.tasks or []
        ],
        "revoked": about["revoked"],
    }
