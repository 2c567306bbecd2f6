"""Exit a person: from a day on, somebody is no longer on the establishment."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.quota import rules
from service.features.quota.codes import ExitType, PersonStatus
from service.features.quota.ledger import record
from service.features.quota.people import change_person, locked_person
from service.features.quota.person_tables import PersonAction
from service.features.quota.person_view import PersonView, view_of
from service.features.quota.rules import Balance
from service.features.quota.tables import Action


class ExitPerson(Command[PersonView]):
    """Take a person off the establishment (人员出编); `effective_on` is the first day off it."""

    name = "quota.exit_person"
    duties = frozenset({Duty.REALNAME_ADMIN, Duty.PROCESS})
    title_zh = "人员出编"
    title_en = "Exit a person"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "exit_type": "RETIREMENT",
    }
    needs_version = True
    refusals = (rules.PersonExited, rules.DayOutOfOrder, rules.DocumentMissing)

    person_id: UUID
    exit_type: ExitType
    effective_on: date
    document_id: UUID


class PersonExited(Event):
    """A post of a body is free again."""

    type: ClassVar[str] = "quota.person_exited"
    title_zh = "人员已出编"
    title_en = "Person exited"

    person_id: UUID
    body_id: UUID
    exit_type: ExitType
    effective_on: date

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(ExitPerson)
async def exit_person(command: ExitPerson, context: Context) -> PersonView:
    """Keep the version that ends it and free every post that the person held."""
    locked = await locked_person(context, command.person_id)
    person = change_person(
        context,
        locked,
        PersonAction.EXIT,
        command.effective_on,
        status=PersonStatus.EXITED,
        exit_type=command.exit_type,
        exit_on=command.effective_on,
        exit_document_id=command.document_id,
    )
    for account in locked.accounts.values():
        record(
            context,
            Action.EXIT,
            account,
            Balance(actual=-1),
            command.effective_on,
            person_id=person.id,
            document_id=command.document_id,
        )
    context.announce(
        PersonExited(
            person_id=person.id,
            body_id=person.body_id,
            exit_type=command.exit_type,
            effective_on=command.effective_on,
        )
    )
    context.tag(person)
    return view_of(person)
