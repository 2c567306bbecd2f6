"""Rotation: a new key for what is sealed, and the end of the old one.

It may be interrupted anywhere and run again: what still has to be done is read from the ring and
from the stored values, each of which names its key. An old key leaves the ring only when no
stored value names it and no transaction is open that may have sealed with it.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from service.core.auth.key_ring import KeyRing, RingFile
from service.core.auth.sealed_rows import (
    FIRST,
    Use,
    keys_named,
    record_audit,
    reseal,
    sealed_columns,
)
from service.core.start import CannotStart
from service.core.store.db import Database
from service.core.store.rows import Row
from service.core.store.transaction import transaction

_BATCH = 200
_PATIENCE_S = 60.0
_PAUSE_S = 0.1
_LOCK = "SELECT pg_try_advisory_lock(hashtext('dingbian keys rotate'))"
_UNLOCK = "SELECT pg_advisory_unlock(hashtext('dingbian keys rotate'))"
_OPEN_SINCE = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend' AND xact_start < $1
"""

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rotated:
    """The key that seals now, how many rows were sealed anew, and the keys that nothing names."""

    newest: str
    rows: int
    retired: tuple[str, ...]


async def rotate(
    database: Database,
    tables: Sequence[type[Row]],
    report: Report,
    *,
    batch: int = _BATCH,
    patience_s: float = _PATIENCE_S,
) -> Rotated:
    """Have every sealed value under the newest key, adding one where there is none newer.

    A ring in a file gets its new key here, and loses the old one at the end. A ring in
    `DINGBIAN_KEYS` is the operator's: the new key must be in it, and the old one may be taken
    out afterwards.

    Args:
        tables: The row classes with sealed columns, of all features.
        batch: Rows sealed anew in one transaction.
        patience_s: How long locked rows and open transactions are waited for.

    Raises:
        CannotStart: Another rotation is running, there is no newer key, or some values cannot
            be sealed anew; the older keys are kept then.
    """
    async with _alone(database):
        ring = await _ring_with_older_key(database, report)
        await _require_known_columns(database, ring, tables)
        changed_at = await database.reading.fetchval("SELECT clock_timestamp()")
        rows, until = 0, time.monotonic() + patience_s
        while True:
            done, broken = await _pass(database, ring, tables, batch, report)
            rows += done
            is_quiet = not await database.reading.fetchval(_OPEN_SINCE, changed_at)
            left = await keys_named(database, ring.older)
            if is_quiet and not left:
                break
            _require_progress(left, broken, is_late=time.monotonic() > until)
            await asyncio.sleep(_PAUSE_S)
        await _retire(database, ring, report)
        return Rotated(ring.newest, rows, ring.older)


@asynccontextmanager
async def _alone(database: Database) -> AsyncIterator[None]:
    """Hold off a second rotation; a session's end releases it, however it ends."""
    async with database.reading.acquire() as connection:
        if not await connection.fetchval(_LOCK):
            raise CannotStart("Expected to rotate alone, but another rotation is running.")
        try:
            yield
        finally:
            if not connection.is_closed():
                await connection.execute(_UNLOCK)


async def _ring_with_older_key(database: Database, report: Report) -> KeyRing:
    """The ring, with a newest key and an older one: those of an interrupted rotation, or new."""
    source = database.seals.source
    ring = source.ring()
    if ring.older:
        return ring
    if not isinstance(source, RingFile):
        raise CannotStart(
            "Expected DINGBIAN_KEYS to hold a newer key beside the present one, but it holds one "
            "key; `dingbian keys next-ring` prints a ring with a newer one."
        )
    ring = ring.with_new_key()
    async with transaction(database.writing) as connection:
        await record_audit(connection, "keys.add", {"key": ring.newest})
    source.replace(ring)
    report(f"key {ring.newest} is new and seals from now on")
    return ring


async def _require_known_columns(
    database: Database, ring: KeyRing, tables: Sequence[type[Row]]
) -> None:
    """Refuse where older keys are named in a column that nobody would seal anew."""
    known = {f"{kind.table}.{column}" for kind in tables for column in sealed_columns(kind)}
    foreign = sorted(set(_columns(await keys_named(database, ring.older))) - known)
    if foreign:
        raise CannotStart(
            f"Expected sealed values in known columns, but there are some in {', '.join(foreign)}."
        )


async def _pass(
    database: Database, ring: KeyRing, tables: Sequence[type[Row]], batch: int, report: Report
) -> tuple[int, list[str]]:
    """Go once through all tables; how many rows were sealed anew, and what does not open."""
    total, broken = 0, list[str]()
    for kind in tables:
        count, last = 0, FIRST
        while (done := await reseal(database, kind, ring.older, last, batch)) is not None:
            count, last = count + done.count, done.last
            broken += done.broken
        if count:
            report(f"{kind.table}: {count} rows sealed anew")
        total += count
    return total, broken


def _require_progress(left: Use, broken: list[str], *, is_late: bool) -> None:
    """Refuse to go on where what is left will not open, or was locked for too long."""
    count = sum(number for places in left.values() for number in places.values())
    if broken and count <= len(broken):
        shown = ", ".join(broken[:5])
        raise CannotStart(
            f"Expected every sealed value to open, but {len(broken)} do not ({shown}); the older "
            "keys are kept."
        )
    if is_late:
        places = ", ".join(_columns(left)) or "an open transaction"
        raise CannotStart(
            f"Expected the older keys to be free, but {places} held on to them for too long; "
            "run it again."
        )


def _columns(named: Use) -> list[str]:
    return sorted({place for places in named.values() for place in places})


async def _retire(database: Database, ring: KeyRing, report: Report) -> None:
    """Take the older keys out of the file; of a ring that is not ours, say that they may go."""
    source = database.seals.source
    older = ", ".join(ring.older)
    if not isinstance(source, RingFile):
        report(f"nothing names {older}: it may leave DINGBIAN_KEYS once every process has the ring")
        return
    async with transaction(database.writing) as connection:
        await record_audit(connection, "keys.retire", {"keys": list(ring.older)})
    source.replace(ring.newest_only())
    report(f"nothing names {older} any more: it left the ring")


@dataclass(frozen=True, slots=True)
class KeyShown:
    """One key: its name, whether it is in the ring, whether it seals, how many values name it."""

    name: str
    is_known: bool
    is_newest: bool
    values: int


async def keys_shown(database: Database, tables: Sequence[type[Row]]) -> list[KeyShown]:
    """Every key that is in the ring or that a sealed column names."""
    ring = database.seals.source.ring()
    known = {f"{kind.table}.{column}" for kind in tables for column in sealed_columns(kind)}
    named = {
        name: sum(count for place, count in places.items() if place in known)
        for name, places in (await keys_named(database)).items()
    }
    names = sorted({*ring.keys, *(name for name, count in named.items() if count)})
    return [
        KeyShown(name, name in ring.keys, name == ring.newest, named.get(name, 0)) for name in names
    ]
