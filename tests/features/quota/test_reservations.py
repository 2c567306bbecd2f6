"""Reservations after they were made: used, released, expired, and seen by those who may."""

import asyncio
from datetime import date

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.quota.expire_reservation import ExpireReservation, due_reservations
from tests.builders import TODAY, City
from tests.conftest import Api, told
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER


async def test_a_released_reservation_can_be_promised_again(ledger: Ledger, api: Api) -> None:
    await ledger.grant(3)
    held = told(await ledger.reserve(3, on=TODAY))
    assert (await ledger.reserve(1, on=TODAY)).status == 422
    path = f"/reservations/{held['id']}/release"
    assert (await api("POST", path, {})).status_code == 428
    released = await api("POST", path, {"reason": "不再需要"}, if_match='"1"')
    assert (released.json()["state"], released.json()["left"]) == ("RELEASED", 0)
    assert (await api("POST", path, {}, if_match='"1"')).json()["code"] == "version_mismatch"
    assert (await api("POST", path, {}, if_match='"2"')).json()["code"] == "reservation_not_held"
    assert (await ledger.reserve(3, on=TODAY)).status == 201


async def test_a_reservation_expires_once_and_never_early(
    ledger: Ledger, database: Database, city: City
) -> None:
    await ledger.grant(3)
    over = told(await ledger.reserve(2, until=date(2026, 9, 1)))
    running = told(await ledger.reserve(1, until=date(2030, 1, 1)))
    executor = Executor(database)
    due = await due_reservations(database.reading, 10)  # type: ignore[arg-type]  # a pool answers as a connection does
    assert [str(each) for each in due] == [over["id"]]
    expire = [ExpireReservation(reservation_id=due[0])] * 3
    answers = await asyncio.gather(
        *(executor.execute(each, Caller(is_process=True)) for each in expire)
    )
    assert sorted(answer.status for answer in answers) == [200, 409, 409]
    early = await executor.execute(
        ExpireReservation(reservation_id=running["id"]), Caller(is_process=True)
    )
    assert told(early)["code"] == "reservation_not_held"
    assert (await ledger.reserve(2, on=TODAY)).status == 201


async def test_an_expired_reservation_frees_its_posts_from_its_last_day_on(
    ledger: Ledger, database: Database, city: City, api: Api
) -> None:
    await ledger.grant(3)
    over = told(await ledger.reserve(2, until=date(2026, 9, 1)))
    await Executor(database).execute(
        ExpireReservation(reservation_id=over["id"]), Caller(is_process=True)
    )
    reserved = [
        (await api("GET", f"/bodies/{city.body}/balances?as_of={day}")).json()["balances"][0][
            "reserved"
        ]
        for day in ("2026-02-28", "2026-03-01", "2026-08-31", "2026-09-01")
    ]
    assert reserved == [0, 2, 2, 0]


async def test_a_person_recorded_without_notice_is_put_in_order(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    found = {
        "effective_on": "2026-02-01",
        "persons": [
            {
                "id_no": "990081198501010017",
                "name": "周某001",
                "kind": "ADMIN",
                "funding": "FULL",
                "entry_type": "EXAM_RECRUITMENT",
                "entry_on": "2020-01-01",
            }
        ],
    }
    opened = await api("POST", f"/bodies/{city.body}/persons/open", found)
    assert opened.json() == {"active": 1, "exited": 0}
    person = (await api("GET", "/persons")).json()["items"][0]
    held = told(await ledger.reserve(2))
    path = f"/reservations/{held['id']}/use"
    used = await api("POST", path, {"person_id": person["id"]}, if_match='"1"')
    assert (used.json()["used"], used.json()["left"], used.json()["state"]) == (1, 1, "HELD")
    again = await api("POST", path, {"person_id": person["id"]}, if_match='"2"')
    assert again.json()["code"] == "reservation_not_for_person"
    row = (await api("GET", f"/bodies/{city.body}/balances")).json()["balances"][0]
    assert (row["actual"], row["reserved"], row["available"]) == (1, 1, 3)


async def test_three_people_and_the_reservations(ledger: Ledger, city: City, api: Api) -> None:
    await ledger.grant(3)
    held = told(await ledger.reserve(1))
    people = (MAY, MAY_READ, NEVER, None)
    read = [
        (await api("GET", f"/reservations/{held['id']}", who=who)).status_code for who in people
    ]
    assert read == [200, 200, 404, 401]
    counts = [
        (await api("GET", "/reservations/count", who=who)).json()["count"] for who in people[:3]
    ]
    assert counts == [1, 1, 0]
    listed = await api("GET", f"/reservations?body_id={city.body}&state=HELD", who=MAY_READ)
    assert [each["id"] for each in listed.json()["items"]] == [held["id"]]
    for verb, body in (("release", {}), ("expire", {}), ("use", {"person_id": held["id"]})):
        path = f"/reservations/{held['id']}/{verb}"
        refused = [
            (await api("POST", path, body, who=who, if_match='"1"')).status_code
            for who in (MAY_READ, NEVER, None)
        ]
        assert refused == [403, 403, 401], verb
