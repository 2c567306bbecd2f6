"""Keeping one paper or form in the file of a matter."""

from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.ids import new_id
from service.features.matters.record_kinds import RecordKind
from service.features.matters.record_tables import MatterRecord
from service.features.matters.tables import Matter

_NAME = "SELECT name FROM actor WHERE id = $1"


async def keep(
    context: Context,
    matter: Matter,
    kind: RecordKind,
    content: Any,
    *,
    by: UUID | None = None,
    document_id: UUID | None = None,
) -> MatterRecord:
    """Put a paper into the file as it was given.

    Args:
        by: Who gave it; the case itself where nobody did.
    """
    name = await context.connection.fetchval(_NAME, by) if by else None
    return context.insert(
        MatterRecord(
            id=new_id(),
            matter_id=matter.id,
            round=matter.round,
            kind=kind,
            content=content,
            document_id=document_id,
            given_by=by if name else None,
            given_by_name=name or context.actor.name,
            kept_at=context.now,
        )
    )
