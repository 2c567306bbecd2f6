"""Starting a demo: only in an empty database, never where anything is on record."""

from datetime import UTC, datetime

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.store.db import Database
from service.features.calendar.start_demo import StartDemo
from tests.builders import City
from tests.conftest import told

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)


async def test_a_demo_starts_in_an_empty_database(database: Database) -> None:
    answer = await Executor(database).execute(StartDemo(now=NOW), Caller(is_process=True))
    assert told(answer)["now"] == "2026-11-24T01:00:00Z"
    assert await database.reading.fetchval("SELECT EXISTS (SELECT FROM demo_clock)")


async def test_a_demo_never_starts_on_data(database: Database, city: City) -> None:
    answer = await Executor(database).execute(StartDemo(now=NOW), Caller(is_process=True))
    assert told(answer)["code"] == "not_a_demo"
