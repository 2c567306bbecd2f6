"""How much of what was announced has not arrived yet, for `/metrics`."""

from typing import Final

from prometheus_client import Gauge

from service.core.store.db import Connection

#: The database was asked, so the newest answer of any process is the right one.
_MODE: Final = "mostrecent"
_WAITING = Gauge("dingbian_outbox_waiting", "Events not yet fanned out.", multiprocess_mode=_MODE)
_AGE = Gauge(
    "dingbian_outbox_oldest_seconds",
    "Age of the oldest event not yet fanned out, in seconds.",
    multiprocess_mode=_MODE,
)
_DELIVERIES = Gauge(
    "dingbian_deliveries",
    "Deliveries not finished well: waiting (of active webhooks), dead.",
    ["state"],
    multiprocess_mode=_MODE,
)
_DUE_AGE = Gauge(
    "dingbian_deliveries_overdue_seconds",
    "How long the delivery that is most overdue has been due, in seconds.",
    multiprocess_mode=_MODE,
)

_BACKLOG = """
SELECT (SELECT count(*) FROM outbox WHERE fanned_out_at IS NULL),
       (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(at)), 0)::float8
        FROM outbox WHERE fanned_out_at IS NULL),
       (SELECT count(*) FROM delivery d JOIN webhook w ON w.id = d.webhook_id
        WHERE d.state = 'WAITING' AND w.state = 'ACTIVE'),
       (SELECT count(*) FROM delivery d JOIN webhook w ON w.id = d.webhook_id
        WHERE d.state = 'DEAD' AND w.state <> 'REMOVED'),
       (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(d.next_at)), 0)::float8
        FROM delivery d JOIN webhook w ON w.id = d.webhook_id
        WHERE d.next_at <= clock_timestamp() AND w.state = 'ACTIVE')
"""


async def read_backlog(connection: Connection) -> None:
    """Set the gauges by what the database holds now."""
    (found,) = await connection.fetch(_BACKLOG)
    waiting, age_s, undelivered, dead, overdue_s = found
    _WAITING.set(waiting)
    _AGE.set(age_s)
    _DELIVERIES.labels("waiting").set(undelivered)
    _DELIVERIES.labels("dead").set(dead)
    _DUE_AGE.set(overdue_s)
