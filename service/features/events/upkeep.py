"""What is forgotten in time, a batch at a time, so that no transaction is long."""

from service.core.store.db import Database
from service.core.store.transaction import transaction

_BATCH = 2000

_FINISHED = """
WITH old AS (
    SELECT webhook_id, event_id FROM delivery
    WHERE finished_at < clock_timestamp() - make_interval(days => $1) AND state = 'DELIVERED'
    ORDER BY finished_at LIMIT $2 FOR UPDATE SKIP LOCKED)
DELETE FROM delivery d USING old
WHERE d.webhook_id = old.webhook_id AND d.event_id = old.event_id
"""
_OF_REMOVED = """
WITH old AS (
    SELECT d.webhook_id, d.event_id FROM webhook w JOIN delivery d ON d.webhook_id = w.id
    WHERE w.state = 'REMOVED' LIMIT $1 FOR UPDATE OF d SKIP LOCKED)
DELETE FROM delivery d USING old
WHERE d.webhook_id = old.webhook_id AND d.event_id = old.event_id
"""


async def forget_deliveries(database: Database) -> bool:
    """Forget what was delivered `webhook_kept_d` days ago, and all that removed webhooks had.

    Dead letters stay until they are sent again. True where more is left to forget.
    """
    async with transaction(database.writing) as connection:
        done = (
            await connection.execute(_FINISHED, database.settings.webhook_kept_d, _BATCH),
            await connection.execute(_OF_REMOVED, _BATCH),
        )
    return any(int(status.split()[-1]) == _BATCH for status in done)
