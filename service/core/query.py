"""The path of a question: a query function on a connection that cannot write."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from service.core.auth import policy
from service.core.auth.actor import Actor, Caller, Grant
from service.core.auth.sealed import Seals
from service.core.clock import city_day
from service.core.command import Answer
from service.core.operation import OPERATIONS, Query
from service.core.store.db import Connection, Database
from service.core.store.opening import open_for
from service.core.store.rows import VersionedRow
from service.settings import Settings


@dataclass(slots=True)
class Reading:
    """What a query works with."""

    connection: Connection
    actor: Actor
    now: datetime
    grants: Sequence[Grant]
    settings: Settings
    seals: Seals
    etag: str | None = None
    #: Whether all that is answered changes with the ETag.
    is_all_tagged: bool = True

    @property
    def today(self) -> date:
        return city_day(self.now)

    @property
    def reach(self) -> tuple[bool, list[Any], list[Any]]:
        """Reach as SQL parameters for lists: the whole city?, bodies, bodies with all below."""
        return policy.reach_of(self.grants)

    def require_reach(self, lineage: Collection[Any], what: str) -> None:
        """Refuse with `NotFound` unless the actor's duty covers the body."""
        policy.covering(self.grants, lineage, what)

    def require_city(self) -> None:
        """Refuse with `NotAllowed` unless the duty is held over the whole city."""
        policy.covering_city(self.grants)

    def tag(self, row: VersionedRow, *, is_all: bool = True) -> None:
        """Give the answer the row's version as its ETag.

        Args:
            is_all: Whether nothing in the answer changes without it; else it is answered anew
                each time, however often the same ETag is seen.
        """
        self.etag = str(row.version)
        self.is_all_tagged = is_all


async def answer(database: Database, query: Query[Any], caller: Caller) -> Answer:
    """Answer one query; raises as `ask` does."""
    result, reading = await ask(database, query, caller)
    return Answer(
        200,
        result.model_dump_json().encode(),
        reading.etag,
        now=reading.now,
        is_all_tagged=reading.is_all_tagged,
    )


async def ask(database: Database, query: Query[Any], caller: Caller) -> tuple[BaseModel, Reading]:
    """Answer one query with the result itself, for what does not leave as JSON.

    Raises:
        Refusal: The caller is unknown, holds no duty for it, or the query was refused.
    """
    operation = OPERATIONS[query.name]
    async with database.reading.acquire() as connection:
        opening = await open_for(connection, caller, query.name, None)
        grants = policy.grants_allowing(opening.actor, type(query))
        reading = Reading(
            connection, opening.actor, opening.now, grants, database.settings, database.seals
        )
        return await operation.answer(query, reading), reading
