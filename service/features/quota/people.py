"""People on the establishment under lock, for the verbs that change them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.core.errors import Conflict
from service.features.quota import rules
from service.features.quota.accounts import AccountKey, LockedAccount, locked_accounts
from service.features.quota.codes import PersonStatus
from service.features.quota.person_facts import PersonTold, checked_id, held_by, keep_version
from service.features.quota.person_tables import Person, PersonAction

WHAT = "a person with this id"


@dataclass(frozen=True, slots=True)
class LockedPerson:
    """An active person that this transaction may change, with the accounts involved."""

    person: Person
    accounts: dict[AccountKey, LockedAccount]


async def locked_person(context: Context, person_id: UUID, *more: AccountKey) -> LockedPerson:
    """A person on the establishment, with the accounts that count them and `more`, all locked.

    Accounts are locked before the person, as everywhere. A person who was changed in between
    is a lost race.

    Raises:
        NotFound: There is no such person within reach.
        VersionMismatch: If-Match names another version.
        PersonExited: The person is no longer on the establishment.
        Conflict: The person was changed at the same moment.
    """
    seen = await context.connection.fetchrow("SELECT * FROM person WHERE id = $1", person_id)
    if seen is None:
        raise missing(WHAT)
    accounts = await locked_accounts(context, *held_by(Person.read(seen)), *more, what=WHAT)
    record = await context.connection.fetchrow(
        "SELECT * FROM person WHERE id = $1 FOR UPDATE", person_id
    )
    person = Person.read(record)  # type: ignore[arg-type]  # people are never deleted
    context.require_version(person)
    if person.status is not PersonStatus.ACTIVE:
        raise rules.PersonExited(
            f"Expected a person on the establishment, but they exited on {person.exit_on}.",
            f"应当为在编人员，但已于{person.exit_on}出编。",
        )
    if person.version != seen["version"]:
        raise Conflict(
            "Expected the person to stand still, but another change came first.",
            "人员信息应当未变，但另一项变更已先完成。",
        )
    return LockedPerson(person, accounts)


async def require_off_establishment(
    context: Context, persons: Sequence[PersonTold], on: date
) -> None:
    """Refuse to count somebody from a day on who is still counted elsewhere on that day (I8).

    The rows are locked: an exit that is being recorded at this moment is waited for. That
    nobody is active twice is the unique index's to say.

    Raises:
        AlreadyOnEstablishment: An exit of theirs lies after the day.
        IdNumberWrong: An identity number is none.
    """
    indexes = [
        context.seals.blind_index(checked_id(context, person.id_no).number) for person in persons
    ]
    records = await context.connection.fetch(
        "SELECT exit_on FROM person WHERE id_no_index = ANY ($1) ORDER BY id FOR SHARE", indexes
    )
    until = max((record["exit_on"] or on for record in records), default=on)
    if until > on:
        raise rules.AlreadyOnEstablishment(
            f"Expected nobody to be on the establishment twice on one day, but somebody is on it "
            f"until {until}: they can enter from that day on, not on {on}.",
            f"同一人员在任何一日应当只占一名编制，但其出编日为{until}，不能自{on}起入编。",
            earliest=until.isoformat(),
        )


def change_person(
    context: Context, locked: LockedPerson, action: PersonAction, on: date, **facts: Any
) -> Person:
    """Give a person new facts from a day on and keep the version.

    Raises:
        DayOutOfOrder: The day lies before the version in force.
    """
    if on < locked.person.true_from:
        raise rules.DayOutOfOrder(
            f"Expected a day from {locked.person.true_from} on, but it is {on}.",
            f"日期应当不早于{locked.person.true_from}，但为{on}。",
        )
    known_from = max(account.recorded_at for account in locked.accounts.values())
    person = context.update(locked.person, true_from=on, known_from=known_from, **facts)
    keep_version(context, person, action)
    return person
