"""Reserving posts: what it sets aside, whom it refuses, what it announces and leaves behind."""

import asyncio
from datetime import date

import orjson
import pytest

from service.core.store.db import Database
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.reserve_posts import ReservePosts
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER

ASKED = {
    "kind": "ADMIN",
    "funding": "FULL",
    "posts": 2,
    "purpose": "2026年招录",
    "effective_on": "2026-03-01",
    "expires_on": "2026-09-01",
}


@pytest.fixture
async def granted(ledger: Ledger) -> None:
    """Our body has three administrative posts, all vacant."""
    assert (await ledger.grant(3)).status == 201


pytestmark = pytest.mark.usefixtures("granted")


def reserving(city: City, posts: int) -> ReservePosts:
    return ReservePosts(
        body_id=city.body,
        kind=QuotaKind.ADMIN,
        funding=Funding.FULL,
        posts=posts,
        purpose="招录",
        effective_on=date(2026, 3, 1),
        expires_on=date(2026, 9, 1),
    )


async def test_a_reservation_may_take_the_last_vacant_post(do: Do, city: City) -> None:
    answer = await do(reserving(city, 3))
    assert answer.status == 201
    assert told(answer)["left"] == 3


async def test_the_same_post_is_never_promised_twice(do: Do, city: City) -> None:
    answers = await asyncio.gather(*(do(reserving(city, 2)) for _ in range(5)))
    assert sorted(answer.status for answer in answers) == [201, 422, 422, 422, 422]
    refused = next(told(answer) for answer in answers if answer.status == 422)
    assert refused["code"] == "quota_exceeded"
    assert refused["facts"] == {"asked": 2, "vacant": 1, "from_on": "2026-03-01"}


async def test_a_reservation_lowers_the_vacancy_at_once(api: Api, city: City) -> None:
    made = await api("POST", f"/bodies/{city.body}/reservations", ASKED)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    read = await api("GET", f"/bodies/{city.body}/balances")
    assert read.json()["balances"][0]["available"] == 1


async def test_only_the_duty_may_reserve_and_a_stranger_sees_nothing(api: Api, city: City) -> None:
    path = f"/bodies/{city.body}/reservations"
    made = {who: await api("POST", path, ASKED, who=who) for who in (MAY, MAY_READ, NEVER, None)}
    assert {who: got.status_code for who, got in made.items()} == {
        MAY: 201,
        MAY_READ: 403,
        NEVER: 403,
        None: 401,
    }
    read = {
        who: await api("GET", f"/bodies/{city.body}/balances", who=who)
        for who in (MAY, MAY_READ, NEVER)
    }
    assert {who: got.status_code for who, got in read.items()} == {
        MAY: 200,
        MAY_READ: 200,
        NEVER: 404,
    }


async def test_it_announces_what_it_set_aside(do: Do, city: City, database: Database) -> None:
    await do(reserving(city, 1))
    await do(reserving(city, 2))
    events = await database.reading.fetch(
        "SELECT * FROM outbox WHERE type = 'quota.posts_reserved' ORDER BY number"
    )
    assert [event["number"] for event in events] == [2, 3]
    assert [event["data"]["posts"] for event in events] == [1, 2]


async def test_done_and_refused_commands_leave_an_audit_row(
    do: Do, city: City, database: Database
) -> None:
    await do(reserving(city, 3))
    await do(reserving(city, 1))
    await do(reserving(city, 1), who=NEVER)
    rows = await database.reading.fetch(
        "SELECT * FROM audit WHERE command = 'quota.reserve_posts' ORDER BY at"
    )
    assert [row["outcome"] for row in rows] == ["done", "quota_exceeded", "not_allowed"]
    changed = {change["table"]: change for change in rows[0]["changes"]}
    assert changed["account"]["old"]["reserved"] == 0
    assert changed["account"]["new"]["reserved"] == 3
    assert rows[1]["changes"] == []


async def test_a_repeated_key_gets_the_same_bytes(do: Do, city: City) -> None:
    first, *others = await asyncio.gather(*(do(reserving(city, 2), key="k") for _ in range(4)))
    assert {answer.body for answer in others} == {first.body}
    assert {answer.status for answer in (first, *others)} == {201}


async def test_a_refusal_is_repeated_too_and_another_body_is_refused(do: Do, city: City) -> None:
    refused = await do(reserving(city, 4), key="k")
    again = await do(reserving(city, 4), key="k")
    assert (again.status, again.body, again.is_replayed) == (422, refused.body, True)
    other = await do(reserving(city, 1), key="k")
    assert orjson.loads(other.body)["code"] == "idempotency_key_reused"
