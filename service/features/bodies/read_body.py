"""Read a body: what it is, or was on a day, as known at an instant."""

from uuid import UUID

from service.core.auth.policy import LEDGER_READERS, missing
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.bodies.at_a_moment import AtAMoment, Parameters, bodies_at
from service.features.bodies.tables import Body
from service.features.bodies.versions import WHAT
from service.features.bodies.view import BodyView, view_of_record


class ReadBody(AtAMoment, Query[BodyView]):
    """One body (查询机构), closed ones too. Without a moment the answer has an ETag."""

    name = "bodies.read_body"
    duties = LEDGER_READERS
    title_zh = "查询机构"
    title_en = "Read a body"
    refusals = (KnownTooLate,)

    body_id: UUID


@answers(ReadBody)
async def read_body(query: ReadBody, reading: Reading) -> BodyView:
    """The state that holds at the moment; a body that was not there yet is missing."""
    parameters = Parameters()
    source = await bodies_at(query, reading, parameters, query.body_id)
    record = await reading.connection.fetchrow(f"SELECT * FROM {source} b", *parameters)
    if record is None:
        raise missing(WHAT)
    reading.require_reach(record["lineage"], WHAT)
    if query.is_present:
        reading.tag(Body.read(record))
    return view_of_record(record)
