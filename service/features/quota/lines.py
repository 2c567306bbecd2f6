"""Quota lines: one for each body, kind and funding form, as true on a day and as known then.

A line that counts nothing is none: an account made later must not change the answer about a
moment before.
"""

from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.features.bodies.at_a_moment import AtAMoment, Parameters
from service.features.quota.codes import Funding, QuotaKind


class LineFilter(AtAMoment):
    """What a line must be to be in the answer; what is left out does not matter."""

    body_id: UUID | None = None
    kind: QuotaKind | None = None
    funding: Funding | None = None


class LineCounts(BaseModel):
    """Counts of whole posts."""

    authorised: int
    actual: int
    reserved: int
    frozen: int
    available: int = Field(description="Vacant ones, not below 0.")
    over: int = Field(description="Held beyond the quota.")


#: The counts of a line or, summed, of many.
COUNTS = tuple(LineCounts.model_fields)

# What came after the asked moment is taken off the sums: recent questions read few entries.
_LINES = """(
SELECT line.*, greatest(authorised - actual - reserved - frozen, 0) AS available,
       greatest(actual - authorised, 0) AS over
FROM (
    SELECT b.id AS body_id, b.body_code, b.full_name, a.kind, a.part AS funding,
           a.authorised - coalesce(later.authorised, 0) AS authorised,
           a.actual - coalesce(later.actual, 0) AS actual,
           a.reserved - coalesce(later.reserved, 0) AS reserved,
           a.frozen - coalesce(later.frozen, 0) AS frozen
    FROM account a JOIN body b ON b.id = a.body_id
    LEFT JOIN LATERAL (
        SELECT sum(e.authorised)::int AS authorised, sum(e.actual)::int AS actual,
               sum(e.reserved)::int AS reserved, sum(e.frozen)::int AS frozen
        FROM entry e
        WHERE (a.latest_effective_on > {as_of} OR a.last_recorded_at > {known_at})
          AND e.account_id = a.id AND (e.effective_on > {as_of} OR e.recorded_at > {known_at})
    ) later ON true
    WHERE a.ledger = 'QUOTA' AND {where}
) line
WHERE (authorised, actual, reserved, frozen) <> (0, 0, 0, 0))"""


async def lines_at(asked: LineFilter, reading: Reading, parameters: Parameters) -> str:
    """The relation of lines that the filter matches, within the actor's reach.

    Raises:
        KnownTooLate: `known_at` is not settled yet.
    """
    await require_settled(reading.connection, asked.known_at)
    conditions = []
    has_city, bodies, subtrees = reading.reach
    if not has_city:
        conditions.append(
            f"(b.id = ANY({parameters.place(bodies)}::uuid[])"
            f" OR b.lineage && {parameters.place(subtrees)}::uuid[])"
        )
    wanted: dict[str, Any] = {"a.body_id": asked.body_id, "a.kind": asked.kind}
    for column, value in {**wanted, "a.part": asked.funding}.items():
        if value is not None:
            conditions.append(f"{column} = {parameters.place(value)}")
    return _LINES.format(
        as_of=f"{parameters.place(asked.as_of or reading.today)}::date",
        known_at=f"{parameters.place(asked.known_at or ALWAYS)}::timestamptz",
        where=" AND ".join(conditions) or "true",
    )
