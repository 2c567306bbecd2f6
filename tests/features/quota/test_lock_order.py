"""Two connections at once: bodies are locked before accounts, so nobody waits in a circle."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.core.command import Answer
from service.core.store.db import Database
from service.features.quota.abolish_body import AbolishBody
from service.settings import Settings
from tests.builders import TODAY, City
from tests.conftest import Do, told
from tests.features.quota.conftest import Ledger

_PATIENCE_S = 5.0


@asynccontextmanager
async def held_account(settings: Settings, body: UUID) -> AsyncIterator[None]:
    """A third connection keeps the accounts of a body, so that others queue up in order."""
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute("BEGIN")
    await connection.execute("SELECT FROM account WHERE body_id = $1 FOR UPDATE", body)
    try:
        yield
    finally:
        await connection.execute("ROLLBACK")
        await connection.close()


async def until_waiting(database: Database, count: int) -> None:
    """Wait until so many connections wait for a lock."""
    for _ in range(round(_PATIENCE_S / 0.01)):
        waiting = await database.reading.fetchval(
            """SELECT count(*) FROM pg_stat_activity
               WHERE datname = current_database() AND wait_event_type = 'Lock'"""
        )
        if waiting >= count:
            return
        await asyncio.sleep(0.01)
    raise TimeoutError(f"Expected {count} connections to wait, but only {waiting} do.")


def abolish(do: Do, city: City) -> Awaitable[Answer]:
    asked = AbolishBody(body_id=city.body, document_id=city.document, effective_on=TODAY)
    return do(asked, if_match="1")


@pytest.mark.parametrize("verb", ["grant", "reserve", "enter"])
async def test_a_change_and_a_closing_at_once_never_wait_for_each_other(
    ledger: Ledger, city: City, do: Do, database: Database, settings: Settings, verb: str
) -> None:
    """Whoever comes second finds out what the first did, and neither is sent away to repeat."""
    await ledger.grant(3)
    notice = told(await ledger.reserve(1))["id"]
    changes: dict[str, Any] = {
        "grant": lambda: ledger.grant(1),
        "reserve": lambda: ledger.reserve(1),
        "enter": lambda: ledger.enter(1, notice),
    }
    async with held_account(settings, city.body):
        changing = asyncio.create_task(changes[verb]())
        await until_waiting(database, 1)
        closing = asyncio.create_task(_given(abolish(do, city)))
        await until_waiting(database, 2)
    changed, closed = await asyncio.gather(changing, closing)
    assert changed.status == 201, changed.body
    assert (closed.status, told(closed)["code"]) == (422, "still_in_use")


async def test_a_grant_that_waited_for_a_closing_is_refused(
    ledger: Ledger, city: City, do: Do, database: Database, settings: Settings
) -> None:
    await ledger.posts(1)
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute("BEGIN")
    await connection.execute("UPDATE body SET status = 'ABOLISHED' WHERE id = $1", city.body)
    granting = asyncio.create_task(_given(ledger.grant(1, on=date(2026, 2, 1))))
    posting = asyncio.create_task(_given(ledger.posts(1)))
    await until_waiting(database, 2)
    await connection.execute("COMMIT")
    await connection.close()
    for refused in await asyncio.gather(granting, posting):
        assert (refused.status, told(refused)["code"]) == (422, "body_not_living")


async def test_i8_an_entry_waits_for_an_exit_that_is_being_recorded(
    ledger: Ledger, city: City, database: Database, settings: Settings
) -> None:
    await ledger.grant(2)
    notice = told(await ledger.reserve(2))["id"]
    person = told(await ledger.enter(1, notice))["id"]
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute("BEGIN")
    await connection.execute(
        "UPDATE person SET status = 'EXITED', exit_on = '2026-12-31' WHERE id = $1", UUID(person)
    )
    entering = asyncio.create_task(_given(ledger.enter(1, notice, on=date(2026, 12, 1))))
    await until_waiting(database, 1)
    await connection.execute("COMMIT")
    await connection.close()
    refused = await entering
    assert (refused.status, told(refused)["code"]) == (409, "person_already_active")


async def _given(command: Awaitable[Answer]) -> Answer:
    return await command
