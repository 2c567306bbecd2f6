"""Bodies at a moment of both times, as a relation that questions select from.

Asked about the present, the relation is the table of bodies itself. Asked about a day or an
earlier knowledge, it is made of versions: of those known by then and true by that day, the one
that holds for each body. Both have the same columns, so a question is written once.
"""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from service.core.query import Reading
from service.core.settled import ALWAYS, require_settled
from service.features.bodies.fields import AsOf
from service.features.bodies.tables import BodyFacts

KnownAt = Annotated[
    AwareDatetime | None,
    Field(description="The instant by which it was known; now if left out."),
]


class AtAMoment(BaseModel):
    """The moment that a question is about. The same past moment gives the same answer for ever."""

    as_of: AsOf = None
    known_at: KnownAt = None

    @property
    def is_present(self) -> bool:
        return self.as_of is None and self.known_at is None


class Parameters(list[Any]):
    """Values for a statement, each put in by the place that it is given."""

    def place(self, value: Any) -> str:
        self.append(value)
        return f"${len(self)}"


_FACTS = ", ".join(f"v.{column}" for column in BodyFacts.model_fields)
_THEN = """(
    SELECT DISTINCT ON (v.body_id) v.body_id AS id, {facts}, b.lineage, NULL::int AS version
    FROM body_version v JOIN body b ON b.id = v.body_id
    WHERE {of} v.true_from <= {as_of} AND v.known_from <= {known_at}
      AND NOT EXISTS (SELECT FROM body_version c
                      WHERE c.corrects_id = v.id AND c.known_from <= {known_at})
    ORDER BY v.body_id, v.true_from DESC, v.known_from DESC)"""


async def bodies_at(
    moment: AtAMoment, reading: Reading, parameters: Parameters, body_id: Any = None
) -> str:
    """The relation of bodies at a moment: the facts of each, `id`, `lineage` and `version`.

    `lineage` is always that of the present: who may see a body is a matter of now. With a
    `body_id`, it is (at most) that one body.

    Raises:
        KnownTooLate: `known_at` is not settled yet.
    """
    one = "" if body_id is None else f"= {parameters.place(body_id)}"
    if moment.is_present:
        return f"(SELECT * FROM body WHERE id {one})" if one else "body"
    await require_settled(reading.connection, moment.known_at)
    as_of: date = moment.as_of or reading.today
    known_at: datetime = moment.known_at or ALWAYS
    return _THEN.format(
        facts=_FACTS,
        of=f"v.body_id {one} AND" if one else "",
        as_of=parameters.place(as_of),
        known_at=parameters.place(known_at),
    )
