"""Read one actor with the duties held."""

from uuid import UUID

from service.core.auth.policy import missing
from service.core.auth.tables import ActorRow
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.access.actors import with_duties
from service.features.access.keeping import READERS
from service.features.access.view import ActorView


class ReadActor(Query[ActorView]):
    """A person or a program (用户), with every duty held today or from a later day."""

    name = "access.read_actor"
    duties = READERS
    title_zh = "查询用户"
    title_en = "Read an actor"

    actor_id: UUID


@answers(ReadActor)
async def read_actor(query: ReadActor, reading: Reading) -> ActorView:
    reading.require_city()
    record = await reading.connection.fetchrow("SELECT * FROM actor WHERE id = $1", query.actor_id)
    if record is None:
        raise missing("an actor with this id")
    actor = ActorRow.read(record)
    reading.tag(actor)
    (view,) = await with_duties(reading.connection, [actor], reading.today)
    return view
