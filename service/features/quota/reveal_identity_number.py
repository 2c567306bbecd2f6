"""Reveal an identity number, and find a person by one: both leave an audit entry."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.quota import rules
from service.features.quota.person_facts import checked_id, place_of
from service.features.quota.person_tables import Person
from service.features.quota.person_view import PersonView, view_of

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
    is_stored = False

    person_id: UUID
    purpose: Line


class PersonsFound(BaseModel):
    """Everybody recorded under one identity number, the one on the establishment first."""

    persons: list[PersonView]


class FindPerson(Command[PersonsFound]):
    """Find a person by the exact identity number (按身份证号查找), which stands in no address."""

    name = "quota.find_person"
    duties = IDENTITY_READERS
    title_zh = "按身份证号查找"
    title_en = "Find a person"
    is_stored = False
    refusals = (rules.IdNumberWrong,)

    id_no: Annotated[SecretStr, Field(min_length=18, max_length=18)]


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


@handles(FindPerson)
async def find_person(command: FindPerson, context: Context) -> PersonsFound:
    """Look the number up by its blind index; nobody found is an empty answer."""
    context.require_city()
    number = checked_id(context, command.id_no).number
    records = await context.connection.fetch(
        "SELECT * FROM person WHERE id_no_index = $1 ORDER BY status, true_from DESC",
        context.seals.blind_index(number),
    )
    return PersonsFound(persons=[view_of(Person.read(record)) for record in records])
