"""The one transaction: the only place of the service that begins and commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from service.core.errors import OutcomeUnknown
from service.core.store.db import Connection

# Killed in the middle of a statement, a server can leave asyncpg with a protocol it cannot read.
CONNECTION_LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
)


@asynccontextmanager
async def transaction(pool: "asyncpg.Pool[Any]") -> AsyncIterator[Connection]:
    """Run the block in one transaction: committed when it ends, rolled back when it raises.

    Raises:
        OutcomeUnknown: The connection was lost while committing.
    """
    async with pool.acquire() as connection:
        await connection.execute("BEGIN")
        try:
            yield connection
        except BaseException:
            if not connection.is_closed():
                await connection.execute("ROLLBACK")
            raise
        try:
            ended = await connection.execute("COMMIT")
        except CONNECTION_LOST as lost:
            raise OutcomeUnknown(
                "Expected the change to be committed, but the connection was lost meanwhile.",
                "应当提交本次变更，但提交过程中数据库连接中断。",
            ) from lost
        if ended != "COMMIT":
            raise RuntimeError(f"Expected the transaction to commit, but it ended as {ended}.")


@asynccontextmanager
async def savepoint(connection: Connection) -> AsyncIterator[None]:
    """Run the block so that what it wrote can be undone alone: it is when the block raises."""
    await connection.execute("SAVEPOINT inner_change")
    try:
        yield
    except BaseException:
        await connection.execute("ROLLBACK TO SAVEPOINT inner_change")
        await connection.execute("RELEASE SAVEPOINT inner_change")
        raise
    await connection.execute("RELEASE SAVEPOINT inner_change")
