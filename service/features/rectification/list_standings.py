"""List how a body stood: what holds now first, then what held before."""

from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification.finding import READERS
from service.features.rectification.set_standing import StandingView

_MOST = 100
_ROWS = "SELECT * FROM body_standing WHERE body_id = $1 ORDER BY set_at DESC, id DESC LIMIT $2"


class Standings(BaseModel):
    """How a body stands, newest first."""

    items: list[StandingView]


class ListStandings(Query[Standings]):
    """How a body stands, and stood (单位状况), the last 100 entries, newest first."""

    name = "rectification.list_standings"
    duties = READERS
    title_zh = "单位状况"
    title_en = "List how a body stands"

    body_id: UUID


@answers(ListStandings)
async def list_standings(query: ListStandings, reading: Reading) -> Standings:
    lineage = await reading.connection.fetchval(
        "SELECT lineage FROM body WHERE id = $1", query.body_id
    )
    reading.require_reach(lineage or [], "a body")
    records = await reading.connection.fetch(_ROWS, query.body_id, _MOST)
    return Standings(items=[StandingView.model_validate(dict(each)) for each in records])
