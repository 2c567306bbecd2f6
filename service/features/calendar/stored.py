"""The calendar as it stands, from the database once per version."""

from service.core.store.db import Connection
from service.core.working_days import Calendar
from service.features.calendar.tables import DayKind

_known: dict[tuple[str, int], Calendar] = {}

# For each year the newest version that loaded it.
_WORKING = """
WITH newest AS (
    SELECT year, max(version) AS version FROM calendar_version, unnest(years) AS year
    WHERE version <= $1 GROUP BY year)
SELECT n.year, array_agg(d.day ORDER BY d.day) FILTER (WHERE d.kind = ANY ($2)) AS working
FROM newest n JOIN calendar_day d ON d.version = n.version
 AND d.day >= make_date(n.year, 1, 1) AND d.day < make_date(n.year + 1, 1, 1)
GROUP BY n.year
"""


async def stored_calendar(connection: Connection, version: int | None = None) -> Calendar:
    """The calendar of one version (I16), by default the newest: one round trip when known."""
    database, newest = await connection.fetchrow(  # type: ignore[misc]  # it has always one row
        "SELECT current_database(), coalesce(max(version), 0) FROM calendar_version"
    )
    wanted = (database, newest if version is None else version)
    if wanted not in _known:
        working = [kind.value for kind in DayKind if kind.is_working]
        rows = await connection.fetch(_WORKING, wanted[1], working)
        _known[wanted] = Calendar.of(
            wanted[1],
            (day for row in rows for day in row["working"]),
            (row["year"] for row in rows),
        )
    return _known[wanted]
