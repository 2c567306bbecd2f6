"""Nobody comes to a post without a notice that holds (I7), also where nobody ended it yet."""

from datetime import date
from uuid import UUID

from service.core.store.db import Database
from service.features.quota.codes import Level, Slot
from service.features.quota.person_facts import Post
from service.features.quota.use_reservation import UseReservation
from tests.builders import TODAY, City
from tests.conftest import Do, told
from tests.features.quota.conftest import Ledger

CHIEF = Post(level=Level.ZHENGKE, slot=Slot.CHIEF)
YESTERDAY = date(2026, 11, 23)


async def counted(database: Database, body: UUID) -> tuple[int, int, int]:
    """What is authorised, held and reserved of ADMIN posts, over all days."""
    record = await database.reading.fetchrow(
        """SELECT authorised, actual, reserved FROM account
           WHERE body_id = $1 AND ledger = 'QUOTA' AND kind = 'ADMIN'""",
        body,
    )
    assert record is not None
    return record[0], record[1], record[2]


async def test_an_expired_notice_lets_nobody_in(ledger: Ledger, database: Database) -> None:
    """The worker has not run: the reservation is still HELD, but its last day is over."""
    await ledger.grant(3)
    over = told(await ledger.reserve(2, until=TODAY))["id"]
    refused = await ledger.enter(1, over, on=YESTERDAY)
    assert (refused.status, told(refused)["code"]) == (422, "quota_use_notice_required")
    assert await counted(database, ledger.city.body) == (3, 0, 2)


async def test_an_expired_notice_puts_nobody_in_order(ledger: Ledger, do: Do) -> None:
    await ledger.grant(3)
    await ledger.posts(1)
    leader = told(await ledger.enter(1, post=CHIEF))["id"]
    over = told(await ledger.reserve(1, until=TODAY))["id"]
    use = UseReservation(reservation_id=UUID(over), person_id=UUID(leader))
    assert told(await do(use, if_match="1"))["code"] == "reservation_not_held"


async def test_an_expired_notice_moves_nobody(ledger: Ledger, city: City) -> None:
    await ledger.grant(2)
    await ledger.grant(2, body=city.other_body)
    entered = told(await ledger.enter(1, told(await ledger.reserve(1))["id"]))["id"]
    over = told(await ledger.reserve(1, until=TODAY, body=city.other_body))["id"]
    refused = await ledger.move(entered, over, on=YESTERDAY)
    assert told(refused)["code"] == "quota_use_notice_required"


async def test_a_move_to_another_body_uses_a_notice(
    ledger: Ledger, city: City, database: Database
) -> None:
    await ledger.grant(2)
    await ledger.grant(3, body=city.other_body)
    own = told(await ledger.reserve(2))["id"]
    entered = told(await ledger.enter(1, own))["id"]
    notice = told(await ledger.reserve(2, body=city.other_body))["id"]
    without = await ledger.move(entered)
    assert (told(without)["code"], told(without)["rule"]) == ("quota_use_notice_required", "I7")
    assert told(await ledger.move(entered, own))["code"] == "quota_use_notice_required"
    moved = await ledger.move(entered, notice)
    assert (moved.status, told(moved)["reservation_id"]) == (200, notice)
    assert await counted(database, city.body) == (2, 0, 1)
    assert await counted(database, city.other_body) == (3, 1, 1)


async def test_a_move_to_another_kind_uses_a_notice(ledger: Ledger, city: City) -> None:
    await ledger.grant(1)
    await ledger.limit(5, kind="SUPPORT")
    await ledger.grant(2, kind="SUPPORT")
    entered = told(await ledger.enter(1, told(await ledger.reserve(1))["id"]))["id"]
    refused = await ledger.move(entered, body=city.body, kind="SUPPORT")
    assert told(refused)["code"] == "quota_use_notice_required"


async def test_a_leading_cadre_moves_on_the_appointment_document(
    ledger: Ledger, city: City, database: Database
) -> None:
    await ledger.grant(1, body=city.other_body)
    await ledger.grant(1)
    await ledger.posts(1)
    notice = told(await ledger.reserve(1, body=city.other_body))["id"]
    entered = told(await ledger.enter(1, notice, body=city.other_body))["id"]
    appointed = await ledger.move(entered, body=city.body, post=CHIEF)
    assert (appointed.status, told(appointed)["reservation_id"]) == (200, None)
    assert await counted(database, city.body) == (1, 1, 0)
    back = await ledger.move(entered, version=2)
    assert told(back)["code"] == "quota_use_notice_required", "no leader there"


async def test_a_notice_is_not_wasted_on_somebody_who_stays(ledger: Ledger, city: City) -> None:
    await ledger.grant(2)
    held = told(await ledger.reserve(2))["id"]
    entered = told(await ledger.enter(1, held))["id"]
    refused = await ledger.move(entered, held, body=city.body, post_title="科员")
    assert told(refused)["code"] == "reservation_not_for_person"
