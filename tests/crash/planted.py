"""Faults that the crash test must find, planted from outside into a server of its own.

`python -m tests.crash.planted FAULT COMMAND` runs `dingbian COMMAND` with the fault.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from service import cli
from service.core import command
from service.core.store import flush
from service.core.store.idempotency import StoredAnswer
from service.core.store.transaction import transaction
from service.features.processes import moving
from service.features.tasks import finding

#: Long enough for a kill to fall in between.
_PAUSE_S = 0.3


def no_lock() -> None:
    """Nothing locks the case: two moves at once both begin from the same state."""
    for module in (moving, finding):
        module._LOCKED = module._LOCKED.partition("FOR UPDATE")[0]  # type: ignore[attr-defined]


def early_answer() -> None:
    """The answer leaves before the change is committed."""
    kept: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def hasty(pool: Any) -> AsyncIterator[Any]:
        whole = transaction(pool)
        connection = await whole.__aenter__()
        try:
            yield connection
        except BaseException as fault:
            if not await whole.__aexit__(type(fault), fault, fault.__traceback__):
                raise
            return

        async def later() -> None:
            await asyncio.sleep(_PAUSE_S)
            await whole.__aexit__(None, None, None)

        task = asyncio.create_task(later())
        kept.add(task)
        task.add_done_callback(kept.discard)

    command.transaction = hasty  # type: ignore[attr-defined]


def key_apart() -> None:
    """The idempotency key is kept by a transaction of its own, after the change's."""
    written = flush.Changes.flush
    execute = command.Executor.execute
    waiting: list[StoredAnswer] = []

    async def without(self: flush.Changes, connection: Any, *extra: Any) -> None:
        waiting.extend(row for row in extra if isinstance(row, StoredAnswer))
        await written(self, connection, *(x for x in extra if not isinstance(x, StoredAnswer)))

    async def executed(self: command.Executor, *given: Any, **more: Any) -> Any:
        answer = await execute(self, *given, **more)
        await asyncio.sleep(_PAUSE_S)
        while waiting:
            row = waiting.pop()
            async with transaction(self.database.writing) as connection:
                await written(flush.Changes(), connection, row)
        return answer

    flush.Changes.flush = without  # type: ignore[method-assign]
    command.Executor.execute = executed  # type: ignore[method-assign]


FAULTS: dict[str, Callable[[], None]] = {
    "no_lock": no_lock,
    "early_answer": early_answer,
    "key_apart": key_apart,
}

if __name__ == "__main__":
    FAULTS[sys.argv.pop(1)]()
    cli.app()
