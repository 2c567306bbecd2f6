"""Reminders: so many working days before the end, whoever has the task is told once."""

from datetime import date, datetime, time

import asyncpg
import orjson

from service.core.clock import CITY_ZONE
from service.core.command import Executor
from service.core.sweep import sweep
from service.settings import Settings
from service.worker import SWEEPS
from tests.builders import give_duty
from tests.conftest import Api
from tests.features.tasks.conftest import Cases, one
from tests.people import MAY, MAY_READ, NEVER

# From Tuesday, the 24th of November: until Tuesday, the 1st of December.
DEADLINE = '<dingbian:deadline days="5" remind="3 1"/>'
THURSDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 30)


async def set_day(settings: Settings, day: date) -> None:
    """Have it be nine in the morning of a day."""
    connection = await asyncpg.connect(settings.migration_database_url)
    now = datetime.combine(day, time(9), CITY_ZONE)
    await connection.execute("UPDATE demo_clock SET moved = $1 - clock_timestamp()", now)
    await connection.close()


async def remind(cases: Cases) -> int:
    """What the worker does about reminders; how many were dealt with."""
    (each,) = [each for each in SWEEPS if each.due.__name__ == "due_reminders"]
    return await sweep(Executor(cases.database), each)


async def test_a_reminder_comes_on_its_day_and_once(api: Api, cases: Cases):
    await cases.begin(one(DEADLINE))
    rows = await cases.database.reading.fetch(
        "SELECT working_days, remind_on FROM task_reminder ORDER BY remind_on"
    )
    assert [tuple(row) for row in rows] == [(3, THURSDAY), (1, MONDAY)]
    assert await remind(cases) == 0
    await set_day(cases.settings, THURSDAY)
    assert [await remind(cases) for _ in range(2)] == [1, 0]
    (notice,) = (await api("GET", "/notices")).json()["items"]
    assert notice["text"] == "“办件”的任务“看”将于2026-12-01到期。"
    assert notice["seen_at"] is None
    told = await cases.database.reading.fetchval(
        "SELECT data FROM outbox WHERE type = 'tasks.task_reminded'"
    )
    assert told["working_days"] == 3
    await set_day(cases.settings, MONDAY)
    assert await remind(cases) == 1
    assert len((await api("GET", "/notices")).json()["items"]) == 2


async def test_a_notice_is_for_whoever_has_the_task(api: Api, cases: Cases):
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    assert (await cases.claim(await cases.task(await cases.begin(one(DEADLINE))))).status == 200
    await set_day(cases.settings, THURSDAY)
    assert await remind(cases) == 1
    for who, count in ((MAY, 1), (MAY_READ, 0), (NEVER, 0)):
        assert len((await api("GET", "/notices", who=who)).json()["items"]) == count


async def test_a_reminder_of_what_is_done_tells_nobody(api: Api, cases: Cases):
    case = await cases.begin(one(DEADLINE))
    assert (await cases.complete(await cases.task(case))).status == 200
    await set_day(cases.settings, THURSDAY)
    assert await remind(cases) == 1
    assert (await api("GET", "/notices")).json()["items"] == []


async def test_a_reminder_follows_a_deadline_that_has_moved(api: Api, cases: Cases):
    task = await cases.task(await cases.begin(one(DEADLINE)))
    connection = await asyncpg.connect(cases.settings.migration_database_url)
    later = datetime(2026, 12, 10, tzinfo=CITY_ZONE)
    await connection.execute("UPDATE task SET due_at = $1 WHERE id = $2", later, task)
    await connection.close()
    await set_day(cases.settings, THURSDAY)
    assert await remind(cases) == 1
    assert (await api("GET", "/notices")).json()["items"] == []
    days = await cases.database.reading.fetch("SELECT remind_on FROM task_reminder ORDER BY 1")
    assert [row["remind_on"] for row in days] == [MONDAY, date(2026, 12, 4)]


async def test_what_one_has_read_stays_new_to_the_others(api: Api, cases: Cases):
    await give_duty(cases.settings, MAY_READ, "office_case_officer")
    await cases.begin(one(DEADLINE))
    await set_day(cases.settings, THURSDAY)
    await remind(cases)
    (notice,) = (await api("GET", "/notices")).json()["items"]
    place = f"/notices/{notice['id']}/read"
    for who, status in ((NEVER, 404), (MAY, 200), (MAY, 200)):
        answer = await api("POST", place, who=who)
        assert answer.status_code == status, answer.text
    assert orjson.loads(answer.content)["seen_at"] is not None
    for who, count in ((MAY, 0), (MAY_READ, 1)):
        found = (await api("GET", "/notices?is_new=true", who=who)).json()["items"]
        assert len(found) == count
