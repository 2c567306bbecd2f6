"""List and read reservations."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.quota.reservation_view import ReservationView, view_of
from service.features.quota.tables import Reservation, ReservationState

_MATCHING = """
FROM reservation r JOIN account a ON a.id = r.account_id JOIN body b ON b.id = r.body_id
WHERE ($1 OR b.id = ANY ($2::uuid[]) OR b.lineage && $3::uuid[])
  AND ($4::uuid IS NULL OR r.body_id = $4) AND ($5::text IS NULL OR r.state = $5)
"""


class ReservationFilter(BaseModel):
    """Which reservations: of one body, in one state."""

    body_id: UUID | None = None
    state: ReservationState | None = None


class ListReservations(ReservationFilter, Query[Page[ReservationView]]):
    """Reservations (预占清单), those that end first in front."""

    name = "quota.list_reservations"
    duties = LEDGER_READERS
    title_zh = "预占清单"
    title_en = "List reservations"

    limit: Limit = 50
    cursor: Cursor = None


class CountReservations(ReservationFilter, Query[Count]):
    """How many reservations the same filters match."""

    name = "quota.count_reservations"
    duties = LEDGER_READERS
    title_zh = "统计预占"
    title_en = "Count reservations"


class ReadReservation(Query[ReservationView]):
    """One reservation."""

    name = "quota.read_reservation"
    duties = LEDGER_READERS
    title_zh = "查询预占"
    title_en = "Read a reservation"

    reservation_id: UUID


@answers(ListReservations)
async def list_reservations(query: ListReservations, reading: Reading) -> Page[ReservationView]:
    expires_on, reservation_id = position_of(query.cursor, date, UUID) or (None, None)
    records = await reading.connection.fetch(
        f"""SELECT r.*, a.kind, a.part {_MATCHING}
            AND ($6::date IS NULL OR (r.expires_on, r.id) > ($6, $7::uuid))
            ORDER BY r.expires_on, r.id LIMIT $8""",
        *reading.reach,
        query.body_id,
        query.state,
        expires_on,
        reservation_id,
        query.limit + 1,
    )
    views = [view_of(Reservation.read(each), each["kind"], each["part"]) for each in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.expires_on, view.id))


@answers(CountReservations)
async def count_reservations(query: CountReservations, reading: Reading) -> Count:
    count = await reading.connection.fetchval(
        f"SELECT count(*) {_MATCHING}", *reading.reach, query.body_id, query.state
    )
    return Count(count=count)


@answers(ReadReservation)
async def read_reservation(query: ReadReservation, reading: Reading) -> ReservationView:
    record = await reading.connection.fetchrow(
        """SELECT r.*, a.kind, a.part, b.lineage FROM reservation r
           JOIN account a ON a.id = r.account_id JOIN body b ON b.id = r.body_id WHERE r.id = $1""",
        query.reservation_id,
    )
    if record is None:
        raise missing("a reservation with this id")
    reading.require_reach(record["lineage"], "a reservation with this id")
    reservation = Reservation.read(record)
    reading.tag(reservation)
    return view_of(reservation, record["kind"], record["part"])
