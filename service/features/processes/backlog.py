"""How far cases are behind, for `/metrics`: what waits for the worker, and what for a person."""

from typing import Final

from prometheus_client import Gauge

from service.core.clock import NOW_SQL
from service.core.store.db import Connection
from service.features.processes.incidents import not_held_back

#: The database was asked, so the newest answer of any process is the right one.
_MODE: Final = "mostrecent"
_INCIDENTS = Gauge(
    "dingbian_incidents",
    "Open incidents of cases: tried again by themselves, or waiting for a person.",
    ["next"],
    multiprocess_mode=_MODE,
)
_TIMERS = Gauge(
    "dingbian_timers_due", "Timers of cases that are due and not fired.", multiprocess_mode=_MODE
)
_OVERDUE = Gauge(
    "dingbian_timers_overdue_seconds",
    "How long the timer that is most overdue has been due, in seconds.",
    multiprocess_mode=_MODE,
)
_MESSAGES = Gauge(
    "dingbian_messages_undelivered",
    "Messages and signals that nobody has looked at yet.",
    multiprocess_mode=_MODE,
)
_UNFINISHED = Gauge(
    "dingbian_cases_unfinished",
    "Running cases with steps that their last move had no room for.",
    multiprocess_mode=_MODE,
)

# What an incident holds back is counted there, not among what is due.
_BACKLOG = f"""
WITH clock AS MATERIALIZED (SELECT {NOW_SQL} AS now),
due AS (SELECT t.due_at FROM timer t
        WHERE t.due_at <= (SELECT now FROM clock) AND {not_held_back("t.id")})
SELECT (SELECT count(*) FROM incident WHERE resolved_at IS NULL AND retry_at IS NOT NULL),
       (SELECT count(*) FROM incident WHERE resolved_at IS NULL AND retry_at IS NULL),
       (SELECT count(*) FROM due),
       (SELECT coalesce(extract(epoch FROM (SELECT now FROM clock) - min(due_at)), 0)::float8
        FROM due),
       (SELECT count(*) FROM message WHERE tried_at IS NULL),
       (SELECT count(*) FROM instance WHERE is_unfinished AND state = 'RUNNING')
"""


async def read_backlog(connection: Connection) -> None:
    """Set the gauges by what the database holds now."""
    (found,) = await connection.fetch(_BACKLOG)
    tried_again, for_people, timers, overdue_s, messages, unfinished = found
    _INCIDENTS.labels("retry").set(tried_again)
    _INCIDENTS.labels("person").set(for_people)
    _TIMERS.set(timers)
    _OVERDUE.set(overdue_s)
    _MESSAGES.set(messages)
    _UNFINISHED.set(unfinished)
