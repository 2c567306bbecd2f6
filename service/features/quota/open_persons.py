"""Open persons: who was on the establishment, and who had left it, when the ledger began."""

from collections import Counter
from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.quota import rules
from service.features.quota.accounts import AccountKey, locked_accounts, require_body
from service.features.quota.codes import ExitType, PersonStatus
from service.features.quota.decision import require_living
from service.features.quota.ledger import record
from service.features.quota.people import require_off_establishment
from service.features.quota.person_facts import (
    PersonTold,
    new_person,
    post_account,
    quota_account,
)
from service.features.quota.person_tables import PersonAction
from service.features.quota.rules import Balance
from service.features.quota.tables import Action


class ExitTold(BaseModel):
    """How and from when a person is no longer on the establishment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exit_type: ExitType
    exit_on: date


class PersonOpened(PersonTold):
    """A person as found in the records; `exit` only where they have left."""

    entry_on: date
    exit: ExitTold | None = None


class PersonsOpened(BaseModel):
    """How many people were recorded."""

    active: int
    exited: int


class OpenPersons(Command[PersonsOpened]):
    """Record the people of a body as they are when the ledger begins (实名制期初登记).

    It is recorded state: more people than quota, more leaders than posts and entries without a
    notice are recorded as they are (I1, I2, I7, I9, I10); only one active person per identity
    number is possible (I8). All of them or none.
    """

    name = "quota.open_persons"
    duties = frozenset({Duty.REALNAME_ADMIN, Duty.OFFICE_DIRECTOR, Duty.PROCESS})
    title_zh = "实名制期初登记"
    title_en = "Open persons"
    example: ClassVar = {
        "effective_on": "2026-01-01",
        "persons": [
            {
                "id_no": "990081199003070011",
                "name": "示例人员",
                "kind": "ADMIN",
                "funding": "FULL",
                "entry_type": "EXAM_RECRUITMENT",
                "entry_on": "2015-07-01",
            }
        ],
    }
    status = 201
    refusals = (
        rules.AlreadyOnEstablishment,
        rules.IdNumberWrong,
        rules.BodyNotLiving,
        rules.BodyUnknown,
        rules.DayOutOfOrder,
    )

    body_id: UUID
    effective_on: date
    persons: Annotated[tuple[PersonOpened, ...], Field(min_length=1, max_length=2000)]


class PersonsRecorded(Event):
    """The people of a body are on record as they were when the ledger began."""

    type: ClassVar[str] = "quota.persons_recorded"
    title_zh = "实名制期初已登记"
    title_en = "Persons recorded"

    body_id: UUID
    active: int
    exited: int

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(OpenPersons)
async def open_persons(command: OpenPersons, context: Context) -> PersonsOpened:
    """Insert every person, and one entry for each account in which they are counted."""
    await require_body(context, command.body_id)
    held: Counter[AccountKey] = Counter()
    for person in command.persons:
        _require_order(person, command.effective_on)
        if person.exit is None:
            held[quota_account(command.body_id, person.kind, person.funding)] += 1
            if person.post is not None:
                held[post_account(command.body_id, person.post)] += 1
    if held:
        locked = await locked_accounts(context, *held, is_opening=True)
        for account in locked.values():
            require_living(account)
        known_from = max(account.recorded_at for account in locked.values())
    else:
        await require_body(context, command.body_id)
        locked, known_from = {}, context.now
    active = [person for person in command.persons if person.exit is None]
    await require_off_establishment(context, active, command.effective_on)
    for person in command.persons:
        _open(context, command, person, known_from)
    for key, number in held.items():
        record(
            context,
            Action.OPEN,
            locked[key],
            Balance(actual=number),
            command.effective_on,
            reason="期初",
        )
    opened = PersonsOpened(active=len(active), exited=len(command.persons) - len(active))
    context.announce(PersonsRecorded(body_id=command.body_id, **opened.model_dump()))
    return opened


def _require_order(person: PersonOpened, opened_on: date) -> None:
    left = person.exit.exit_on if person.exit else opened_on
    if not person.entry_on <= left <= opened_on:
        raise rules.DayOutOfOrder(
            f"Expected entry, exit and opening in this order, but they are {person.entry_on}, "
            f"{left} and {opened_on}.",
            f"入编、出编、期初日期应当依次排列，但为{person.entry_on}、{left}、{opened_on}。",
        )


def _open(
    context: Context, command: OpenPersons, person: PersonOpened, known_from: datetime
) -> None:
    left = {}
    if person.exit is not None:
        left = {
            "status": PersonStatus.EXITED,
            "exit_type": person.exit.exit_type,
            "exit_on": person.exit.exit_on,
        }
    new_person(
        context,
        person,
        command.body_id,
        PersonAction.OPEN,
        entry_on=person.entry_on,
        entry_document_id=None,
        is_opening=True,
        true_from=person.exit.exit_on if person.exit else person.entry_on,
        known_from=known_from,
        **left,
    )
