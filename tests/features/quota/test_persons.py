"""People on the establishment: how they enter, move and leave, and who sees what of them."""

import asyncio
from datetime import date
from uuid import UUID

import asyncpg

from service.core.store.db import Database
from service.features.quota.codes import Level, Slot
from service.features.quota.person_facts import Post
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, told
from tests.features.quota.conftest import Ledger, person
from tests.people import MAY, MAY_READ, NEVER

CHIEF = Post(level=Level.ZHENGKE, slot=Slot.CHIEF)
DEPUTY = Post(level=Level.FUKE, slot=Slot.DEPUTY)


async def counts(api: Api, body: UUID, **at: str) -> tuple[int, int, int]:
    query = "&".join(f"{name}={value}" for name, value in at.items())
    row = (await api("GET", f"/bodies/{body}/balances?{query}")).json()["balances"][0]
    return row["authorised"], row["actual"], row["reserved"]


async def test_i7_an_entry_needs_a_notice_that_holds_and_has_posts_left(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(5)
    assert told(await ledger.enter(1))["code"] == "quota_use_notice_required"
    held = told(await ledger.reserve(1))["id"]
    assert told(await ledger.enter(1, UUID(int=3)))["code"] == "not_found"
    answers = await asyncio.gather(*(ledger.enter(number, held) for number in range(1, 5)))
    assert sorted(answer.status for answer in answers) == [201, 422, 422, 422]
    refused = [told(answer) for answer in answers if answer.status == 422]
    assert {(each["code"], each["rule"]) for each in refused} == {
        ("quota_use_notice_required", "I7")
    }
    assert await counts(api, city.body) == (5, 1, 0)
    assert (await api("GET", f"/reservations/{held}")).json()["state"] == "USED"


async def test_i7_a_leading_cadre_enters_on_the_appointment_document(ledger: Ledger) -> None:
    await ledger.grant(2)
    await ledger.posts(1)
    assert (await ledger.enter(1, post=CHIEF)).status == 201
    midlevel = Post.model_validate({"tier": "MIDLEVEL", "level": "ZHENGGU", "slot": "CHIEF"})
    await ledger.posts(1, level="ZHENGGU", tier="MIDLEVEL")
    assert told(await ledger.enter(2, post=midlevel))["code"] == "quota_use_notice_required"


async def test_i2_no_more_leaders_than_posts(ledger: Ledger) -> None:
    await ledger.grant(5)
    await ledger.posts(1)
    answers = await asyncio.gather(*(ledger.enter(number, post=CHIEF) for number in range(1, 5)))
    assert sorted(answer.status for answer in answers) == [201, 422, 422, 422]


async def test_i8_one_active_person_per_identity_number(ledger: Ledger, city: City) -> None:
    await ledger.grant(5)
    held = told(await ledger.reserve(4))["id"]
    answers = await asyncio.gather(*(ledger.enter(7, held) for _ in range(4)))
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    refused = next(told(answer) for answer in answers if answer.status == 409)
    assert (refused["code"], refused["rule"]) == ("person_already_active", "I8")


async def test_i8_an_exit_to_come_bars_every_entry_before_that_day(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(1)
    await ledger.grant(2, body=city.other_body)
    entered = told(await ledger.enter(1, told(await ledger.reserve(1))["id"]))["id"]
    last = date(2026, 12, 31)
    assert (await ledger.exit(entered, last)).status == 200
    held = told(await ledger.reserve(2, body=city.other_body))["id"]
    for day in (date(2026, 3, 15), date(2026, 12, 1), date(2026, 12, 30)):
        early = told(await ledger.enter(1, held, on=day, body=city.other_body))
        assert (early["code"], early["rule"]) == ("person_already_active", "I8")
        assert early["facts"] == {"earliest": "2026-12-31"}
    person_found = {
        **person(1).model_dump(exclude={"id_no"}, mode="json"),
        "id_no": person(1).id_no.get_secret_value(),
        "entry_on": "2020-01-01",
    }
    opening = {"effective_on": "2026-11-01", "persons": [person_found]}
    found = await api("POST", f"/bodies/{city.other_body}/persons/open", opening)
    assert found.json()["code"] == "person_already_active"
    assert (await ledger.enter(1, held, on=last, body=city.other_body)).status == 201


async def test_i8_an_exit_recorded_at_the_same_moment_bars_too(
    ledger: Ledger, city: City, database: Database
) -> None:
    await ledger.grant(1)
    await ledger.grant(1, body=city.other_body)
    entered = told(await ledger.enter(1, told(await ledger.reserve(1))["id"]))["id"]
    held = told(await ledger.reserve(1, body=city.other_body))["id"]
    late, day = date(2026, 12, 31), date(2026, 12, 1)
    left, other = await asyncio.gather(
        ledger.exit(entered, late), ledger.enter(1, held, on=day, body=city.other_body)
    )
    assert (left.status, other.status) == (200, 409)


async def test_i9_a_person_holds_a_kind_of_quota_that_the_body_has(ledger: Ledger) -> None:
    await ledger.posts(1)
    assert told(await ledger.enter(1, post=CHIEF))["code"] == "account_missing"


async def test_whoever_left_can_come_back_and_the_past_stays(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(1)
    held = told(await ledger.reserve(1))["id"]
    entered = told(await ledger.enter(1, held))
    leaving = {
        "exit_type": "RESIGNATION",
        "effective_on": "2026-06-01",
        "document_id": str(city.document),
    }
    path = f"/persons/{entered['id']}/exit"
    left = await api("POST", path, leaving, if_match='"1"')
    assert (left.json()["status"], left.json()["exit_on"]) == ("EXITED", "2026-06-01")
    again = await api("POST", path, leaving, if_match='"2"')
    assert again.json()["code"] == "person_exited"
    assert await counts(api, city.body, as_of="2026-05-31") == (1, 1, 0)
    assert await counts(api, city.body, as_of="2026-06-01") == (1, 0, 0)
    held = told(await ledger.reserve(1, on=date(2026, 6, 1)))["id"]
    assert (await ledger.enter(1, held, on=date(2026, 7, 1))).status == 201
    active = {
        day: (await api("GET", f"/persons/count?status=ACTIVE&as_of={day}")).json()["count"]
        for day in ("2026-03-31", "2026-04-01", "2026-06-01", "2026-07-01")
    }
    assert list(active.values()) == [0, 1, 0, 1]


async def test_a_move_frees_one_post_and_fills_another(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(2)
    await ledger.grant(1, body=city.other_body)
    await ledger.posts(1)
    entered = told(await ledger.enter(1, post=CHIEF))
    held = told(await ledger.reserve(1))["id"]
    second = told(await ledger.enter(2, held))
    move = {
        "to_body_id": str(city.other_body),
        "kind": "ADMIN",
        "funding": "FULL",
        "effective_on": "2026-05-01",
        "document_id": str(city.document),
    }
    move["reservation_id"] = told(await ledger.reserve(1, body=city.other_body))["id"]
    moved = await api("POST", f"/persons/{entered['id']}/move", move, if_match='"1"')
    assert (moved.status_code, moved.json()["tier"]) == (200, None)
    assert await counts(api, city.body) == (2, 1, 0)
    assert await counts(api, city.other_body) == (1, 1, 0)
    used_up = await api("POST", f"/persons/{second['id']}/move", move, if_match='"1"')
    assert used_up.json()["code"] == "quota_use_notice_required"
    del move["reservation_id"]
    promoted = await api(
        "POST",
        f"/persons/{second['id']}/move",
        move | {"to_body_id": str(city.body), "post": {"level": "ZHENGKE", "slot": "CHIEF"}},
        if_match='"1"',
    )
    assert (promoted.status_code, promoted.json()["slot"]) == (200, "CHIEF")
    assert await counts(api, city.body) == (2, 1, 0)


async def test_two_moves_at_once_and_one_wins(ledger: Ledger, city: City, api: Api) -> None:
    await ledger.grant(1)
    await ledger.grant(3, body=city.other_body)
    held = told(await ledger.reserve(1))["id"]
    entered = told(await ledger.enter(1, held))
    notice = told(await ledger.reserve(3, body=city.other_body))["id"]
    move = {
        "to_body_id": str(city.other_body),
        "kind": "ADMIN",
        "funding": "FULL",
        "effective_on": "2026-05-01",
        "document_id": str(city.document),
        "reservation_id": notice,
    }
    path = f"/persons/{entered['id']}/move"
    answers = await asyncio.gather(*(api("POST", path, move, if_match='"1"') for _ in range(4)))
    status = sorted(answer.status_code for answer in answers)
    assert status[0] == 200
    assert set(status[1:]) <= {409, 412}
    assert await counts(api, city.other_body) == (3, 1, 2)


async def test_a_wrong_identity_number_is_refused_without_repeating_it(
    ledger: Ledger, city: City, api: Api
) -> None:
    await ledger.grant(1)
    for number in ("990081199002290012", "990081198501010018", "000000198501010017"):
        asked = {
            "person": {
                "id_no": number,
                "name": "周某001",
                "kind": "ADMIN",
                "funding": "FULL",
                "entry_type": "APPOINTMENT",
            },
            "effective_on": "2026-04-01",
            "document_id": str(city.document),
        }
        refused = await api("POST", f"/bodies/{city.body}/persons", asked)
        assert refused.json()["code"] == "id_number_wrong"
        assert number not in refused.text


async def test_identity_numbers_are_nowhere_in_the_database(
    ledger: Ledger, settings: Settings, api: Api
) -> None:
    await ledger.grant(1)
    number = person(1).id_no.get_secret_value()
    held = told(await ledger.reserve(1))["id"]
    entered = told(await ledger.enter(1, held))
    assert entered["id_no"] == number[:6] + "********" + number[-4:]
    shown = await api(
        "POST", f"/persons/{entered['id']}/reveal-identity-number", {"purpose": "核对"}
    )
    assert shown.json()["id_no"] == number
    found = await api("POST", "/persons/find", {"id_no": number}, idempotency_key="find-1")
    assert [each["id"] for each in found.json()["persons"]] == [entered["id"]]

    owner = await asyncpg.connect(settings.migration_database_url)
    tables = await owner.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        hits = await owner.fetchval(
            f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE $1', f"%{number}%"
        )
        assert hits == 0, table
    await owner.close()


async def test_whoever_sees_a_full_number_is_on_record(
    ledger: Ledger, api: Api, database: Database
) -> None:
    await ledger.grant(1)
    held = told(await ledger.reserve(1))["id"]
    entered = told(await ledger.enter(1, held))
    path = f"/persons/{entered['id']}/reveal-identity-number"
    status = [
        (await api("POST", path, {"purpose": "核对身份"}, who=who)).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    ]
    assert status == [200, 403, 403, 401]
    rows = await database.reading.fetch(
        "SELECT actor_name, outcome, asked FROM audit "
        "WHERE command = 'quota.reveal_identity_number' ORDER BY at"
    )
    assert [(row["actor_name"], row["outcome"]) for row in rows[:2]] == [
        (MAY, "done"),
        (MAY_READ, "not_allowed"),
    ]
    assert rows[0]["asked"]["purpose"] == "核对身份"


async def test_three_people_and_a_person(ledger: Ledger, city: City, api: Api) -> None:
    await ledger.grant(1)
    held = told(await ledger.reserve(1))["id"]
    entered = told(await ledger.enter(1, held))
    people = (MAY, MAY_READ, NEVER, None)
    read = [(await api("GET", f"/persons/{entered['id']}", who=who)).status_code for who in people]
    assert read == [200, 200, 404, 401]
    for text in ("周某", "某0", "周", "001"):
        seen = [
            len((await api("GET", f"/persons?text={text}", who=who)).json()["items"])
            for who in people[:3]
        ]
        assert seen == [1, 1, 0], text
    assert (await api("GET", "/persons?text=吴某")).json()["items"] == []
    move = {"to_body_id": str(city.body), "kind": "ADMIN", "funding": "FULL"}
    day = {"effective_on": "2026-05-01", "document_id": str(city.document)}
    for verb, body in (("move", move | day), ("exit", {"exit_type": "RETIREMENT"} | day)):
        path = f"/persons/{entered['id']}/{verb}"
        refused = [
            (await api("POST", path, body, who=who, if_match='"1"')).status_code
            for who in (MAY_READ, NEVER, None)
        ]
        assert refused == [403, 403, 401], verb
