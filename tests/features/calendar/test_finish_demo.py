"""A demo is finished once its city is there; what is no demo cannot be."""

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.calendar.finish_demo import FinishDemo
from service.features.calendar.start_demo import StartDemo
from tests.conftest import told
from tests.features.calendar.test_start_demo import NOW
from tests.people import MAY


async def test_only_a_demo_that_was_started_is_finished_and_by_no_person(
    database: Database,
) -> None:
    executor, process = Executor(database), Caller(is_process=True)
    early = await executor.execute(FinishDemo(), process)
    assert (early.status, told(early)["code"]) == (409, "not_a_demo")
    await executor.execute(StartDemo(now=NOW), process)
    incomplete = await database.reading.fetchval("SELECT is_complete FROM demo_clock")
    assert incomplete is False
    assert (await executor.execute(FinishDemo(), Caller(subject=MAY))).status == 403
    assert (await executor.execute(FinishDemo(), process)).status == 200
    assert await database.reading.fetchval("SELECT is_complete FROM demo_clock")
