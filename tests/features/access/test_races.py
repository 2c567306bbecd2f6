"""What two requests at once, and two periods of one duty, must not do to each other."""

import asyncio
from datetime import timedelta
from uuid import UUID

import asyncpg

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.access.appoint_security_admin import AppointSecurityAdmin
from service.settings import Settings
from tests.builders import TODAY
from tests.conftest import Api
from tests.features.access.conftest import Register
from tests.people import MAY


def day(days: int) -> str:
    return str(TODAY + timedelta(days=days))


async def until_one_waits(connection: asyncpg.Connection) -> None:
    """Return once another session waits for a lock."""
    query = """SELECT count(*) FROM pg_locks WHERE NOT granted
               AND transactionid = pg_current_xact_id()::xid"""
    for _ in range(300):
        if await connection.fetchval(query):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waits")


async def test_a_substitute_named_while_the_duty_ends_does_not_outlive_it(
    api: Api, register: Register, settings: Settings
) -> None:
    holder, other = await register("holder", "office_deputy"), await register("other")
    path = f"/actors/{holder['id']}/duties/{holder['duties'][0]['id']}"
    named = {"substitute_id": other["id"], "true_from": day(1), "true_until": day(7)}
    connection = await asyncpg.connect(settings.migration_database_url)
    async with connection.transaction():
        lock = "SELECT FROM assignment WHERE id = $1 FOR UPDATE"
        await connection.execute(lock, UUID(holder["duties"][0]["id"]))
        ending = asyncio.ensure_future(api("POST", f"{path}/end", {"true_until": day(1)}))
        await until_one_waits(connection)
        naming = asyncio.ensure_future(api("POST", f"{path}/name-substitute", named))
        await asyncio.wait([naming], timeout=0.5)
    await connection.close()
    assert (await ending).status_code == 200
    assert (await naming).status_code == 422
    assert (await api("GET", f"/actors/{other['id']}")).json()["duties"] == []


async def test_an_end_of_a_substitution_is_not_put_off_by_the_end_of_what_it_stands_for(
    api: Api, register: Register, settings: Settings
) -> None:
    holder, other = await register("holder", "office_deputy"), await register("other")
    path = f"/actors/{holder['id']}/duties/{holder['duties'][0]['id']}"
    days = {"true_from": day(0), "true_until": day(30)}
    made = await api("POST", f"{path}/name-substitute", days | {"substitute_id": other["id"]})
    connection = await asyncpg.connect(settings.migration_database_url)
    async with connection.transaction():
        await connection.execute(
            "UPDATE assignment SET true_until = $2, version = version + 1 WHERE id = $1",
            UUID(made.json()["id"]),
            TODAY,
        )
        ending = asyncio.ensure_future(api("POST", f"{path}/end", {"true_until": day(7)}))
        await until_one_waits(connection)
    await connection.close()
    assert (await ending).status_code == 200
    assert (await api("GET", f"/actors/{other['id']}")).json()["duties"] == []


async def test_ending_one_period_leaves_the_substitutes_of_the_next(
    api: Api, register: Register
) -> None:
    holder, other = await register("holder"), await register("other")
    path = f"/actors/{holder['id']}/duties"
    asked = {"duty": "office_deputy", "reach": "CITY"}
    first = await api("POST", path, asked | {"true_until": day(10)})
    second = await api("POST", path, asked | {"true_from": day(10)})
    days = {"true_from": day(20), "true_until": day(30)}
    named = f"{path}/{second.json()['id']}/name-substitute"
    made = await api("POST", named, days | {"substitute_id": other["id"]})
    assert made.status_code == 201, made.text
    ended = await api("POST", f"{path}/{first.json()['id']}/end", {"true_until": day(2)})
    assert ended.status_code == 200
    (left,) = (await api("GET", f"/actors/{other['id']}")).json()["duties"]
    assert left["true_until"] == day(30)


async def test_what_never_began_is_not_ended_twice(api: Api, register: Register) -> None:
    somebody = await register("somebody")
    path = f"/actors/{somebody['id']}/duties"
    asked = {"duty": "office_deputy", "reach": "CITY", "true_from": day(10)}
    made = (await api("POST", path, asked)).json()
    assert (await api("POST", f"{path}/{made['id']}/end", {})).json()["true_until"] == day(10)
    again = await api("POST", f"{path}/{made['id']}/end", {})
    assert (again.status_code, again.json()["code"]) == (409, "duty_ended")


async def test_a_duty_that_never_begins_keeps_no_city_without_an_administrator(
    api: Api, register: Register, database: Database
) -> None:
    later = await register("later")
    path = f"/actors/{later['id']}/duties"
    asked = {"duty": "security_admin", "reach": "CITY", "true_from": day(10)}
    made = (await api("POST", path, asked)).json()
    assert (await api("POST", f"{path}/{made['id']}/end", {})).status_code == 200
    await database.writing.execute("UPDATE actor SET is_active = false WHERE subject = $1", MAY)
    appointed = AppointSecurityAdmin(subject="chief", actor_name="安全管理员")
    done = await Executor(database).execute(appointed, Caller(is_process=True))
    assert done.status == 200, done.body
