"""Fan-out: each committed event becomes one delivery for each webhook that wants its type.

One worker at a time does it, in the order of the feed, so that of two events of one subject the
later one never becomes a delivery before the earlier one. It is one statement for many events;
the deliveries themselves are sent by all workers at once.
"""

from collections.abc import Collection
from uuid import UUID

from service.core.store.db import Connection, Database
from service.core.store.transaction import transaction

Lane = tuple[UUID, str]
"""A webhook's id and a subject: what must stay in order."""

_TURN = 0x6F757462  # "outb": the advisory lock of whoever fans out
_BATCH = 500

_FAN_OUT = """
WITH waiting AS MATERIALIZED (
    SELECT id, subject, number, type FROM outbox WHERE fanned_out_at IS NULL
    ORDER BY xid, number, id LIMIT $1),
handed AS (
    UPDATE outbox o SET fanned_out_at = clock_timestamp()
    FROM waiting w WHERE o.id = w.id
    RETURNING o.id),
made AS (
    INSERT INTO delivery (webhook_id, event_id, subject, number, state, attempts)
    SELECT h.id, w.id, w.subject, w.number, 'WAITING', 0
    FROM waiting w JOIN webhook h ON h.state <> 'REMOVED'
     AND h.event_types && ARRAY[w.type, split_part(w.type, '.', 1) || '.*', '*']::text[]
    RETURNING webhook_id, subject)
SELECT (SELECT count(*) FROM handed) AS events,
       (SELECT array_agg(DISTINCT (webhook_id, subject)) FROM made) AS lanes
"""

# Materialised, so that each head is looked up in its lane, however the tables have grown.
_WAKE = """
WITH head AS MATERIALIZED (
    SELECT lane.webhook_id, first.event_id
    FROM unnest($1::uuid[], $2::text[]) AS lane(webhook_id, subject)
    CROSS JOIN LATERAL (
        SELECT event_id, next_at FROM delivery e
        WHERE e.webhook_id = lane.webhook_id AND e.subject = lane.subject AND e.state = 'WAITING'
        ORDER BY number LIMIT 1) first
    WHERE first.next_at IS NULL)
UPDATE delivery d SET next_at = clock_timestamp() FROM head
WHERE d.webhook_id = head.webhook_id AND d.event_id = head.event_id
  AND d.state = 'WAITING' AND d.next_at IS NULL
"""

_ASLEEP = """
SELECT DISTINCT d.webhook_id, d.subject FROM delivery d
WHERE d.state = 'WAITING' AND d.next_at IS NULL AND NOT EXISTS (
    SELECT FROM delivery e
    WHERE e.webhook_id = d.webhook_id AND e.subject = d.subject
      AND e.state = 'WAITING' AND e.next_at IS NOT NULL)
"""


async def fan_out(database: Database) -> int:
    """Turn up to 500 waiting events into deliveries; how many it were, 0 also where another
    worker is at it."""
    async with transaction(database.writing) as connection:
        if not await connection.fetchval("SELECT pg_try_advisory_xact_lock($1)", _TURN):
            return 0
        (made,) = await connection.fetch(_FAN_OUT, _BATCH)
    if made["lanes"]:
        async with transaction(database.writing) as connection:
            await wake(connection, {tuple(lane) for lane in made["lanes"]})
    return int(made["events"])


async def wake(connection: Connection, lanes: Collection[Lane]) -> None:
    """Give the head of each lane its turn, where it has none.

    Call it in a transaction after the one that added to the lane or finished its head: of two
    workers that do so at once, the later one then sees what both did.
    """
    webhooks, subjects = zip(*sorted(lanes), strict=True)
    await connection.execute(_WAKE, webhooks, subjects)


async def wake_all(database: Database) -> None:
    """Wake every lane that nobody woke, because a worker ended before it did."""
    async with transaction(database.writing) as connection:
        asleep = await connection.fetch(_ASLEEP)
        if asleep:
            await wake(connection, [(lane["webhook_id"], lane["subject"]) for lane in asleep])
