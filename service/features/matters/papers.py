"""Papers that forms name: each must be on record before anything rests on it."""

from collections.abc import Iterable
from uuid import UUID

from service.core.command import Context
from service.features.matters import rules

_UNKNOWN = """
SELECT id FROM unnest($1::uuid[]) named(id) WHERE NOT EXISTS (
    SELECT FROM document WHERE document.id = named.id) LIMIT 1
"""


async def require_papers(context: Context, named: Iterable[UUID]) -> None:
    """Refuse a form that names a paper which nobody has registered.

    Raises:
        PaperUnknown: One is not on record.
    """
    unknown = await context.connection.fetchval(_UNKNOWN, list(named))
    if unknown is not None:
        raise rules.PaperUnknown(
            f"Expected papers on record, but there is no document {unknown}.",
            "所附文件应当已登记，但有未登记的文件。",
            document_id=str(unknown),
        )
