"""Sweeps: what becomes due by the passing of time, and the command that must then be given.

A sweep only says *look here*. The command it gives checks again, under its lock, whether the
time has come; so it does not matter that two workers may look at once.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

from service.core.auth.actor import Caller
from service.core.command import Executor
from service.core.operation import Command
from service.core.store.db import Connection
from service.core.store.transaction import transaction

_BATCH = 100
_LEFT_ALONE_S = 600.0
_PROCESS = Caller(is_process=True)


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is due, and what to do about each."""

    #: Ids of what is due now, at most as many as asked for, on a connection that cannot write.
    due: Callable[[Connection, int], Awaitable[Sequence[UUID]]]
    #: The command for one of them; it lists the duty `process`.
    command: Callable[[UUID], Command[Any]]
    #: What was refused, and until when it is left alone (by `time.monotonic`).
    _refused: dict[UUID, float] = field(default_factory=dict)


async def sweep(executor: Executor, each: Sweep) -> int:
    """Give the command for what is due; how many were done.

    One worker at a time does it, so that nothing is ordered twice for nothing. What is refused
    is logged and left alone for ten minutes.
    """
    database, done = executor.database, 0
    async with transaction(database.writing) as turn:
        if not await turn.fetchval("SELECT pg_try_advisory_xact_lock(hashtext($1))", _name(each)):
            return 0
        now = time.monotonic()
        for thing in [thing for thing, until in each._refused.items() if until < now]:
            del each._refused[thing]
        async with database.reading.acquire() as connection:
            due = await each.due(connection, _BATCH + len(each._refused))
        for thing in due:
            if thing in each._refused:
                continue
            answer = await executor.execute(each.command(thing), _PROCESS)
            if answer.status < 400:
                done += 1
            else:
                each._refused[thing] = now + _LEFT_ALONE_S
                structlog.get_logger("service").warning(
                    "sweep refused", sweep=_name(each), thing=str(thing), outcome=answer.outcome
                )
    return done


def _name(each: Sweep) -> str:
    return f"{each.due.__module__}.{each.due.__qualname__}"
