"""Timers that start cases: of the release in force alone, once for each time."""

import asyncio

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.processes.fire_start import FireStart
from service.settings import Settings
from tests.builders import City
from tests.diagrams import END, START, chain, diagram, in_force, user_task
from tests.features.processes.cases import begins, pass_time, rows, worked


def _files(kind: str, text: str, note: str = "") -> dict[str, str]:
    timer = f"<timerEventDefinition><{kind}>{text}</{kind}></timerEventDefinition>"
    drawn = diagram("yearly", chain(begins(timer), user_task("look", name=note), END))
    return {"yearly.bpmn": drawn}


_COUNT = "SELECT count(*) FROM instance"


async def test_a_cycle_starts_a_case_each_time(settings: Settings, database: Database, city: City):
    await in_force(settings, "yearly", _files("timeCycle", "R2/P1D"), "yearly")
    for days, cases in ((0, 0), (1, 1), (1, 2), (3, 2)):
        await pass_time(settings, days=days)
        await worked(database)
        assert await rows(settings, _COUNT) == [(cases,)]


async def test_one_time_starts_one_case_whoever_looks(
    settings: Settings, database: Database, city: City
):
    files = _files("timeDate", "2026-12-01T09:00:00+08:00")
    await in_force(settings, "yearly", files, "yearly")
    await pass_time(settings, days=8)
    ((start,),) = await rows(settings, "SELECT id FROM event_start")
    executor = Executor(database)
    fire = [executor.execute(FireStart(start_id=start), Caller(is_process=True)) for _ in range(3)]
    statuses = sorted(answer.status for answer in await asyncio.gather(*fire))
    assert statuses == [200, 409, 409]
    assert await rows(settings, _COUNT) == [(1,)]


async def test_a_new_release_counts_on_where_its_timer_is_the_same(
    settings: Settings, database: Database, city: City
):
    files = _files("timeDate", "2026-12-01T09:00:00+08:00")
    await in_force(settings, "yearly", files, "yearly")
    await pass_time(settings, days=8)
    await worked(database)
    again = _files("timeDate", "2026-12-01T09:00:00+08:00", note="看一看")
    await in_force(settings, "yearly", again, "yearly")
    await worked(database)
    assert await rows(settings, _COUNT) == [(1,)]


async def test_a_release_without_the_timer_starts_nothing(
    settings: Settings, database: Database, city: City
):
    await in_force(settings, "yearly", _files("timeCycle", "R/P1D"), "yearly")
    drawn = diagram("yearly", chain(START, user_task("look"), END))
    await in_force(settings, "yearly", {"yearly.bpmn": drawn}, "yearly")
    await pass_time(settings, days=3)
    await worked(database)
    assert await rows(settings, _COUNT) == [(0,)]
