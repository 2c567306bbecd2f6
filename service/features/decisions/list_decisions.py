"""List the decisions in force."""

from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.page import Count, Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.processes.contents import Flow
from service.features.processes.list_releases import READERS

_MATCHING = """
FROM release r JOIN release_file f ON f.release_id = r.id JOIN file_version v ON v.id = f.version_id
CROSS JOIN unnest(v.keys) AS k(key)
WHERE r.state = 'IN_FORCE' AND ($1::text IS NULL OR r.flow = $1)
"""


class DecisionInForce(BaseModel):
    """A decision that can be evaluated by its key."""

    key: str
    flow: str
    release_id: UUID
    release_number: int
    path: str
    #: Of the file.
    version: int
    version_tag: str | None


class CountDecisions(Query[Count]):
    """How many decisions the same filter matches."""

    name = "decisions.count_decisions"
    duties = READERS
    title_zh = "统计决策"
    title_en = "Count decisions"

    flow: Flow | None = None


class ListDecisions(Query[Page[DecisionInForce]]):
    """Decisions of the releases in force (决策列表), by key."""

    name = "decisions.list_decisions"
    duties = READERS
    title_zh = "决策列表"
    title_en = "List decisions"

    flow: Flow | None = None
    limit: Limit = 50
    cursor: Cursor = None


@answers(CountDecisions)
async def count_decisions(query: CountDecisions, reading: Reading) -> Count:
    reading.require_city()
    count = await reading.connection.fetchval(f"SELECT count(*) {_MATCHING}", query.flow)
    return Count(count=count)


@answers(ListDecisions)
async def list_decisions(query: ListDecisions, reading: Reading) -> Page[DecisionInForce]:
    reading.require_city()
    (after,) = position_of(query.cursor, str) or (None,)
    records = await reading.connection.fetch(
        f"""SELECT k.key, r.flow, r.id AS release_id, r.number AS release_number, v.path,
                   v.number AS version, v.version_tag
            {_MATCHING} AND ($2::text IS NULL OR k.key > $2) ORDER BY k.key LIMIT $3""",
        query.flow,
        after,
        query.limit + 1,
    )
    views = [DecisionInForce(**record) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.key))
