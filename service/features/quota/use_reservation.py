"""Use a reservation for a person who entered without one: the recorded state is put in order."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.quota import rules
from service.features.quota.ledger import record
from service.features.quota.person_facts import keep_version, quota_account
from service.features.quota.person_tables import Person, PersonAction
from service.features.quota.reservation_view import ReservationView, view_of
from service.features.quota.reservations import (
    locked_reservation,
    require_held,
    require_running,
    use_one,
)
from service.features.quota.rules import Balance
from service.features.quota.tables import Account, Action


class UseReservation(Command[ReservationView]):
    """Count one reserved post as held by a person who is on the account without a notice.

    Whoever enters with a reservation uses it by entering; this is for people recorded before
    (补办用编手续). The vacancy rises by one: the post was counted twice.
    """

    name = "quota.use_reservation"
    duties = frozenset({Duty.REALNAME_ADMIN, Duty.OFFICE_CASE_OFFICER, Duty.PROCESS})
    title_zh = "使用预占"
    title_en = "Use a reservation"
    example: ClassVar = {"person_id": "01900000-0000-7000-8000-000000000000"}
    needs_version = True
    refusals = (rules.ReservationEnded, rules.ReservationElsewhere, rules.PersonExited)

    reservation_id: UUID
    person_id: UUID


class ReservationUsed(Event):
    """One more post of a reservation is held by a person."""

    type: ClassVar[str] = "quota.reservation_used"
    title_zh = "预占已使用"
    title_en = "Reservation used"

    reservation_id: UUID
    body_id: UUID
    person_id: UUID
    left: int

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(UseReservation)
async def use_reservation(command: UseReservation, context: Context) -> ReservationView:
    """Tie the person to the reservation and append an entry that frees one reserved post."""
    held = await locked_reservation(context, command.reservation_id)
    context.require_version(held.reservation)
    require_held(held)
    require_running(held, context.today)
    account = held.account.account
    person = await _locked_person(context, command.person_id, account)
    on = max(context.today, held.reservation.effective_on)
    context.update(
        person,
        reservation_id=held.reservation.id,
        true_from=on,
        known_from=held.account.recorded_at,
    )
    keep_version(context, context.changes.latest(person), PersonAction.ENTER)
    record(
        context,
        Action.USE,
        held.account,
        Balance(reserved=-1),
        on,
        reservation_id=held.reservation.id,
        person_id=person.id,
    )
    used = use_one(context, held)
    context.announce(
        ReservationUsed(
            reservation_id=used.id,
            body_id=used.body_id,
            person_id=person.id,
            left=used.posts - used.used,
        )
    )
    context.tag(used)
    return view_of(used, account.kind, account.part)


async def _locked_person(context: Context, person_id: UUID, account: Account) -> Person:
    record = await context.connection.fetchrow(
        "SELECT * FROM person WHERE id = $1 FOR UPDATE", person_id
    )
    if record is None:
        raise missing("a person with this id")
    person = Person.read(record)
    key = quota_account(person.body_id, person.kind, person.funding)
    if (
        person.status != "ACTIVE"
        or person.reservation_id is not None
        or key
        != (
            account.body_id,
            account.ledger,
            account.kind,
            account.part,
        )
    ):
        raise rules.ReservationElsewhere(
            "Expected a person of this account without a notice, but it is not one.",
            "应当为占用该编制且未办用编通知单的在编人员，但不是。",
        )
    return person
