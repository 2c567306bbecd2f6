"""Documents that a matter rests on or brings forth."""

from uuid import UUID

from service.core.command import Context
from service.features.documents.rules import DocumentMissing


async def require_documents(context: Context, *ids: UUID | None) -> None:
    """Refuse to name documents that are not on record; None stands for none.

    Raises:
        DocumentMissing: One of them is not.
    """
    named = {each for each in ids if each is not None}
    if not named:
        return
    known = await context.connection.fetchval(
        "SELECT count(*) FROM document WHERE id = ANY ($1)", sorted(named)
    )
    if known < len(named):
        raise DocumentMissing(
            f"Expected {len(named)} documents on record, but {known} are.",
            f"应当有{len(named)}份已登记文件，但仅找到{known}份。",
        )
