"""Two commands on two connections, the first stopped at a named point of its transaction.

The points are in what is sent to the database, seen from outside: nothing in the service knows
that it is being stopped.

- `begun`: the first statement of the transaction is about to be sent.
- `written`: all is written, COMMIT is about to be sent.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import asyncpg

from service.core.auth.actor import Caller
from service.core.command import Answer, Executor
from service.core.operation import Command
from service.core.store.db import Database

POINTS = ("begun", "written")


@dataclass
class Stop:
    """Where the first command is held, until `goes_on` is set."""

    point: str
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def meet(self, point: str) -> None:
        if point == self.point and not self.reached.is_set():
            self.reached.set()
            await self.goes_on.wait()


class _Connection:
    """A connection that tells its stop where it is."""

    def __init__(self, real: Any, stop: Stop) -> None:
        self._real = real
        self._stop = stop

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name not in ("execute", "fetch", "fetchrow", "fetchval"):
            return real

        async def sent(query: str, *values: Any, **options: Any) -> Any:
            if query == "COMMIT":
                await self._stop.meet("written")
            elif query == "BEGIN":
                done = await real(query, *values, **options)
                await self._stop.meet("begun")
                return done
            return await real(query, *values, **options)

        return sent


class _Pool:
    """A pool whose connections stop."""

    def __init__(self, real: "asyncpg.Pool[Any]", stop: Stop) -> None:
        self._real = real
        self._stop = stop

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[_Connection]:
        async with self._real.acquire() as connection:
            yield _Connection(connection, self._stop)


@dataclass(frozen=True)
class Asked:
    """A command with whoever gives it."""

    command: Command[Any]
    caller: Caller
    if_match: str | None = None
    key: str | None = None


async def race(
    database: Database, first: Asked, second: Asked, point: str
) -> tuple[Answer, Answer]:
    """Hold the first at a point, let the second run as far as it comes, let both end."""
    stop = Stop(point)
    held = replace(database, writing=_Pool(database.writing, stop))  # type: ignore[arg-type]
    one = asyncio.create_task(_give(Executor(held), first))
    await asyncio.wait_for(stop.reached.wait(), 10)
    other = asyncio.create_task(_give(Executor(database), second))
    await until_still(database, other)
    stop.goes_on.set()
    return await one, await other


async def _give(executor: Executor, asked: Asked) -> Answer:
    return await executor.execute(
        asked.command, asked.caller, if_match=asked.if_match, key=asked.key
    )


async def until_still(database: Database, task: "asyncio.Task[Any]") -> None:
    """Until a command has ended, or waits for a lock."""
    for _ in range(500):
        if task.done():
            return
        if await _waits(database):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("Expected the second command to end or to wait, but it does neither.")


async def _waits(database: Database) -> bool:
    async with database.reading.acquire() as connection:
        found: bool = await connection.fetchval(
            """SELECT EXISTS (SELECT FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event_type = 'Lock')"""
        )
    return found
