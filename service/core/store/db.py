"""Connections: one pool that may write, one that cannot."""

from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

from service.core.auth.sealed import Seals
from service.settings import Settings

Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy


@dataclass(frozen=True, slots=True)
class Database:
    """The two pools of one process, and what it needs to work on them: settings and keys."""

    writing: "asyncpg.Pool[asyncpg.Record]"
    reading: "asyncpg.Pool[asyncpg.Record]"
    settings: Settings
    seals: Seals

    async def close(self) -> None:
        await self.reading.close()
        await self.writing.close()


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: orjson.dumps(value).decode(),
        decoder=orjson.loads,
    )


async def _keep(connection: Any) -> None:
    """Nothing to reset: a transaction ends before its connection goes back, and no command
    changes a session's state. The default would cost one more round trip a request."""


async def connect(settings: Settings) -> Database:
    """Open both pools.

    Raises:
        CannotStart: The key ring cannot be read.
        OSError, asyncpg.PostgresError: The server cannot be reached or refuses the role.
    """
    assert settings.database_url is not None, "the caller resolves the address first"
    common: dict[str, Any] = {
        "dsn": settings.database_url,
        "min_size": 1,
        "max_size": settings.pool_size,
        "init": _prepare,
        "reset": _keep,
        "statement_cache_size": 512,
        "command_timeout": settings.statement_timeout_s + 5,
    }
    session = {
        "application_name": "dingbian",
        "timezone": "UTC",
        "statement_timeout": f"{int(settings.statement_timeout_s * 1000)}",
        "lock_timeout": f"{int(settings.lock_timeout_s * 1000)}",
        "jit": "off",
    }
    writing = await asyncpg.create_pool(server_settings=session, **common)
    reading = await asyncpg.create_pool(
        server_settings=session | {"default_transaction_read_only": "on"}, **common
    )
    return Database(writing, reading, settings, Seals.of(settings))
