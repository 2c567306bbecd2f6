"""Who takes a message: one case that waits for it, or one process that it starts."""

from typing import Any

import orjson

from service.core.clock import NOW_SQL
from service.core.command import Context
from service.features.processes.event_tables import EventStart
from service.features.processes.incidents import not_held_back
from service.features.processes.instance_tables import Message

# The oldest case that waits, locked. One whose wait is over when its lock is had is passed by;
# the locks follow the order of the cases, so that two messages never wait for each other.
_WAITING = """
SELECT i.*, s.wait, s.number AS waits_in, s.element AS waits_at
FROM subscription s JOIN instance i ON i.id = s.instance_id
WHERE s.kind = 'message' AND s.name = $1 AND s.correlation_key = $2
ORDER BY s.instance_id, s.wait LIMIT 1 FOR UPDATE OF i, s
"""
_NOT_RUNNING = """({key} = '' OR NOT EXISTS (SELECT FROM instance r WHERE r.process = e.process
AND r.correlation_key = {key} AND r.state = 'RUNNING'))"""
_START = f"""
SELECT e.* FROM event_start e WHERE e.kind = 'message' AND e.name = $1
AND {_NOT_RUNNING.format(key="$2")} ORDER BY e.process, e.element LIMIT 1 FOR SHARE OF e
"""
# New ones are looked at once, whatever their life; those that are kept, as long as it lasts and
# only when somebody could take them. A wait that begins while a message is being sent is seen
# from one of the two sides, since each looks after it was committed.
DUE = f"""
WITH c AS MATERIALIZED (SELECT {NOW_SQL} AS now),
m AS (SELECT m.* FROM c JOIN message m ON m.delivered_at IS NULL AND m.kind = 'message'
      WHERE {not_held_back("m.id")}
      AND (m.tried_at IS NULL OR m.lives_until > c.now))
SELECT m.id FROM m WHERE m.tried_at IS NULL
   OR EXISTS (SELECT FROM subscription s WHERE s.kind = 'message' AND s.name = m.name
              AND s.correlation_key = m.correlation_key)
   OR EXISTS (SELECT FROM event_start e WHERE e.kind = 'message' AND e.name = m.name
              AND {_NOT_RUNNING.format(key="m.correlation_key")})
ORDER BY m.id LIMIT $1
"""


def message_of(record: Any) -> Message:
    """A message from all columns of its row."""
    fields = {name: record[name] for name in Message.model_fields}
    return Message.read(fields | {"variables": orjson.loads(fields["variables"])})


async def waiting_for(context: Context, message: Message) -> Any | None:
    """The oldest case that waits for a message, locked: its row, and `wait`, what it waits as."""
    return await context.connection.fetchrow(_WAITING, message.name, message.correlation_key)


async def start_for(context: Context, message: Message) -> EventStart | None:
    """The start event in force that a message triggers.

    With a correlation key it triggers none while a case that began with this key still runs.
    """
    record = await context.connection.fetchrow(_START, message.name, message.correlation_key)
    return None if record is None else EventStart.read(record)
