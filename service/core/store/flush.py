"""The flush: everything a command changes, in one statement.

Verbs collect rows to insert and rows to change; the flush turns each group into one
data-modifying CTE fed by one JSON parameter. The text depends only on the shape of the change
(which tables, which columns, one row or several), so PostgreSQL prepares it once per connection.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

from service.core.ids import new_id
from service.core.store.db import Connection
from service.core.store.outbox import Event
from service.core.store.rows import Row, VersionedRow

R = TypeVar("R", bound=Row)
_Identity = tuple[str, tuple[Any, ...]]


@dataclass(slots=True)
class Changes:
    """What one command wants written. `pending` is emptied by each flush, `written` is not."""

    _inserts: dict[_Identity, Row] = field(default_factory=dict)
    _updates: dict[_Identity, tuple[Row, Row]] = field(default_factory=dict)
    _removals: dict[_Identity, Row] = field(default_factory=dict)
    _events: list[Event] = field(default_factory=list)
    #: Rows changed by earlier flushes, as they are now.
    _latest: dict[_Identity, Row] = field(default_factory=dict)
    #: JSON texts for the audit: what earlier flushes of this command wrote.
    _written: list[str] = field(default_factory=list)
    #: The same of what is pending, where somebody has asked and nothing was added since.
    _told: list[str] | None = None

    def insert(self, row: R) -> R:
        """Add a new row."""
        self._told = None
        self._inserts[row.table, row.identity()] = row
        return row

    def update(self, row: R, **values: Any) -> R:
        """Change some columns of a row that this transaction has locked; gives the new row."""
        if isinstance(row, VersionedRow):
            values["version"] = row.version + 1
        self._told = None
        new = row.model_copy(update=values)
        identity = row.table, row.identity()
        if identity in self._inserts:
            self._inserts[identity] = new
        else:
            old, _ = self._updates.get(identity, (row, row))
            self._updates[identity] = old, new
        return new

    def remove(self, row: Row) -> None:
        """Delete the rows of a table that agree with this one in its key.

        Rows that the same flush inserts stay, except one of the very same key, which is not
        written at all.
        """
        self._told = None
        identity = row.table, row.identity()
        if self._inserts.pop(identity, None) is None:
            self._removals[identity] = row

    def latest(self, row: R) -> R:
        """A row as this command has changed it so far."""
        identity = row.table, row.identity()
        if identity in self._inserts:
            return self._inserts[identity]  # type: ignore[return-value]  # of the same table
        if identity in self._updates:
            return self._updates[identity][1]  # type: ignore[return-value]  # of the same table
        return self._latest.get(identity, row)  # type: ignore[return-value]  # of the same table

    def announce(self, event: Event) -> None:
        """Write an event to the outbox with this change."""
        self._events.append(event)

    @property
    def is_empty(self) -> bool:
        return not (self._inserts or self._updates or self._removals or self._events)

    def described(self) -> str:
        """All changes so far, as the JSON array that the audit keeps."""
        self._told = self._describe() if self._told is None else self._told
        return f"[{','.join(self._written + self._told)}]"

    async def flush(self, connection: Connection, *extra: Row) -> None:
        """Write all that is pending, and the `extra` rows (audit, stored answer), at once."""
        shapes: list[_Shape] = []
        parameters: list[str] = []
        for kind, rows in _by_kind([*self._inserts.values(), *extra]).items():
            shapes.append(_Shape("insert", kind.table, _columns(kind), is_one=len(rows) == 1))
            parameters.append(_json(rows))
        for kind, pairs in self._updates_by_kind().items():
            rows = [new for _, new in pairs]
            is_one = len(rows) == 1
            shape = _Shape("update", kind.table, _changed(pairs), kind.key, is_one, kind.guard)
            shapes.append(shape)
            parameters.append(_json(rows))
        for kind, rows in _by_kind([*self._removals.values()]).items():
            shapes.append(_Shape("remove", kind.table, key=kind.key, is_one=len(rows) == 1))
            parameters.append(_json(rows))
        if self._events:
            shapes.append(_Shape("announce"))
            parameters.append(_json_events(self._events))
        if shapes:
            await connection.execute(_statement(tuple(shapes)), *parameters)
        self._written += self._describe() if self._told is None else self._told
        self._told = None
        self._latest |= {identity: new for identity, (_, new) in self._updates.items()}
        self._inserts.clear()
        self._updates.clear()
        self._removals.clear()
        self._events.clear()

    def _updates_by_kind(self) -> dict[type[Row], list[tuple[Row, Row]]]:
        kinds: dict[type[Row], list[tuple[Row, Row]]] = {}
        for old, new in self._updates.values():
            if old != new:
                kinds.setdefault(type(new), []).append((old, new))
        return kinds

    def _describe(self) -> list[str]:
        texts = [
            f'{{"table":"{row.table}","new":{row.model_dump_json(exclude=_left_out(row))}}}'
            for row in self._inserts.values()
            if row.is_audited
        ]
        for old, new in itertools.chain(*self._updates_by_kind().values()):
            if not new.is_audited:
                continue
            shown = set(_changed([(old, new)])) - _left_out(new)
            both = shown | set(new.key)
            texts.append(
                f'{{"table":"{new.table}","old":{old.model_dump_json(include=both)},'
                f'"new":{new.model_dump_json(include=both)}}}'
            )
        return texts


@dataclass(frozen=True, slots=True)
class _Shape:
    action: str
    table: str = ""
    columns: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    #: One row. The planner takes a set from JSON for a hundred rows, and would read the whole
    #: table to change the one.
    is_one: bool = False
    guard: str = ""


@lru_cache(maxsize=1024)
def _statement(shapes: tuple[_Shape, ...]) -> str:
    parts = [_part(shape, number) for number, shape in enumerate(shapes, start=1)]
    return f"WITH {', '.join(parts)} SELECT 1"


def _part(shape: _Shape, number: int) -> str:
    table, columns = shape.table, ", ".join(shape.columns)
    function = "json_populate_record" if shape.is_one else "json_populate_recordset"
    source = f"{function}(NULL::{table}, ${number}::json)"
    match shape.action:
        case "insert":
            return f"c{number} AS (INSERT INTO {table} ({columns}) SELECT {columns} FROM {source})"
        case "update":
            sets = ", ".join(f"{column} = r.{column}" for column in shape.columns)
            same = " AND ".join(f"t.{column} = r.{column}" for column in shape.key)
            same += f" AND {shape.guard}" if shape.guard else ""
            return f"c{number} AS (UPDATE {table} t SET {sets} FROM {source} r WHERE {same})"
        case "remove":
            same = " AND ".join(f"t.{column} = r.{column}" for column in shape.key)
            return f"c{number} AS (DELETE FROM {table} t USING {source} r WHERE {same})"
        case _:
            return _ANNOUNCE.replace("$1", f"${number}")


_ANNOUNCE = """
e AS MATERIALIZED (
    SELECT r.*, row_number() OVER (PARTITION BY subject ORDER BY place) AS nth,
           count(*) OVER (PARTITION BY subject) AS among
    FROM json_to_recordset($1::json) AS r(place int, id uuid, subject text, type text, data jsonb)),
