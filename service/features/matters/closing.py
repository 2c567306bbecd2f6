"""Closing what a reply left waiting: each step is entered as soon as the ledger allows it.

A step that the ledger still refuses leaves nothing behind and is a difference that the unit is
told; the others are done. Posts go first, so that a body is empty when it is closed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel

from service.core.command import Context
from service.core.errors import Refusal
from service.core.operation import Command
from service.core.store.transaction import savepoint
from service.features.matters.deltas import Delta
from service.features.matters.held import Held, Key, held
from service.features.matters.report import Reported
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.release_freeze import ReleaseFreeze

R = TypeVar("R", bound=BaseModel)
_FROZEN = """
SELECT a.body_id, a.ledger, a.kind, a.part, sum(e.frozen)::int AS posts
FROM entry e JOIN account a ON a.id = e.account_id
WHERE e.document_id = $1 AND a.body_id IS NOT NULL AND e.frozen <> 0
GROUP BY 1, 2, 3, 4 HAVING sum(e.frozen) > 0 ORDER BY 1, 2, 3, 4
"""


class ClosedBody(BaseModel):
    """A body that is no more, and the one that follows it; null for its competent body."""

    body_id: UUID
    successor_id: UUID | None


@dataclass(slots=True)
class Closing:
    """One run over what waits: by which paper, on which day, with which facts."""

    context: Context
    document_id: UUID
    #: From which day it is so by the reply; that day has come.
    on: date
    reported: Reported
    left: list[Delta]
    differences: list[str] = field(default_factory=list)
    #: Those that were closed and leave open problems behind.
    closed: list[ClosedBody] = field(default_factory=list)

    @property
    def basis(self) -> dict[str, Any]:
        """The paper and today, for entries in accounts."""
        return {"document_id": self.document_id, "effective_on": self.context.today}

    async def done(self, what: str, *commands: Command[Any]) -> bool:
        """Whether all of these were done together; else none was, and why is a difference."""
        await self.context.flush()
        try:
            async with savepoint(self.context.connection):
                for command in commands:
                    await self.context.order(command)
        except Refusal as refusal:
            self.differences.append(f"{what}：{refusal.zh}")
            return False
        return True

    async def made(self, what: str, command: Command[R]) -> R | None:
        """What one command made; None where it was refused, and why is a difference."""
        await self.context.flush()
        try:
            async with savepoint(self.context.connection):
                return await self.context.order(command)
        except Refusal as refusal:
            self.differences.append(f"{what}：{refusal.zh}")
            return None

    async def ledgers(self) -> Held:
        """The accounts as they stand after what was done so far."""
        await self.context.flush()
        return await held(self.context, self.left)

    async def frozen(self) -> dict[Key, int]:
        """The posts that this reply let stand still, by account."""
        await self.context.flush()
        return await frozen_by(self.context, self.document_id)

    def thaw(self, key: Key, posts: int) -> list[Command[Any]]:
        """Let posts of an account go that this reply froze."""
        if posts <= 0:
            return []
        line = {"kind": QuotaKind(key[2]), "funding": Funding(key[3]), "posts": posts}
        return [ReleaseFreeze(body_id=key[0], **line, **self.basis)]

    def drop(self, gone: Sequence[Delta]) -> None:
        """These do not wait any more."""
        self.left = [each for each in self.left if not any(each is other for other in gone)]

    def swap(self, old: Delta, new: Delta) -> None:
        """A part of this was done: the rest waits on."""
        self.left = [new if each is old else each for each in self.left]


async def frozen_by(context: Context, document_id: UUID) -> dict[Key, int]:
    """The posts that stand still by a paper, less those that it let go again."""
    records = await context.connection.fetch(_FROZEN, document_id)
    return {(r["body_id"], r["ledger"], r["kind"], r["part"]): r["posts"] for r in records}
