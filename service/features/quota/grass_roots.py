"""The grass roots: towns, sub-districts and whatever stands below them keep their quotas (I21)."""

from uuid import UUID

from service.core.command import Context
from service.features.quota import rules
from service.features.quota.codes import GRASS_ROOTS

# `UNION` ends a circle that a fault might have left.
_AT_GRASS_ROOTS = """
WITH RECURSIVE above (id) AS (
    SELECT unnest($1::uuid[]) UNION
    SELECT superior.id FROM above JOIN body b ON b.id = above.id
    CROSS JOIN LATERAL unnest(ARRAY[b.parent_id, b.competent_body_id, b.sponsor_body_id])
        AS superior (id)
    WHERE superior.id IS NOT NULL)
SELECT EXISTS (
    SELECT FROM above JOIN body b ON b.id = above.id WHERE b.system_category = ANY ($2))
"""


async def is_at_grass_roots(context: Context, *body_ids: UUID) -> bool:
    """Whether one of some bodies is a town or sub-district, or stands below one, is managed or
    sponsored by one: a town's institutions live on the town's quotas."""
    found: bool = await context.connection.fetchval(_AT_GRASS_ROOTS, body_ids, sorted(GRASS_ROOTS))
    return found


async def require_stays_at_grass_roots(
    context: Context, giving: tuple[UUID, str], taking: tuple[UUID, str]
) -> None:
    """Refuse to take quotas from the grass roots; both bodies are told by id and name.

    Raises:
        GrassRootsProtected: The one that gives is of the grass roots, the other is not.
    """
    if await is_at_grass_roots(context, giving[0]) and not await is_at_grass_roots(
        context, taking[0]
    ):
        raise rules.GrassRootsProtected(
            f"Expected the quota of {giving[1]} to stay at the grass roots, "
            f"but {taking[1]} is not of them.",
            f"{giving[1]}的编制应当留在基层，但{taking[1]}不是乡镇、街道或其所属机构。",
        )
