"""Idempotency: one key has one outcome, and repeating it gives the same answer bytes.

Nothing is locked for a key. Two requests with one key that arrive at once both work; the first
to flush wins, the other meets the primary key, rolls back and answers what the first stored.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Column, DateTime, func
from sqlmodel import Field

from service.core.store.db import Database
from service.core.store.rows import Row
from service.core.store.transaction import transaction

_BATCH = 5000
_OLD = """
WITH old AS (
    SELECT actor_id, operation, idempotency_key FROM idempotency
    WHERE stored_at < clock_timestamp() - make_interval(hours => $1)
    ORDER BY stored_at LIMIT $2 FOR UPDATE SKIP LOCKED)
DELETE FROM idempotency i USING old
WHERE i.actor_id = old.actor_id AND i.operation = old.operation
  AND i.idempotency_key = old.idempotency_key
"""


class StoredAnswer(Row):
    """What a request with a key was answered. Kept for `idempotency_kept_h` hours."""

    table: ClassVar[str] = "idempotency"
    key: ClassVar[tuple[str, ...]] = ("actor_id", "operation", "idempotency_key")

    actor_id: UUID
    operation: str
    idempotency_key: str
    #: SHA-256 of the request, in hexadecimal: the same key with another one is refused.
    fingerprint: str
    status: int
    body: str
    etag: str | None


class IdempotencyTable(StoredAnswer, table=True):
    __tablename__ = "idempotency"

    actor_id: UUID = Field(primary_key=True)
    operation: str = Field(primary_key=True)
    idempotency_key: str = Field(primary_key=True)
    stored_at: datetime = Field(
        sa_column=Column(
            DateTime(timezone=True),
            nullable=False,
            index=True,
            server_default=func.clock_timestamp(),
        )
    )


async def forget_answers(database: Database) -> bool:
    """Forget up to 5,000 answers older than `idempotency_kept_h` hours; true if more are left."""
    async with transaction(database.writing) as connection:
        status = await connection.execute(_OLD, database.settings.idempotency_kept_h, _BATCH)
    return int(status.split()[-1]) == _BATCH
