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
    #: Conditions on `b`, reach and the text among them, for rows that are at hand.
    where: str
    #: The same for the index of character pairs; None without a text, or not of the present.
    by_index: str | None


async def matching(asked: BodyFilter, reading: Reading, parameters: Parameters) -> Matching:
    """Turn a filter into SQL; nothing beyond the actor's reach matches.

    Raises:
        KnownTooLate: `known_at` is not settled yet.
    """
    source = await bodies_at(asked, reading, parameters)
    has_city, bodies, subtrees = reading.reach
    conditions: list[str] = []
    if not has_city:
        conditions.append(
            f"(b.id = ANY({parameters.place(bodies)}::uuid[])"
            f" OR b.lineage && {parameters.place(subtrees)}::uuid[])"
        )
    for column in _EQUAL:
        value = getattr(asked, column)
        if value is not None:
            conditions.append(f"b.{column} = {parameters.place(value)}")
    if asked.text is None:
        return Matching(source, _all_of(conditions), None)
    place = parameters.place(asked.text)
    spelled = f"strpos(lower(b.names), lower({place})) > 0"
    paired = f"{SEARCHED} @> bigrams({place})"
    # One pair of characters is the text itself; more pairs may stand apart from one another.
    exact = [paired] if len(asked.text) <= 2 else [paired, spelled]
    by_index = _all_of([*exact, *conditions]) if asked.is_present else None
    return Matching(source, _all_of([spelled, *conditions]), by_index)


def _all_of(conditions: list[str]) -> str:
    return " AND ".join(conditions) or "true"
