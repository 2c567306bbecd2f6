"""The house at work in this process: its API, its worker's rounds, and a clock that is moved on."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, time

import httpx

from service.core.auth.dev_issuer import DevIssuer
from service.core.clock import CITY_ZONE
from service.core.command import Executor
from service.core.sweep import sweep
from service.main import create_app
from service.sample_city.playing.people import People
from service.settings import Settings
from service.worker import SWEEPS

CLOCK_KEEPER = "system-admin"
_MORNING = time(9)
_MOST_ROUNDS = 500


@dataclass(slots=True)
class House:
    """Its people, and its day.

    Attributes:
        today: The day by its clock, set at nine in the morning.
    """

    people: People
    today: date

    async def wake(self, on: date) -> None:
        """Move the clock on to the morning of a day, and have done what has become due."""
        morning = datetime.combine(on, _MORNING, CITY_ZONE)
        given = {"now": morning.isoformat()}
        await self.people.done(CLOCK_KEEPER, "POST", "/clock/set", given)
        self.today = on
        await self.people.settle()


@asynccontextmanager
async def at_work(settings: Settings, today: date) -> AsyncIterator[House]:
    """Open the house: what is asked of it goes through the API, as from any front end."""
    app = create_app(settings.model_copy(update={"log_level": "ERROR"}))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        issuer = DevIssuer.of(settings.data_dir, settings.oidc_audience)
        base = "http://sample.city/api/v1"
        async with httpx.AsyncClient(transport=transport, base_url=base) as client:
            yield House(People(client, _tokens(issuer), _rounds(app.state.executor)), today)


def _tokens(issuer: DevIssuer) -> Callable[[str], Awaitable[str]]:
    async def token(subject: str) -> str:
        return issuer.token(subject)

    return token


def _rounds(executor: Executor) -> Callable[[], Awaitable[None]]:
    async def settle() -> None:
        """Do what a worker does, until nothing is due."""
        for _ in range(_MOST_ROUNDS):
            if not sum([await sweep(executor, each) for each in SWEEPS]):
                return
        raise LookupError("Expected that the worker comes to an end, but more is due each time.")

    return settle
