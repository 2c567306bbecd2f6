"""What was known at an instant can be told only once nothing can be added to it any more.

Facts of the ledger carry the instant at which they became known, taken from the database's
clock under a lock, inside the transaction that records them. Until that transaction ends,
nobody else sees them; so an instant is settled when every transaction that began before it
has ended.
"""

from datetime import UTC, datetime

from service.core.errors import KnownTooLate
from service.core.store.db import Connection

#: Later than everything that is known: the instant of a question that names none.
ALWAYS = datetime.max.replace(tzinfo=UTC)

_SETTLED = """
SELECT coalesce(min(xact_start), clock_timestamp()) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND state <> 'idle'
"""


async def require_settled(connection: Connection, known_at: datetime | None) -> None:
    """Refuse an instant about which a transaction may still change what was known.

    Raises:
        KnownTooLate: It lies after the newest settled instant, which `facts` give.
    """
    if known_at is None:
        return
    settled: datetime = await connection.fetchval(_SETTLED)
    if known_at > settled:
        raise KnownTooLate(
            f"Expected an instant up to {settled.isoformat()}, but it is {known_at.isoformat()}.",
            f"时点应当不晚于{settled.isoformat()}，但为{known_at.isoformat()}。",
            settled=settled.isoformat(),
        )
