"""The house at work in this process: its API, its worker's rounds, and a clock that is moved on."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from typing import Any

import httpx

from service.core.auth.actor import Caller
from service.core.auth.dev_issuer import DevIssuer
from service.core.clock import CITY_ZONE
from service.core.command import Executor
from service.core.operation import Command
from service.core.sweep import Sweep, sweep
from service.features.processes.continue_instance import unfinished_instances
from service.features.processes.deliver_message import due_messages
from service.features.processes.deliver_signal import due_signals
from service.main import create_app
from service.sample_city.playing.people import People
from service.settings import Settings
from service.worker import SWEEPS

CLOCK_KEEPER = "system-admin"
_MORNING = time(9)
_MOST_ROUNDS = 500
#: What follows from what people do, whatever the clock says; the rest comes due by the day.
_FOLLOWING = tuple(
    each for each in SWEEPS if each.due in (due_messages, due_signals, unfinished_instances)
)


@dataclass(slots=True)
class House:
    """Its people, and its day.

    Attributes:
        today: The day by its clock, set at nine in the morning.
    """

    people: People
    today: date
    _executor: Executor

    async def wake(self, on: date) -> None:
        """Move the clock on to the morning of a day, and have done what has become due."""
        morning = datetime.combine(on, _MORNING, CITY_ZONE)
        given = {"now": morning.isoformat()}
        await self.people.done(CLOCK_KEEPER, "POST", "/clock/set", given)
        self.today = on
        await _rounds(self._executor, SWEEPS)

    async def order(self, command: Command[Any]) -> None:
        """Give a command that no person gives, but the house itself.

        Raises:
            LookupError: It is refused.
        """
        answer = await self._executor.execute(command, Caller(is_process=True))
        if answer.refusal is not None:
            raise LookupError(f"Expected {command.name} to be done, but: {answer.refusal}")
        await self.people.settle()


@asynccontextmanager
async def at_work(settings: Settings, today: date) -> AsyncIterator[House]:
    """Open the house: what is asked of it goes through the API, as from any front end."""
    # Whoever loads the sample city is everybody, by the issuer of the demo.
    inside = {"log_level": "ERROR", "is_demo": True, "oidc_issuer": None, "host": "127.0.0.1"}
    app = create_app(settings.model_copy(update=inside))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
        base = "http://sample.city/api/v1"
        executor = app.state.executor
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            settle = partial(_rounds, executor, _FOLLOWING)
            yield House(People(client, _tokens(issuer), settle), today, executor)


def _tokens(issuer: DevIssuer) -> Callable[[str], Awaitable[str]]:
    async def token(subject: str) -> str:
        return issuer.token(subject)

    return token


async def _rounds(executor: Executor, sweeps: Sequence[Sweep]) -> None:
    """Do what a worker does, until nothing is due."""
    for _ in range(_MOST_ROUNDS):
        # One look without a lock tells whether there is anything to do.
        async with executor.database.reading.acquire() as connection:
            due = [each for each in sweeps if await each.due(connection, 1)]
        if not sum([await sweep(executor, each) for each in due]):
            return
    raise LookupError("Expected that the worker comes to an end, but more is due each time.")
