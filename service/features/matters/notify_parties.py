"""Notify the parties: everybody whom a reply concerns is told that it is out."""

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from asyncpg import Record
from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.matters import rules
from service.features.matters.codes import DeltaLedger, State
from service.features.matters.deltas import Delta, read
from service.features.matters.finding import locked_matter
from service.features.matters.keeping import keep
from service.features.matters.parties import DESKS, Party
from service.features.matters.record_kinds import RecordKind

_BODIES = """
SELECT id, full_name, body_type, competent_body_id FROM body WHERE id = ANY ($1) ORDER BY id
"""
_ALWAYS = (Party.ORGANISATION, Party.HR, Party.FINANCE)
#: Changes after which a seal is another one, or none.
_SEALS = (DeltaLedger.BODY, DeltaLedger.NAME)


class PartiesNotified(BaseModel):
    """How many were told."""

    notified: int


class NotifyParties(Command[PartiesNotified]):
    """Tell everybody whom a reply concerns (通知有关单位): each by an event of its own.

    The bodies that it changes and their competent bodies; the organisation, personnel and finance
    departments; the police where a seal changes, the registry where an institution does.
    """

    name = "matters.notify_parties"
    duties = frozenset({Duty.PROCESS})
    title_zh = "通知有关单位"
    title_en = "Notify the parties"
    refusals = (rules.MatterMoved,)

    matter_id: UUID


class PartyNotified(Event):
    """A reply concerns somebody: whoever has this duty, over this body or the whole city."""

    type: ClassVar[str] = "matters.party_notified"
    title_zh = "批复已通知有关单位"
    title_en = "Party notified"

    matter_id: UUID
    document_id: UUID
    duty: Duty
    body_id: UUID | None

    def subject(self) -> str:
        return f"matter/{self.matter_id}"


@handles(NotifyParties)
async def notify_parties(command: NotifyParties, context: Context) -> PartiesNotified:
    """Announce to each, and keep whom."""
    matter = await locked_matter(context, command.matter_id, State.ISSUED)
    assert matter.approval_document_id is not None, "an issued matter has its reply"
    deltas = read(matter.deltas)
    named = {each.body_id for each in deltas if each.body_id} | {matter.body_id}
    bodies = await context.connection.fetch(_BODIES, sorted(named))
    told = list(dict.fromkeys(_parties(deltas, bodies)))
    for duty, body_id in told:
        context.announce(
            PartyNotified(
                matter_id=matter.id,
                document_id=matter.approval_document_id,
                duty=duty,
                body_id=body_id,
            )
        )
    content = [{"duty": duty, "body_id": str(body_id or "")} for duty, body_id in told]
    await keep(
        context,
        matter,
        RecordKind.NOTIFIED,
        {"parties": content},
        document_id=matter.approval_document_id,
    )
    return PartiesNotified(notified=len(told))


def _parties(deltas: list[Delta], bodies: list[Record]) -> Iterator[tuple[Duty, UUID | None]]:
    """Duties and the body over which they are held; None for those of the whole city."""
    for body in bodies:
        yield Duty.APPLICANT_OFFICER, body["id"]
        if body["competent_body_id"]:
            yield DESKS[Party.COMPETENT_BODY], body["competent_body_id"]
    for party in _ALWAYS:
        yield DESKS[party], None
    if any(each.ledger in _SEALS for each in deltas):
        yield DESKS[Party.PUBLIC_SECURITY], None
    if any(body["body_type"] == "PUBLIC_INSTITUTION" for body in bodies):
        yield DESKS[Party.REGISTRATION], None
