"""Delivering: what is due for one webhook is taken, sent and marked, at least once.

A delivery is taken for `webhook_lease_s` seconds in a transaction of its own, with the attempt
counted before it is made. A worker that ends meanwhile leaves it to be taken again, under the
same id. A result counts only while the attempt is still the newest one.
"""

import asyncio
import random
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Record

from service.core.store.db import Connection, Database
from service.core.store.transaction import transaction
from service.features.events.cloud_event import cloud_event
from service.features.events.fan_out import Lane, wake
from service.features.events.secret import secrets_of
from service.features.events.send import Attempt, Sender
from service.features.events.tables import DeliveryState, Failure, Webhook
from service.settings import Settings

_DUE = """
SELECT w.id FROM webhook w WHERE w.state = 'ACTIVE' AND EXISTS (
    SELECT FROM delivery d WHERE d.webhook_id = w.id AND d.next_at <= clock_timestamp())
"""
_ACTIVE = """
SELECT id, version, label, url, event_types, state, secret, former_until,
       CASE WHEN former_until > clock_timestamp() THEN former_secret END AS former_secret
FROM webhook WHERE id = $1 AND state = 'ACTIVE'
"""
_TAKE = """
WITH due AS MATERIALIZED (
    SELECT event_id FROM delivery WHERE webhook_id = $1 AND next_at <= clock_timestamp()
    ORDER BY next_at LIMIT $2 FOR UPDATE SKIP LOCKED)
UPDATE delivery d
SET attempts = d.attempts + 1, next_at = clock_timestamp() + make_interval(secs => $3)
FROM due, outbox o
WHERE d.webhook_id = $1 AND d.event_id = due.event_id AND o.id = due.event_id
RETURNING o.id, o.subject, o.number, o.type, o.at, o.data, d.attempts
"""
_MARK = """
UPDATE delivery d
SET state = r.state, last_status = r.last_status, last_error = r.last_error,
    next_at = CASE WHEN r.state = 'WAITING'
                   THEN clock_timestamp() + make_interval(secs => r.pause_s) END,
    finished_at = CASE WHEN r.state <> 'WAITING' THEN clock_timestamp() END
FROM unnest($2::uuid[], $3::int[], $4::text[], $5::int[], $6::text[], $7::float8[])
     AS r(event_id, attempts, state, last_status, last_error, pause_s)
WHERE d.webhook_id = $1 AND d.event_id = r.event_id AND d.attempts = r.attempts
  AND d.state = 'WAITING'
"""


@dataclass(frozen=True, slots=True)
class Result:
    """What to write about one delivery after an attempt."""

    event_id: UUID
    subject: str
    attempts: int
    state: DeliveryState
    status: int | None
    failure: Failure | None
    pause_s: float


async def webhooks_due(database: Database) -> list[UUID]:
    """The active webhooks for which something can be delivered now."""
    return [row["id"] for row in await database.reading.fetch(_DUE)]


async def deliver(database: Database, webhook_id: UUID, tls: ssl.SSLContext) -> int:
    """Deliver to one webhook until nothing is due for it; how many attempts were made."""
    made = 0
    finished: list[Lane] = []
    settings = database.settings
    sender: Sender | None = None
    try:
        while True:
            async with transaction(database.writing) as connection:
                if finished:
                    await wake(connection, set(finished))
                sender = await _sender(connection, webhook_id, sender, database, tls)
                taken = await _take(connection, webhook_id, settings) if sender else []
            if sender is None or not taken:
                return made
            results = await asyncio.gather(
                *(_attempt(sender, record, settings) for record in taken)
            )
            async with transaction(database.writing) as connection:
                await _mark(connection, webhook_id, results)
            finished = [
                (webhook_id, result.subject)
                for result in results
                if result.state is not DeliveryState.WAITING
            ]
            made += len(results)
    finally:
        if sender is not None:
            await sender.client.aclose()


async def _sender(
    connection: Connection,
    webhook_id: UUID,
    present: Sender | None,
    database: Database,
    tls: ssl.SSLContext,
) -> Sender | None:
    """The sender of a webhook as it stands now, the present one where nothing has changed; None
    where it is no longer active. Made before anything is taken: without its key, nothing is."""
    record = await connection.fetchrow(_ACTIVE, webhook_id)
    if record is not None:
        webhook = Webhook.read(record)
        secrets = secrets_of(webhook, database.seals)
        if present is not None and (present.url, present.secrets) == (webhook.url, secrets):
            return present
    if present is not None:
        await present.client.aclose()
    return None if record is None else Sender.to(webhook.url, secrets, database.settings, tls)


async def _take(connection: Connection, webhook_id: UUID, settings: Settings) -> Sequence[Record]:
    """What is due for a webhook, taken for the time of the lease."""
    return await connection.fetch(
        _TAKE, webhook_id, settings.webhook_parallel, settings.webhook_lease_s
    )


async def _attempt(sender: Sender, record: Record, settings: Settings) -> Result:
    attempts: int = record["attempts"]
    if attempts > settings.webhook_attempts_max:
        attempt = Attempt(failure=Failure.WORKER_LOST)  # it ended every worker that tried
    else:
        event = cloud_event(record, settings.event_source)
        attempt = await sender.send(str(event.id), event.model_dump_json().encode())
    if attempt.failure is None:
        state = DeliveryState.DELIVERED
    elif attempts >= settings.webhook_attempts_max or attempt.is_hopeless:
        state = DeliveryState.DEAD
    else:
        state = DeliveryState.WAITING
    return Result(
        record["id"],
        record["subject"],
        attempts,
        state,
        attempt.status,
        attempt.failure,
        max(pause_s(attempts, settings), min(attempt.pause_s, settings.webhook_retry_max_s)),
    )


def pause_s(attempts: int, settings: Settings) -> float:
    """How long to wait after the n-th failed attempt, in seconds: four times as long each time,
    less up to a quarter by chance, so that many do not come back at the same moment."""
    longest = settings.webhook_retry_first_s * 4.0 ** (attempts - 1)
    return min(longest, settings.webhook_retry_max_s) * random.uniform(0.75, 1.0)


async def _mark(connection: Connection, webhook_id: UUID, results: Sequence[Result]) -> None:
    await connection.execute(
        _MARK,
        webhook_id,
        [result.event_id for result in results],
        [result.attempts for result in results],
        [result.state for result in results],
        [result.status for result in results],
        [result.failure for result in results],
        [result.pause_s for result in results],
    )
