"""Where sealed values stand, which keys they name, and sealing them anew row by row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from service.core.auth.actor import PROCESS, Duty
from service.core.auth.sealed import SealBroken, Seals
from service.core.ids import new_id
from service.core.store.audit import AuditEntry
from service.core.store.db import Connection, Database
from service.core.store.flush import Changes
from service.core.store.rows import AppendOnlyRow, Row
from service.core.store.transaction import transaction

FIRST = UUID(int=0)
#: Base64 of a nonce, a tag and at least nothing: 28 bytes.
_SEALED = r"\.[A-Za-z0-9+/]{38,}={0,2}$"
_LONGEST_COUNT_S = 3600.0
_TEXT_COLUMNS = """
SELECT c.relname AS "table", a.attname AS "column"
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = current_schema()::regnamespace
  AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)
  AND has_table_privilege(c.oid, 'SELECT')
ORDER BY 1, 2
"""

Use = dict[str, dict[str, int]]
"""Key → `table.column` → how many values there name it."""


def sealed_tables() -> list[type[Row]]:
    """The row classes, of those that were imported, with columns that may be sealed anew."""
    found, waiting = set[type[Row]](), [Row]
    while waiting:
        below = waiting.pop().__subclasses__()
        found.update(kind for kind in below if kind.__dict__.get("sealed") and _changes(kind))
        waiting += below
    return sorted(found, key=lambda kind: kind.table)


def _changes(kind: type[Row]) -> bool:
    """Whether rows may be sealed anew; what is only appended hides its columns from the audit."""
    return not issubclass(kind, AppendOnlyRow)


async def keys_named(database: Database, names: Collection[str] | None = None) -> Use:
    """Which keys the stored values name, in every text column there is; None: any key.

    It reads every table once a text column, and takes as long as that takes.
    """
    found: Use = {}
    pattern = _pattern(names)
    async with transaction(database.writing) as connection:
        await connection.execute("SET LOCAL statement_timeout = 0")
        for table, column in await connection.fetch(_TEXT_COLUMNS):
            records = await connection.fetch(
                f"""SELECT split_part("{column}", '.', 1) AS key, count(*) AS count
                    FROM "{table}" WHERE "{column}" ~ $1 GROUP BY 1""",
                pattern,
                timeout=_LONGEST_COUNT_S,
            )
            for key, count in records:
                found.setdefault(key, {})[f"{table}.{column}"] = count
    return found


def _pattern(names: Collection[str] | None) -> str:
    """What a value sealed under one of the keys looks like, as a regular expression of SQL."""
    return rf"^({'[A-Za-z0-9]+' if names is None else '|'.join(sorted(names))}){_SEALED}"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one transaction sealed anew: how many rows, the last of them, and what did not open."""

    count: int
    last: UUID
    broken: tuple[str, ...]


async def reseal(
    database: Database, kind: type[Row], older: Collection[str], after: UUID, limit: int
) -> Batch | None:
    """Seal anew, under the newest key, the next rows of a table that name an older one.

    What another transaction has locked is left for a later pass, and what does not open is left
    as it is. None where there is no such row after the one with the id `after`.
    """
    columns = sorted(kind.sealed)
    condition = " OR ".join(f"{column} ~ $2" for column in columns)
    async with transaction(database.writing) as connection:
        records = await connection.fetch(
            f"""SELECT * FROM {kind.table} WHERE id > $1 AND ({condition})
                ORDER BY id LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED""",
            after,
            _pattern(older),
            limit,
        )
        if not records:
            return None
        changes, broken = Changes(), list[str]()
        for record in records:
            row = kind.read(record)
            new = _sealed_anew(database.seals, row, columns, older, broken)
            if new:
                changes.update(row, **new)
        asked = {"table": kind.table, "key": database.seals.source.ring().newest}
        await record_audit(connection, "keys.reseal", asked, changes)
    return Batch(len(records) - len(broken), records[-1]["id"], tuple(broken))


def _sealed_anew(
    seals: Seals, row: Row, columns: Sequence[str], older: Collection[str], broken: list[str]
) -> dict[str, str]:
    """The columns of a row that name an older key, under the newest; `broken` gets the rest.

    A value stays bound to the column that it was sealed for: a replaced secret moves to another
    sealed column of its row and keeps its seal.
    """
    new: dict[str, str] = {}
    for column in columns:
        value: Any = getattr(row, column)
        if not isinstance(value, str) or value.partition(".")[0] not in older:
            continue
        for place in _places(row, column, columns):
            try:
                new[column] = seals.seal(seals.open(value, place), place)
                break
            except SealBroken:
                continue
        else:
            broken.append(_places(row, column, columns)[0])
    return new


def _places(row: Row, column: str, columns: Sequence[str]) -> list[str]:
    """Where a value of a column may have been sealed for, the column itself first."""
    others = [other for other in columns if other != column]
    return [f"{row.table}.{each}/{row.identity()[0]}" for each in (column, *others)]


async def record_audit(
    connection: Connection, command: str, asked: dict[str, Any], changes: Changes | None = None
) -> None:
    """Write what the keys' own commands did, with the rows they changed, into the audit."""
    changes = changes or Changes()
    entry = AuditEntry(
        id=new_id(),
        actor_id=None,
        actor_name=PROCESS.name,
        duty=Duty.PROCESS,
        command=command,
        outcome="done",
        asked=asked,
        changes=orjson.loads(changes.described()),
        cause=None,
        request_id="",
    )
    await changes.flush(connection, entry)
