"""Which bodies a list, a count or an export is about."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from service.core.query import Reading
from service.core.values import Line
from service.features.bodies.at_a_moment import AtAMoment, Parameters, bodies_at
from service.features.bodies.codes import BodyStatus, BodyType, Rank, SystemCategory
from service.features.bodies.tables import SEARCHED

SearchText = Annotated[
    Line, Field(description="Part of any of its names, 1 character or more; case does not count.")
]


class BodyFilter(AtAMoment):
    """What a body must be to be in the answer; what is left out does not matter."""

    text: SearchText | None = None
    system_category: SystemCategory | None = None
    body_type: BodyType | None = None
    rank: Rank | None = None
    status: BodyStatus | None = None
    parent_id: UUID | None = None
    competent_body_id: UUID | None = None


_EQUAL = ("system_category", "body_type", "rank", "status", "parent_id", "competent_body_id")


@dataclass(frozen=True, slots=True)
class Matching:
    """A filter as SQL about the relation `b`; the parameters hold its values."""

    source: str
    #: Conditions on `b`, reach among them.
    where: str
    #: The condition by which an index finds the text; only where the source is the table.
    searched: str | None


async def matching(asked: BodyFilter, reading: Reading, parameters: Parameters) -> Matching:
    """Turn a filter into SQL; nothing beyond the actor's reach matches.

    Raises:
        KnownTooLate: `known_at` is not settled yet.
    """
    source = await bodies_at(asked, reading, parameters)
    has_city, bodies, subtrees = reading.reach
    conditions = []
    if not has_city:
        conditions.append(
            f"(b.id = ANY({parameters.place(bodies)}::uuid[])"
            f" OR b.lineage && {parameters.place(subtrees)}::uuid[])"
        )
    for column in _EQUAL:
        value = getattr(asked, column)
        if value is not None:
            conditions.append(f"b.{column} = {parameters.place(value)}")
    searched = None
    if asked.text is not None:
        place = parameters.place(asked.text)
        conditions.append(f"strpos(lower(b.names), lower({place})) > 0")
        if asked.is_present:
            searched = f"{SEARCHED} @> bigrams({place})"
    return Matching(source, " AND ".join(conditions) or "true", searched)
