"""What the papers of rounds and campaigns rest on and name."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from service.core.command import Context
from service.features.documents.basis import Basis, BasisLevel

#: Rounds and campaigns are rules of this office; no law asks for them in this form.
INTERNAL_RULE: Final = Basis(level=BasisLevel.INTERNAL, title="整改台账管理规定")

_RELEASE = "SELECT release_id FROM instance WHERE id = $1"
_TITLES = "SELECT title FROM document WHERE id = ANY ($1) ORDER BY title"


async def release_of(context: Context, instance_id: UUID) -> UUID | None:
    """The release under which a case runs; it is printed on what the case issues."""
    release: UUID | None = await context.connection.fetchval(_RELEASE, instance_id)
    return release


async def titles_of(context: Context, documents: Sequence[UUID]) -> list[str]:
    """The titles of papers, each once."""
    records = await context.connection.fetch(_TITLES, documents)
    return list(dict.fromkeys(record["title"] for record in records))
