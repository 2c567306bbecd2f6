"""Read oneself: who the service takes the caller for, and what that person may do."""

from service.core.auth.policy import EVERYBODY, may_ask
from service.core.auth.tables import ActorRow
from service.core.operation import OPERATIONS, Query, answers
from service.core.query import Reading
from service.features.access.actors import with_duties
from service.features.access.view import ActorView


class SelfView(ActorView):
    """The caller, and the names of all operations that the caller may ask for somewhere.

    A front end shows a button where its operation is among them; over which bodies, the duties
    tell.
    """

    operations: list[str]


class ReadSelf(Query[SelfView]):
    """Who am I, and what may I do (当前用户)."""

    name = "access.read_self"
    duties = EVERYBODY
    title_zh = "查询当前用户"
    title_en = "Read oneself"


@answers(ReadSelf)
async def read_self(query: ReadSelf, reading: Reading) -> SelfView:
    record = await reading.connection.fetchrow(
        "SELECT * FROM actor WHERE id = $1", reading.actor.id
    )
    assert record is not None, "its row was just read"
    (view,) = await with_duties(reading.connection, [ActorRow.read(record)], reading.today)
    asked = (operation.request for operation in OPERATIONS.values())
    allowed = sorted(each.name for each in asked if may_ask(reading.actor, each))
    return SelfView(**dict(view), operations=allowed)
