"""Files that no attachment names: left by an upload whose transaction came to nothing."""

from datetime import UTC, datetime, timedelta

from service.core.store.db import Database
from service.core.store.objects import objects_of
from service.features.tasks.keys import id_of, prefix_of

#: An upload is over long before a day has passed; after a week every worker has looked.
_DAYS = range(1, 8)
_NAMED = "SELECT id FROM attachment WHERE id = ANY ($1)"


async def remove_orphans(database: Database, now: datetime | None = None) -> int:
    """Remove the files of the last week, a day old or older, that have no row; how many.

    Args:
        now: By the clock of this machine, as ids are made; another one only to try it out.
    """
    objects, removed = objects_of(database.settings), 0
    now = now or datetime.now(UTC)
    for days in _DAYS:
        found = await objects.listed(prefix_of((now - timedelta(days=days)).date()))
        old = {id_of(key): key for key, at in found if at <= now - timedelta(days=1)}
        named = await database.reading.fetch(_NAMED, [each for each in old if each])
        kept = {record["id"] for record in named}
        orphans = [key for each, key in old.items() if each not in kept]
        if orphans:
            await objects.remove(orphans)
        removed += len(orphans)
    return removed
