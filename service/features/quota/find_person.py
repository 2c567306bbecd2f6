"""Find a person by an identity number: it leaves an audit entry."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field, SecretStr

from service.core.command import Context
from service.core.operation import Command, handles
from service.features.quota import rules
from service.features.quota.person_facts import checked_id
from service.features.quota.person_tables import Person
from service.features.quota.person_view import PersonView, view_of
from service.features.quota.reveal_identity_number import IDENTITY_READERS


class PersonsFound(BaseModel):
    """Everybody recorded under one identity number, the one on the establishment first."""

    persons: list[PersonView]


class FindPerson(Command[PersonsFound]):
    """Find a person by the exact identity number (按身份证号查找), which stands in no address."""

    name = "quota.find_person"
    duties = IDENTITY_READERS
    title_zh = "按身份证号查找"
    title_en = "Find a person"
    example: ClassVar = {"id_no": "990081199003070011"}
    is_stored = False
    refusals = (rules.IdNumberWrong,)

    id_no: Annotated[SecretStr, Field(min_length=18, max_length=18)]


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
