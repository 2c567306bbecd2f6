"""Counting round trips to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import asyncpg


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that this process sends meanwhile, BEGIN and COMMIT apart."""
    sent: list[str] = []
    execute = asyncpg.Connection._execute  # type: ignore[attr-defined]  # private

    async def noting(self: Any, query: str, *args: Any, **options: Any) -> Any:
        sent.append(query)
        return await execute(self, query, *args, **options)

    with patch.object(asyncpg.Connection, "_execute", noting):
        yield sent
