"""Expire a reservation whose time is over; the worker orders it for each that is due."""

from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.clock import NOW_SQL
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.quota import rules
from service.features.quota.release_reservation import end
from service.features.quota.reservation_view import ReservationView, view_of
from service.features.quota.reservations import locked_reservation, require_held
from service.features.quota.tables import Action, ReservationState


class ExpireReservation(Command[ReservationView]):
    """End a reservation whose last day is over (预占到期); its posts can be promised again."""

    name = "quota.expire_reservation"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "预占到期"
    title_en = "Expire a reservation"
    is_for_diagrams = False
    refusals = (rules.ReservationEnded,)

    reservation_id: UUID


@handles(ExpireReservation)
async def expire_reservation(command: ExpireReservation, context: Context) -> ReservationView:
    """Append an expiring entry, effective on the first day on which it holds no longer."""
    held = await locked_reservation(context, command.reservation_id)
    require_held(held)
    expires_on = held.reservation.expires_on
    if context.today < expires_on:
        raise rules.ReservationEnded(
            f"Expected a reservation that is over, but it holds until {expires_on}.",
            f"预占应当已到期，但有效期至{expires_on}（不含）。",
        )
    ended = end(context, held, ReservationState.EXPIRED, Action.EXPIRE, expires_on)
    context.tag(ended)
    return view_of(ended, held.account.account.kind, held.account.account.part)


async def due_reservations(connection: Connection, limit: int) -> list[UUID]:
    """Reservations that are over by the clock and still held, the longest overdue first."""
    records = await connection.fetch(
        f"""SELECT id FROM reservation WHERE state = 'HELD'
            AND expires_on <= ({NOW_SQL} AT TIME ZONE 'Asia/Shanghai')::date
            ORDER BY expires_on, id LIMIT $1""",
        limit,
    )
    return [record["id"] for record in records]
