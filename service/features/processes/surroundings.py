"""Finding out what exists outside a flow's folder: in this version, and in force."""

from pkgutil import iter_modules

import service.features
from service.core.auth.actor import Duty
from service.core.store.db import Connection
from service.features.processes.orderable import orderable
from service.features.processes.outside import Outside

_IN_FORCE = """
SELECT
    coalesce(array_agg(DISTINCT p.id) FILTER (WHERE p.id IS NOT NULL), '{}') AS processes,
    coalesce(array_agg(DISTINCT k.id) FILTER (WHERE k.id IS NOT NULL), '{}') AS decisions
FROM release r JOIN release_file f ON f.release_id = r.id
JOIN file_version v ON v.id = f.version_id
LEFT JOIN unnest(v.processes) AS p(id) ON true LEFT JOIN unnest(v.keys) AS k(id) ON true
WHERE r.state = 'IN_FORCE' AND r.flow <> ALL ($1)
"""


def of_this_service() -> Outside:
    """What every installation of this version has, whatever its flows are."""
    return Outside(
        commands=orderable(),
        features=frozenset(module.name for module in iter_modules(service.features.__path__)),
        duties=frozenset(Duty) - {Duty.PROCESS},
    )


async def outside_of(connection: Connection, *flows: str) -> Outside:
    """The same, and what other flows than these have in force."""
    record = await connection.fetchrow(_IN_FORCE, flows)
    assert record is not None, "an aggregate always has a row"
    in_force = {name: frozenset(record[name]) for name in ("processes", "decisions")}
    return of_this_service().model_copy(update=in_force)
