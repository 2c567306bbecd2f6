"""What the worker forgets in time, what it keeps, and that it waits for its database."""

import asyncio
from typing import Any

import pytest

from service.core.store.db import Database
from service.core.store.idempotency import forget_answers
from service.features.events.fan_out import fan_out
from service.features.events.remove_webhook import RemoveWebhook
from service.features.events.upkeep import forget_deliveries
from service.settings import Settings
from service.worker import main
from tests.conftest import Api, Do
from tests.features.events.conftest import Announce


async def test_a_stored_answer_is_forgotten_after_its_hours(
    api: Api, settings: Settings, database: Database
) -> None:
    for key in ("old", "new"):
        document = {"series": "青编", "year": 2026, "title": "t", "issued_on": "2026-01-01"}
        await api("POST", "/documents", document | {"issuer": "编办"}, idempotency_key=key)
    await database.writing.execute(
        """UPDATE idempotency SET stored_at = stored_at - make_interval(hours => $1)
           WHERE idempotency_key = 'old'""",
        settings.idempotency_kept_h,
    )
    assert await forget_answers(database) is False
    left = await database.reading.fetch("SELECT idempotency_key FROM idempotency")
    assert [row[0] for row in left] == ["new"]


async def test_old_deliveries_are_forgotten_but_no_dead_letter(
    settings: Settings, database: Database, webhook: Any, announce: Announce
) -> None:
    await announce(1, 2, 3)
    await fan_out(database)
    await database.writing.execute(
        """UPDATE delivery SET state = CASE number WHEN 3 THEN 'DEAD' ELSE 'DELIVERED' END,
               finished_at = clock_timestamp() - make_interval(days => $1 * (number <> 2)::int)""",
        settings.webhook_kept_d,
    )
    await forget_deliveries(database)
    left = await database.reading.fetch("SELECT number FROM delivery ORDER BY number")
    assert [row[0] for row in left] == [2, 3]


async def test_all_that_a_removed_webhook_had_is_forgotten(
    do: Do, database: Database, webhook: Any, announce: Announce
) -> None:
    await announce(1, 2)
    await fan_out(database)
    await do(RemoveWebhook(webhook_id=webhook["id"]))
    await forget_deliveries(database)
    assert await database.reading.fetchval("SELECT count(*) FROM delivery") == 0


async def test_a_worker_waits_for_a_database_that_is_away(settings: Settings) -> None:
    away = settings.model_copy(update={"database_url": "postgresql://127.0.0.1:1/nothing"})
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await main(away)
