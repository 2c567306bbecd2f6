"""A receiver, a webhook to it, and events to send. Here `MAY` looks after webhooks too."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.core.ids import new_id
from service.core.store.db import Database
from service.core.store.flush import Changes
from service.core.store.transaction import transaction
from service.features.events.register_webhook import RegisterWebhook
from service.features.events.tables import DeliveryState
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.reserve_posts import PostsReserved
from service.settings import Settings
from service.worker import main
from tests.builders import City
from tests.conftest import Do, told
from tests.features.events.receiver import Receiver, open_receiver
from tests.people import MAY


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with open_receiver() as receiver:
        yield receiver


@pytest.fixture
def settings(settings: Settings, receiver: Receiver) -> Settings:
    """Quick, and with the receiver among the allowed hosts."""
    return settings.model_copy(
        update={
            "webhook_allowed_hosts": (receiver.host, "example.org", f"localhost:{receiver.port}"),
            "webhook_private_hosts": (receiver.host,),
            "webhook_timeout_s": 0.4,
            "webhook_retry_first_s": 0.2,
            "webhook_attempts_max": 3,
            "webhook_lease_s": 1.0,
            "worker_poll_s": 0.03,
        }
    )


@pytest.fixture(autouse=True)
async def keeper(settings: Settings, city: City) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute(
        """INSERT INTO assignment (id, version, actor_id, duty, reach, true_from)
           SELECT $1, 1, id, 'system_admin', 'CITY', '2020-01-01' FROM actor WHERE subject = $2""",
        new_id(),
        MAY,
    )
    await connection.close()


@pytest.fixture
async def webhook(do: Do, receiver: Receiver) -> Any:
    """A webhook to the receiver for all events, with its secret."""
    return told(await do(RegisterWebhook(label="人事系统", url=receiver.url, event_types=["*"])))


Announce = Callable[..., Awaitable[None]]


@pytest.fixture
def announce(database: Database, city: City) -> Announce:
    """Announce events that differ in their number of posts, all at once, about one body."""

    async def announce(*posts: int, about: UUID | None = None) -> None:
        async with transaction(database.writing) as connection:
            changes = Changes()
            for number in posts:
                changes.announce(reserved(about or city.body, number))
            await changes.flush(connection)

    return announce


def reserved(body_id: UUID, posts: int) -> PostsReserved:
    return PostsReserved(
        reservation_id=new_id(),
        body_id=body_id,
        kind=QuotaKind.ADMIN,
        funding=Funding.FULL,
        posts=posts,
    )


@asynccontextmanager
async def working(settings: Settings, workers: int = 1) -> AsyncIterator[None]:
    """So many workers run."""
    tasks = [asyncio.create_task(main(settings)) for _ in range(workers)]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def settled(database: Database, state: DeliveryState, count: int) -> None:
    """Wait until so many deliveries are in a state."""
    async with asyncio.timeout(5):
        while True:
            found = await database.reading.fetchval(
                "SELECT count(*) FROM delivery WHERE state = $1", state
            )
            if found == count:
                return
            await asyncio.sleep(0.02)
