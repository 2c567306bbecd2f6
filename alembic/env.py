"""How alembic reaches the database: as its owner, one migrator at a time."""

import asyncio

import asyncpg
from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import service.tables  # noqa: F401 - fills the metadata
from service.migrate import owner_url
from service.settings import Settings

_LOCK = 0x64696E67  # "ding": any number that nothing else locks


def _plain_strings(kind: str, item: object, _: object) -> str | bool:
    """A migration must not depend on how SQLModel names its types."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


def _migrate(connection: Connection) -> None:
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
    connection.commit()  # the lock is the session's, and stays
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=_plain_strings,
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=True,  # so that one may build an index concurrently
        on_version_apply=context.config.attributes.get("on_version_apply"),
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run() -> None:
    url = context.config.attributes.get("url") or owner_url(Settings())
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url)
    )
    async with engine.connect() as connection:
        await connection.run_sync(_migrate)
    await engine.dispose()


if context.is_offline_mode():
    raise SystemExit("Expected a database to migrate, but --sql asks for a script without one.")
asyncio.run(_run())
