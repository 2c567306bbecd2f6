"""Accounts, duties and keys as rows, where a test is about what the core makes of them."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import asyncpg

from service.core.ids import new_id
from service.settings import Settings

LONG_AGO = date(2020, 1, 1)


async def add_actor(
    settings: Settings, subject: str, *, is_program: bool = False, is_active: bool = True
) -> UUID:
    actor_id = new_id()
    await _write(
        settings,
        """INSERT INTO actor (id, version, subject, name, is_program, is_active)
           VALUES ($1, 1, $2, $2, $3, $4)""",
        actor_id,
        subject,
        is_program,
        is_active,
    )
    return actor_id


async def add_duty(
    settings: Settings,
    actor_id: UUID,
    duty: str,
    reach: str,
    body_id: UUID | None = None,
    days: tuple[date, date | None] = (LONG_AGO, None),
) -> None:
    """One duty, from the first of two days until (not including) the second."""
    await _write(
        settings,
        """INSERT INTO assignment
               (id, version, actor_id, duty, reach, body_id, true_from, true_until)
           VALUES ($1, 1, $2, $3, $4, $5, $6, $7)""",
        new_id(),
        actor_id,
        duty,
        reach,
        body_id,
        *days,
    )


async def add_key(
    settings: Settings,
    actor_id: UUID,
    secret: str,
    scopes: Sequence[str],
    *,
    lasts: timedelta = timedelta(days=1),
    is_revoked: bool = False,
) -> None:
    await _write(
        settings,
        """INSERT INTO api_key
               (id, version, actor_id, prefix, hash, scopes, expires_at, revoked_at)
           VALUES ($1, 1, $2, $3, $4, $5, clock_timestamp() + $6,
                   CASE WHEN $7 THEN clock_timestamp() END)""",
        new_id(),
        actor_id,
        secret[:8],
        hashlib.sha256(secret.encode()).hexdigest(),
        list(scopes),
        lasts,
        is_revoked,
    )


async def _write(settings: Settings, statement: str, *values: object) -> None:
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        await connection.execute(statement, *values)
    finally:
        await connection.close()
