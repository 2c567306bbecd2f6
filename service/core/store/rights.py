"""What the application's role may do, and the partitions it writes into; settled by `migrate`.

Rights follow from the row classes: an append-only table can be read and added to, every other
one also changed and emptied. So the audit and the ledger cannot be altered by the service, even
by a fault in it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from service.core.store.db import Connection
from service.core.store.rows import AppendOnlyRow

APP_ROLE = "dingbian_app"
_MONTHS_AHEAD = 24
_PARTITIONED = ("audit", "history")


async def settle_rights(connection: Connection, tables: list[str]) -> bool:
    """Give the application's role its rights on the tables; whether there is such a role.

    Where there is none (a single database address), the audit is not protected.
    """
    known = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", APP_ROLE)
    if not known:
        return False
    kept = sorted(set(_append_only()) & set(tables))
    await connection.execute(
        f"""GRANT USAGE ON SCHEMA public TO {APP_ROLE};
        GRANT SELECT, INSERT, UPDATE, DELETE ON {", ".join(tables)} TO {APP_ROLE};
        GRANT SELECT ON alembic_version TO {APP_ROLE};
        REVOKE UPDATE, DELETE, TRUNCATE ON {", ".join(kept)} FROM {APP_ROLE};"""
    )
    return True


async def settle_partitions(connection: Connection) -> None:
    """Make the monthly partitions up to two years ahead, and a default one."""
    month = datetime.now(UTC).date().replace(day=1)
    for table in _PARTITIONED:
        await connection.execute(
            f"CREATE TABLE IF NOT EXISTS {table}_default PARTITION OF {table} DEFAULT"
        )
        for first, after in _months(month, _MONTHS_AHEAD):
            await connection.execute(
                f"""CREATE TABLE IF NOT EXISTS {table}_{first:%Y_%m} PARTITION OF {table}
                FOR VALUES FROM ('{first} 00:00+00') TO ('{after} 00:00+00')"""
            )


def _months(first: date, count: int) -> Iterator[tuple[date, date]]:
    for number in range(count):
        month = first.month - 1 + number
        nth = month + 1
        yield (
            date(first.year + month // 12, month % 12 + 1, 1),
            date(first.year + nth // 12, nth % 12 + 1, 1),
        )


def _append_only(root: type[Any] = AppendOnlyRow) -> Iterator[str]:
    for kind in root.__subclasses__():
        if "table" in kind.__dict__:
            yield kind.table
        yield from _append_only(kind)
