"""Reservations as the API shows them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.tables import Reservation, ReservationState


class ReservationView(BaseModel):
    """Posts set aside. `left` is how many of them are neither used nor let go."""

    id: UUID
    body_id: UUID
    kind: QuotaKind
    funding: Funding
    posts: int
    used: int
    left: int
    purpose: str
    document_id: UUID | None
    effective_on: date
    expires_on: date
    state: ReservationState
    version: int


def view_of(reservation: Reservation, kind: str, funding: str) -> ReservationView:
    is_held = reservation.state is ReservationState.HELD
    return ReservationView(
        **reservation.model_dump(exclude={"account_id"}),
        kind=QuotaKind(kind),
        funding=Funding(funding),
        left=reservation.posts - reservation.used if is_held else 0,
    )
