"""Brings the schema of a database to the one this version expects."""

import asyncio
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import service.tables  # noqa: F401  # fills the metadata
from service.core.start import CannotStart
from service.core.store.rights import settle_partitions, settle_rights
from service.features.calendar.seed import seed_calendar
from service.settings import Settings

_ROOT = Path(__file__).resolve().parents[1]
_OLDEST, _NEWEST = 15, 18  # PostgreSQL


def owner_url(settings: Settings) -> str:
    """The address that migrations use.

    Raises:
        CannotStart: None is set.
    """
    url = settings.migration_database_url or settings.database_url
    if url is None:
        raise CannotStart(
            "Expected the address of a PostgreSQL server in DATABASE_URL, but it is not set. "
            "`make run` needs none: it starts a server of its own."
        )
    return url


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    return Config(toml_file=_ROOT / "pyproject.toml")


def expected_revisions() -> frozenset[str]:
    """The revisions at which the schema of this version stands."""
    return frozenset(_script().get_heads())


def migrate(settings: Settings, report: Callable[[str], None]) -> None:
    """Apply every migration that the database lacks; `report` is told each.

    Raises:
        CannotStart: There is no such database, its server is not PostgreSQL 15 to 18, or its
            schema is newer than this version.
    """
    url = owner_url(settings)
    config, script = _config(), _script()
    present = asyncio.run(_revisions(url))
    known = {revision.revision for revision in script.walk_revisions()}
    if unknown := sorted(present - known):
        raise CannotStart(
            f"Expected a database of this version or an older one, but its schema is at "
            f"{', '.join(unknown)}, which this version does not know. Start the newer version."
        )
    if present == expected_revisions():
        asyncio.run(_settle(url))
        return

    def applied(*, step: Any, **_: Any) -> None:
        report(f"migrated: {script.get_revision(step.up_revision_id).doc}")

    config.attributes |= {"url": url, "on_version_apply": applied}
    command.upgrade(config, "head")
    asyncio.run(_settle(url))


async def _settle(url: str) -> None:
    """Make the partitions of the coming months and give the application's role its rights."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await settle_partitions(connection)
            await seed_calendar(connection)
            await settle_rights(connection, sorted(SQLModel.metadata.tables))
    finally:
        await connection.close()


async def _revisions(url: str) -> set[str]:
    """The schema's revisions; empty for a database never migrated."""
    try:
        connection = await asyncpg.connect(url, timeout=10)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError) as error:
        parts = urlsplit(url)
        place = f"{parts.hostname or 'the local socket'}{parts.path}"
        raise CannotStart(
            f"Expected a PostgreSQL database at {place}, but: {str(error) or 'no answer in 10 s'}."
        ) from error
    try:
        major = connection.get_server_version().major
        if not _OLDEST <= major <= _NEWEST:
            raise CannotStart(
                f"Expected PostgreSQL {_OLDEST} to {_NEWEST}, but the server is {major}."
            )
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return set()
        rows = await connection.fetch("SELECT version_num FROM alembic_version")
        return {row["version_num"] for row in rows}
    finally:
        await connection.close()
