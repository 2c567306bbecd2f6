"""The database as migrations make it is the one that the tables declare, to the last check."""

import re
from typing import Any

import asyncpg
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection
from sqlalchemy.ext.asyncio import create_async_engine

from service.settings import Settings
from service.tables import metadata

_CHECKS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'c' AND connamespace = 'public'::regnamespace
"""


def _is_extra(difference: Any) -> bool:
    """Whether the database has something more: partitions by month, indexes by expression."""
    return isinstance(difference, tuple) and str(difference[0]).startswith("remove_")


def _codes(text: str) -> set[str]:
    return set(re.findall(r"'([^']*)'", text))


async def test_nothing_is_declared_that_no_migration_makes(settings: Settings) -> None:
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=lambda: asyncpg.connect(settings.migration_database_url),
    )

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [each for each in compare_metadata(context, metadata) if not _is_extra(each)]

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_every_check_allows_the_codes_that_its_list_has(settings: Settings) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    made = {(table, name): text for table, name, text in await connection.fetch(_CHECKS)}
    await connection.close()
    for table in metadata.tables.values():
        for check in table.constraints:
            if isinstance(check, CheckConstraint):
                text = made[table.name, str(check.name)]
                assert _codes(text) == _codes(str(check.sqltext)), (table.name, check.name)
