"""Reading actors together with the duties they hold."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from service.core.auth.tables import ActorRow, Assignment
from service.core.store.db import Connection
from service.features.access.view import ActorView, DutyView, duty_view

_DUTIES = """
SELECT * FROM assignment WHERE actor_id = ANY($1)
AND (true_until IS NULL OR true_until > greatest($2, true_from)) ORDER BY actor_id, true_from, id
"""


async def with_duties(
    connection: Connection, actors: Sequence[ActorRow], today: date
) -> list[ActorView]:
    """The actors with every duty held today or from a later day; one statement for all."""
    held: dict[UUID, list[DutyView]] = {actor.id: [] for actor in actors}
    for record in await connection.fetch(_DUTIES, list(held), today):
        held[record["actor_id"]].append(duty_view(Assignment.read(record)))
    return [ActorView(**actor.model_dump(), duties=held[actor.id]) for actor in actors]
