"""Messages are forgotten in time, a batch at a time, so that no transaction is long."""

from service.core.clock import NOW_SQL
from service.core.store.db import Database
from service.core.store.transaction import transaction

_BATCH = 2000
# One that was refused is kept until somebody has seen to it.
_OLD = f"""
WITH c AS MATERIALIZED (SELECT {NOW_SQL} AS now),
old AS (
    SELECT m.id FROM c JOIN message m ON m.lives_until <= c.now
    WHERE (m.delivered_at IS NULL AND m.tried_at IS NOT NULL
           OR m.delivered_at < c.now - make_interval(days => $1))
    AND NOT EXISTS (SELECT FROM signal_delivery d WHERE d.message_id = m.id)
    AND NOT EXISTS (SELECT FROM incident x WHERE x.thing_id = m.id AND x.resolved_at IS NULL)
    ORDER BY m.lives_until LIMIT $2 FOR UPDATE OF m SKIP LOCKED)
DELETE FROM message m USING old WHERE m.id = old.id
"""


async def forget_messages(database: Database) -> bool:
    """Forget messages that lived without being wanted, and what was delivered long ago.

    True where more is left to forget.
    """
    async with transaction(database.writing) as connection:
        status = await connection.execute(_OLD, database.settings.message_kept_d, _BATCH)
    return int(status.split()[-1]) == _BATCH
