"""What the ledger says of a body that asks for posts: vacancies, use, who is away."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.core.store.db import Connection
from service.features.pre_evaluation.requesting import RisingAccount

_VACANCIES = """
SELECT coalesce(sum(a.authorised), 0)::int AS authorised,
       coalesce(sum(greatest(a.authorised - a.actual - a.reserved - a.frozen, 0)), 0)::int
           AS vacant
FROM account a JOIN unnest($1::uuid[], $2::text[], $3::text[]) AS asked (body_id, kind, part)
  ON a.body_id = asked.body_id AND a.kind = asked.kind AND a.part = asked.part
WHERE a.ledger = 'QUOTA'
"""
_USE = """
SELECT coalesce(sum(authorised), 0)::int AS authorised, coalesce(sum(actual), 0)::int AS actual
FROM account WHERE body_id = $1 AND ledger = 'QUOTA'
"""
# On the body's quota, and elsewhere or away; or another's who works here.
_PEOPLE = """
SELECT count(*) FILTER (WHERE body_id = $1) AS on_quota,
       count(*) FILTER (WHERE work_body_id <> body_id OR at_post <> 'AT_POST') AS mixed
FROM person WHERE status = 'ACTIVE' AND (body_id = $1 OR work_body_id = $1)
"""
_ROOM = """
SELECT kind, part, authorised - actual AS left FROM account
WHERE body_id IS NULL AND ledger = 'QUOTA'
"""
_SELF_FUNDED = "SELECT EXISTS (SELECT FROM body WHERE id = ANY ($1) AND funding = 'SELF')"


async def registry_of(
    connection: Connection, accounts: Sequence[RisingAccount], body_id: UUID
) -> dict[str, Any]:
    """Vacancies of the same kind and funding, less what is reserved or frozen, in whole posts and
    as a share of what is authorised; and whether a body that is to grow pays for itself."""
    known = [each for each in accounts if each.body_id is not None]
    record = await connection.fetchrow(
        _VACANCIES,
        [each.body_id for each in known],
        [each.kind for each in known],
        [each.funding for each in known],
    )
    assert record is not None, "a sum is one row"
    bodies = [each.body_id for each in known] or [body_id]
    return {
        "vacancies": record["vacant"],
        "vacancy_rate": _share(record["vacant"], record["authorised"]) or 0,
        "is_self_funded": await connection.fetchval(_SELF_FUNDED, bodies),
    }


async def measures_of(
    connection: Connection, accounts: Sequence[RisingAccount], body_id: UUID
) -> dict[str, Any]:
    """What can be computed of the quantitative indicators; null where the data are not there.

    Workload, comparison and the opinion of finance come with the self-evaluation and the review;
    no register of people outside the quota is kept.
    """
    use = await connection.fetchrow(_USE, body_id)
    people = await connection.fetchrow(_PEOPLE, body_id)
    assert use is not None, "a sum is one row"
    assert people is not None, "a count is one row"
    return {
        "workload_growth": None,
        "comparison": None,
        "fiscal_opinion": None,
        "has_room": await _has_room(connection, accounts),
        "use_rate": _share(use["actual"], use["authorised"]),
        # Where nobody is named although posts are filled, nobody can say who is away.
        "mixed_share": _share(people["mixed"], use["actual"]) if people["on_quota"] else None,
        "nonquota_share": None,
    }


async def _has_room(connection: Connection, accounts: Sequence[RisingAccount]) -> bool | None:
    """Whether the city's limits hold what is asked; None where one of them is not on record."""
    records = await connection.fetch(_ROOM)
    left = {(each["kind"], each["part"]): each["left"] for each in records}
    asked: dict[tuple[str, str], int] = {}
    for each in accounts:
        asked[each.kind, each.funding] = asked.get((each.kind, each.funding), 0) + each.rise
    if not asked.keys() <= left.keys():
        return None
    return all(left[account] >= posts for account, posts in asked.items())


def _share(part: int, whole: int) -> float | None:
    """To four places; None of nothing."""
    return round(part / whole, 4) if whole > 0 else None
