"""The year of the sample city: what its people did over the API, and how things stand now."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from service.check import check
from service.core.store.embedded import APP_ROLE, OWNER_ROLE, EmbeddedPostgres
from service.sample_city.load import load
from service.settings import Settings
from tests.conftest import TEMPLATE

NAME = "the_year"


@pytest.fixture(scope="module")
async def lived(
    server: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Settings]:
    """A city whose year is played, for all tests here: they only look."""
    await server.create_database(NAME, template=TEMPLATE)
    folder: Path = tmp_path_factory.mktemp("the_year")
    settings = Settings(
        data_dir=folder,
        database_url=server.url(APP_ROLE, NAME),
        migration_database_url=server.url(OWNER_ROLE, NAME),
        is_demo=True,
        pool_size=8,
    )
    await load(settings, lambda _: None)
    yield settings
    admin = await asyncpg.connect(server.url("postgres", "postgres"))
    await admin.execute(f'DROP DATABASE "{NAME}" WITH (FORCE)')
    await admin.close()


async def rows(settings: Settings, query: str) -> list[Any]:
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        return [tuple(each) for each in await connection.fetch(query)]
    finally:
        await connection.close()


async def test_nothing_got_stuck(lived: Settings) -> None:
    assert await rows(lived, "SELECT process, element, message FROM incident") == []


async def test_the_ledger_has_forty_items_as_far_as_they_should_be(lived: Settings) -> None:
    items = await rows(
        lived,
        """SELECT CASE WHEN reopenings > 0 THEN 'reopened' WHEN is_long_term THEN 'long-term'
                  WHEN state = 'CLOSED' THEN 'closed' WHEN is_overdue THEN 'overdue'
                  ELSE 'running' END FROM rectification_item""",
    )
    counted = Counter(each for (each,) in items)
    assert counted == {
        "closed": 18,
        "running": 14,
        "overdue": 5,
        "long-term": 2,
        "reopened": 1,
    }


async def test_the_whole_database_keeps_the_rules(lived: Settings) -> None:
    report = await check(lived)
    broken = [each for each in report.rules if each.findings]
    assert report.is_sound, broken
