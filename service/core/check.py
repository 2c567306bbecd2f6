"""What `dingbian check` asks of a whole database: invariants that no command may have broken.

Each feature lists its checks in a module `check`. A check reads only; each of its statements
sees one moment, so it may run beside the service.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from service.core.store.db import Connection


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule does not hold; `subject` is what it is about, as in events."""

    rule: str
    subject: str
    detail: str


@dataclass(frozen=True, slots=True)
class Check:
    """Rules that are looked at together, each with its Chinese and English wording."""

    rules: Mapping[str, tuple[str, str]]
    find: Callable[[Connection], Awaitable[list[Finding]]]


def by_statement(rule: str, zh: str, en: str, statement: str, *values: Any) -> Check:
    """A check by one SELECT of `subject` and `detail`: every row is a finding."""

    async def find(connection: Connection) -> list[Finding]:
        records = await connection.fetch(statement, *values)
        return [Finding(rule, record["subject"], record["detail"]) for record in records]

    return Check({rule: (zh, en)}, find)
