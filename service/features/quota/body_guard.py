"""The ledger's say when a body changes: posts within its rank (I10), grass roots kept (I21)."""

from datetime import date
from uuid import UUID

from service.core.command import Context
from service.features.bodies.codes import Rank
from service.features.bodies.guards import guards_bodies
from service.features.bodies.tables import Body
from service.features.quota import rules
from service.features.quota.balances import steps_from
from service.features.quota.codes import GRASS_ROOTS, Level
from service.features.quota.grass_roots import is_at_grass_roots
from service.features.quota.tables import Account, Ledger


@guards_bodies
async def guard_body(context: Context, body: Body, new: Body, on: date) -> None:
    """Ask only where something changes that the ledger rests on.

    The body's lock keeps others from its accounts: they hold it, shared, before these.

    Raises:
        RankTooHigh: A leadership or mid-level post would be above the new rank.
        GrassRootsProtected: Quotas of the grass roots would leave with the body.
    """
    if _is_lower(new.rank, body.rank):
        await _require_rank_for_posts(context, body, new.rank, on)
    if _place_of(new) != _place_of(body):
        await _require_quota_stays(context, body, new)


def _is_lower(new: Rank, old: Rank) -> bool:
    """A body that compares with none now may have posts of any level: every rank is lower."""
    return new.order is not None and (old.order is None or new.order > old.order)


async def _require_rank_for_posts(context: Context, body: Body, rank: Rank, on: date) -> None:
    records = await context.connection.fetch(
        "SELECT * FROM account WHERE body_id = $1 AND ledger = ANY ($2) ORDER BY id",
        body.id,
        [Ledger.LEADERSHIP, Ledger.MIDLEVEL],
    )
    for account in map(Account.read, records):
        if not Level(account.kind).is_above(rank):
            continue
        steps = await steps_from(context.connection, account, on)
        posts = max(max(step.balance.authorised, step.balance.actual) for step in steps)
        if posts > 0:
            raise rules.RankTooHigh(
                f"Expected a rank that its posts do not exceed, but {body.full_name} has {posts} "
                f"posts of {account.kind} {account.part}, above {rank.value}.",
                f"机构规格应当不低于其职数的层次，但{body.full_name}有"
                f"{Level(account.kind).zh}职数{posts}名，高于{rank.zh}。",
                level=account.kind,
                slot=account.part,
                posts=posts,
            )


def _place_of(body: Body) -> tuple[str, list[UUID]]:
    superiors = (body.parent_id, body.competent_body_id, body.sponsor_body_id)
    return body.system_category, [superior for superior in superiors if superior is not None]


async def _require_quota_stays(context: Context, body: Body, new: Body) -> None:
    category, superiors = _place_of(new)
    if category in GRASS_ROOTS or await is_at_grass_roots(context, *superiors):
        return
    if not await is_at_grass_roots(context, body.id):
        return
    posts = await context.connection.fetchval(
        """SELECT sum(a.authorised) FROM account a JOIN body b ON b.id = a.body_id
           WHERE b.lineage @> ARRAY[$1::uuid] AND a.ledger = 'QUOTA'""",
        body.id,
    )
    if posts:
        raise rules.GrassRootsProtected(
            f"Expected the quota of {body.full_name} to stay at the grass roots, "
            f"but {posts} posts would leave with it.",
            f"{body.full_name}的编制应当留在基层，但将随其划出{posts}名。",
            posts=posts,
        )
