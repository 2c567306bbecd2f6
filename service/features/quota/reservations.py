"""Reservations under the lock of their account."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from service.core.auth.policy import missing
from service.core.command import Context
from service.features.quota import rules
from service.features.quota.accounts import LockedAccount, lock_of_reservation
from service.features.quota.tables import Reservation, ReservationState


@dataclass(frozen=True, slots=True)
class LockedReservation:
    """A reservation that this transaction may change, with its account."""

    reservation: Reservation
    account: LockedAccount

    @property
    def left(self) -> int:
        return self.reservation.posts - self.reservation.used


async def locked_reservation(context: Context, reservation_id: UUID) -> LockedReservation:
    """A reservation, locked by the lock of its account.

    Raises:
        NotFound: There is no such reservation within reach.
    """
    account = await lock_of_reservation(context, reservation_id)
    record = await context.connection.fetchrow(
        "SELECT * FROM reservation WHERE id = $1", reservation_id
    )
    if record is None or account is None:
        raise missing("a reservation with this id")
    return LockedReservation(Reservation.read(record), account)


def require_held(held: LockedReservation) -> None:
    """Refuse a reservation that is used up, released or expired.

    Raises:
        ReservationEnded: It is.
    """
    state = held.reservation.state
    if state is not ReservationState.HELD:
        raise rules.ReservationEnded(
            f"Expected a reservation that is held, but it is {state}.",
            f"预占应当处于有效状态，但其状态为{state}。",
        )


def require_running(held: LockedReservation, today: date) -> None:
    """Refuse a reservation whose last day is over, also before the worker has ended it.

    Raises:
        ReservationEnded: It is over.
    """
    expires_on = held.reservation.expires_on
    if today >= expires_on:
        raise rules.ReservationEnded(
            f"Expected a reservation that still holds, but it held until {expires_on}.",
            f"预占应当在有效期内，但有效期至{expires_on}（不含）。",
        )


async def take_notice(
    context: Context,
    reservation_id: UUID | None,
    account: LockedAccount,
    on: date,
    *,
    is_leader: bool,
) -> int:
    """Use one post of the notice on which somebody comes to an account: how many were reserved.

    None is for leading cadres, who come on their appointment document (I7).

    Raises:
        NoticeRequired: There is none, or it does not cover the day.
        NotFound: It is not on record within reach.
    """
    if reservation_id is not None:
        held = await locked_reservation(context, reservation_id)
        require_notice(held, account, on, context.today)
        use_one(context, held)
        return 1
    if not is_leader:
        raise rules.NoticeRequired(
            "Expected a reservation (用编通知单) for the entry, but the request names none.",
            "入编应当凭有效的用编通知单，但请求中没有。",
        )
    return 0


def require_notice(held: LockedReservation, account: LockedAccount, on: date, today: date) -> None:
    """Refuse an entry that the reservation does not cover (I7).

    A notice that is over lets nobody in for a day before either: who is late needs a new one.

    Raises:
        NoticeRequired: It is of another account, does not hold on that day, is used up or over.
    """
    reservation = held.reservation
    if reservation.account_id != account.account.id:
        why, why_zh = "is for other posts", "用于其他编制"
    elif reservation.state is not ReservationState.HELD or held.left < 1:
        why, why_zh = f"is {reservation.state}", f"状态为{reservation.state}"
    elif not (
        reservation.effective_on <= on < reservation.expires_on and today < reservation.expires_on
    ):
        why, why_zh = (
            f"holds from {reservation.effective_on} until {reservation.expires_on}",
            f"有效期为{reservation.effective_on}至{reservation.expires_on}（不含）",
        )
    else:
        return
    raise rules.NoticeRequired(
        f"Expected a reservation that covers an entry on {on}, but it {why}.",
        f"应当有覆盖{on}入编的用编通知单，但该通知单{why_zh}。",
    )


def use_one(context: Context, held: LockedReservation) -> Reservation:
    """Count one more post of a reservation as used; the last one ends it."""
    used = held.reservation.used + 1
    is_used_up = used == held.reservation.posts
    return context.update(
        held.reservation,
        used=used,
        state=ReservationState.USED if is_used_up else ReservationState.HELD,
    )
