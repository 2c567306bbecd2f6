"""Incidents about what was to be given to a case and was refused: a timer, a message, a signal.

The engine's own incidents (faults of the model) are part of a case's state; these are not, for
nothing was changed. The thing itself stays where it is, and its incident says when it is tried
again.
"""

from datetime import timedelta
from typing import Any

from service.core.clock import NOW_SQL
from service.core.command import Context
from service.features.processes.instance_tables import Incident
from service.settings import Settings

_TIMES_LONGER = 4


def incident_about(thing: str) -> str:
    """The open incident about a thing as one JSON column, given the SQL of its id."""
    return (
        f"(SELECT to_jsonb(x) FROM incident x WHERE x.thing_id = {thing}"
        " AND x.resolved_at IS NULL) AS incident_about"
    )


def not_held_back(thing: str) -> str:
    """SQL: no incident says that a thing, given the SQL of its id, must wait."""
    return (
        f"NOT EXISTS (SELECT FROM incident x WHERE x.thing_id = {thing}"
        f" AND x.resolved_at IS NULL AND (x.retry_at IS NULL OR x.retry_at > {NOW_SQL}))"
    )


def resolve(context: Context, record: Any) -> None:
    """The thing was given in the end: its incident, if it has one, is over."""
    found = record["incident_about"]
    if found is not None:
        context.update(Incident.read(found), resolved_at=context.now, retry_at=None)


def pause_after(attempts: int, settings: Settings) -> timedelta | None:
    """How long to wait for the next attempt; None after the last one."""
    if attempts >= settings.incident_attempts_max:
        return None
    return timedelta(seconds=settings.incident_retry_first_s * _TIMES_LONGER ** (attempts - 1))