n AS (
    INSERT INTO event_subject AS s (subject, number, xid)
    SELECT subject, count(*), pg_current_xact_id()::text::bigint
    FROM e GROUP BY subject ORDER BY subject
    ON CONFLICT (subject) DO UPDATE
    SET number = s.number + excluded.number, xid = greatest(s.xid, excluded.xid)
    RETURNING subject, number, xid),
o AS (
    INSERT INTO outbox (id, subject, number, type, data, xid)
    SELECT e.id, e.subject, n.number - e.among + e.nth, e.type, e.data, n.xid
    FROM e JOIN n ON n.subject = e.subject)
"""


def _by_kind(rows: Sequence[Row]) -> dict[type[Row], list[Row]]:
    """Rows of one class: a class may stand for some columns of a table only."""
    kinds: dict[type[Row], list[Row]] = {}
    for row in rows:
        kinds.setdefault(type(row), []).append(row)
    return kinds


@lru_cache(maxsize=256)
def _columns(kind: type[Row]) -> tuple[str, ...]:
    return tuple(kind.model_fields)


def _changed(pairs: Sequence[tuple[Row, Row]]) -> tuple[str, ...]:
    return tuple(
        column
        for column in _columns(type(pairs[0][0]))
        if any(getattr(old, column) != getattr(new, column) for old, new in pairs)
    )


def _left_out(row: Row) -> set[str]:
    """Columns of which the audit does not tell."""
    return {*row.sealed, *row.unaudited}


def _json(rows: Sequence[Row]) -> str:
    """One row as an object, several as an array."""
    texts = [row.model_dump_json() for row in rows]
    return texts[0] if len(texts) == 1 else f"[{','.join(texts)}]"


def _json_events(events: Sequence[Event]) -> str:
    texts = (
        f'{{"place":{place},"id":"{new_id()}","subject":"{event.subject()}",'
        f'"type":"{event.type}","data":{event.model_dump_json()}}}'
        for place, event in enumerate(events)
    )
    return f"[{','.join(texts)}]"
