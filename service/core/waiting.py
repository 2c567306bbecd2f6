"""Commands that may wait for something to do (long polling).

Between two looks nothing is held: no connection, no transaction, no lock. A look is a read; the
command itself is given only once there is something to do, so that waiting leaves no trace.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from service.core.auth import policy
from service.core.auth.actor import Caller
from service.core.command import Answer, Executor
from service.core.errors import Refusal
from service.core.operation import Command
from service.core.query import Reading
from service.core.store.opening import open_for

C = TypeVar("C", bound=Command[Any])


@dataclass(frozen=True, slots=True)
class Waiting(Generic[C]):
    """How one kind of command waits.

    Attributes:
        seconds: How long a request wants to wait at most.
        has_work: Whether the command would find something to do now; it may refuse.
        nothing: The answer where the time ran out. A verb that finds nothing answers just this,
            and does not keep it.
    """

    seconds: Callable[[C], float]
    has_work: Callable[[C, Reading], Awaitable[bool]]
    nothing: BaseModel

    async def execute(
        self,
        executor: Executor,
        command: C,
        caller: Caller,
        key: str | None,
        is_gone: Callable[[], Awaitable[bool]],
    ) -> Answer:
        """Give the command once there is something to do, or answer that there is nothing.

        Args:
            is_gone: Whether nobody listens for the answer any more; then nothing is done.

        Raises:
            OutcomeUnknown: As `Executor.execute`.
        """
        nothing = self.nothing.model_dump_json().encode()
        until = time.monotonic() + self.seconds(command)
        while True:
            if await self._is_time(executor, command, caller, key):
                answer = await executor.execute(command, caller, key=key)
                if answer.body != nothing:
                    return answer
            left_s = until - time.monotonic()
            if left_s <= 0 or await is_gone():
                return Answer(command.status, nothing)
            await asyncio.sleep(min(left_s, executor.database.settings.worker_poll_s))

    async def _is_time(
        self, executor: Executor, command: C, caller: Caller, key: str | None
    ) -> bool:
        """Also true where the request was answered before, or will be refused: the command says
        so, and leaves its trace."""
        database = executor.database
        try:
            async with database.reading.acquire() as connection:
                opening = await open_for(connection, caller, command.name, key)
                if opening.stored is not None or (opening.actor.is_program and key is None):
                    return True
                grants = policy.grants_allowing(opening.actor, type(command))
                reading = Reading(
                    connection,
                    opening.actor,
                    opening.now,
                    grants,
                    database.settings,
                    database.seals,
                )
                return await self.has_work(command, reading)
        except Refusal:
            return True
