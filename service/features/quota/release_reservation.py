"""Release a reservation: what is left of it can be promised again."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Text
from service.features.quota import rules
from service.features.quota.ledger import record
from service.features.quota.reservation_view import ReservationView, view_of
from service.features.quota.reservations import LockedReservation, locked_reservation, require_held
from service.features.quota.rules import Balance
from service.features.quota.tables import Action, Reservation, ReservationState


class ReleaseReservation(Command[ReservationView]):
    """Let go what is left of a reservation (释放预占), from today or its own first day on."""

    name = "quota.release_reservation"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "释放预占"
    title_en = "Release a reservation"
    example: ClassVar = {"reason": "本年度不再招录"}
    needs_version = True
    refusals = (rules.ReservationEnded,)

    reservation_id: UUID
    reason: Text = ""


class ReservationEnded(Event):
    """A reservation was released or has expired; `posts` of it can be promised again."""

    type: ClassVar[str] = "quota.reservation_ended"
    title_zh = "预占已结束"
    title_en = "Reservation ended"

    reservation_id: UUID
    body_id: UUID
    state: ReservationState
    posts: int

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(ReleaseReservation)
async def release_reservation(command: ReleaseReservation, context: Context) -> ReservationView:
    """Append a releasing entry, or refuse a reservation that has ended already."""
    held = await locked_reservation(context, command.reservation_id)
    context.require_version(held.reservation)
    require_held(held)
    on = max(context.today, held.reservation.effective_on)
    ended = end(context, held, ReservationState.RELEASED, Action.RELEASE, on, command.reason)
    context.tag(ended)
    return view_of(ended, held.account.account.kind, held.account.account.part)


def end(
    context: Context,
    held: LockedReservation,
    state: ReservationState,
    action: Action,
    on: date,
    reason: str = "",
) -> Reservation:
    """End a held reservation: what is left of it is no longer reserved from a day on."""
    ended = context.update(held.reservation, state=state)
    record(
        context,
        action,
        held.account,
        Balance(reserved=-held.left),
        on,
        reservation_id=ended.id,
        reason=reason,
    )
    context.announce(
        ReservationEnded(
            reservation_id=ended.id, body_id=ended.body_id, state=state, posts=held.left
        )
    )
    return ended
