"""Finding rounds, answers and campaigns, locked until the transaction ends."""

from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.command import Context
from service.core.store.rows import VersionedRow

R = TypeVar("R", bound=VersionedRow)


class RoundStep(BaseModel):
    """A round after a step that tells nothing else."""

    round_id: UUID


async def locked(context: Context, kind: type[R], row_id: UUID, what: str) -> R:
    """A row by its id, locked.

    Raises:
        NotFound: There is none.
    """
    record = await context.connection.fetchrow(
        f"SELECT * FROM {kind.table} WHERE id = $1 FOR UPDATE", row_id
    )
    if record is None:
        raise missing(what)
    return kind.read(record)
