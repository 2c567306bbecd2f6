"""Reveal an identity number: it leaves an audit entry."""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.quota.person_facts import place_of
from service.features.quota.person_tables import Person

IDENTITY_READERS = frozenset({Duty.REALNAME_ADMIN, Duty.OFFICE_DIRECTOR})


class IdentityNumber(BaseModel):
    """A person's identity number in full."""

    person_id: UUID
    id_no: str


class RevealIdentityNumber(Command[IdentityNumber]):
    """Show the full identity number of one person, for a stated purpose.

    It changes nothing but the audit: who saw whose number, when, and what for. The answer is
    not kept under an Idempotency-Key.
    """

    name = "quota.reveal_identity_number"
    duties = IDENTITY_READERS
    title_zh = "查看完整身份证号"
    title_en = "Reveal an identity number"
    example: ClassVar = {"purpose": "核对干部档案"}
    is_stored = False

    person_id: UUID
    purpose: Line


@handles(RevealIdentityNumber)
async def reveal_identity_number(command: RevealIdentityNumber, context: Context) -> IdentityNumber:
    """Open the sealed number. Being a command, it is audited."""
    record = await context.connection.fetchrow(
        """SELECT p.*, b.lineage FROM person p JOIN body b ON b.id = p.body_id WHERE p.id = $1""",
        command.person_id,
    )
    if record is None:
        raise missing("a person with this id")
    context.require_reach(record["lineage"], "a person with this id")
    person = Person.read(record)
    return IdentityNumber(
        person_id=person.id, id_no=context.seals.open(person.id_no, place_of(person.id))
    )
