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
from service.core.errors import InternalError, NotFound, Refusal
from service.core.operation import Command
from service.core.store.db import Connection
from service.core.store.faults import is_connection_lost
from service.core.store.transaction import transaction

_BATCH = 100
_LEFT_ALONE_S = 600.0
_PROCESS = Caller(is_process=True)
_log = structlog.get_logger("service")


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is due, and what to do about each."""

    #: Ids of what is due now, at most as many as asked for, on a connection that cannot write.
    due: Callable[[Connection, int], Awaitable[Sequence[UUID]]]
    #: The command for one of them; it lists the duty `process`.
    command: Callable[[UUID], Command[Any]]
    #: The command that keeps a lasting refusal, where there is one: what is due then says when to
    #: try again. It runs in a transaction of its own.
    keep: Callable[[UUID, Refusal], Command[Any]] | None = None
    #: What was refused, and until when it is left alone (by `time.monotonic`).
    _refused: dict[UUID, float] = field(default_factory=dict)


async def sweep(executor: Executor, each: Sweep) -> int:
    """Give the command for what is due; how many were done.

    One worker at a time does it, so that nothing is ordered twice for nothing. What is refused
    is kept, or else logged and left alone for ten minutes; what somebody else has locked, or no
    database answers for, is tried again in the next round.
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
            refusal = await _refusal(executor, each.command(thing))
            if refusal is None:
                done += 1
            elif not await _is_kept(executor, each, thing, refusal):
                each._refused[thing] = now + _LEFT_ALONE_S
    return done


async def _refusal(executor: Executor, command: Command[Any]) -> Refusal | None:
    """Why a command was not done; a fault of ours in one must not stop those after it."""
    try:
        return (await executor.execute(command, _PROCESS)).refusal
    except Exception as fault:
        if is_connection_lost(fault):
            raise
        _log.error("command failed", command=command.name, exc_info=fault)
        return InternalError(
            f"Expected {command.name} to work, but: {type(fault).__name__}.",
            f"命令{command.name}执行时系统出错。",
        )


async def _is_kept(executor: Executor, each: Sweep, thing: UUID, refusal: Refusal) -> bool:
    """Whether a refusal needs no further care of this round."""
    _log.warning("sweep refused", sweep=_name(each), thing=str(thing), outcome=refusal.code)
    if not (refusal.is_lasting or isinstance(refusal, InternalError)):
        return True
    if each.keep is None:
        return False
    unkept = await _refusal(executor, each.keep(thing, refusal))
    # Not found: the thing itself is over, somebody else was faster.
    return unkept is None or isinstance(unkept, NotFound)


def _name(each: Sweep) -> str:
    return f"{each.due.__module__}.{each.due.__qualname__}"
