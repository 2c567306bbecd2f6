"""Read where a body stands: the chain of those above it, and how many stand below it."""

from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import LEDGER_READERS
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.bodies.codes import BodyStatus, Rank
from service.features.bodies.versions import WHAT


class BodyInTree(BaseModel):
    """A body as a place in the tree."""

    id: UUID
    body_code: str
    full_name: str
    rank: Rank
    status: BodyStatus


class BodyTreeView(BaseModel):
    """The bodies above one, nearest first, and how many existing ones are directly below it.

    The list of bodies with this `parent_id` gives those below, page by page.
    """

    body_id: UUID
    above: list[BodyInTree]
    below: int


class ReadBodyTree(Query[BodyTreeView]):
    """Where a body stands among the others today (机构隶属关系)."""

    name = "bodies.read_body_tree"
    duties = LEDGER_READERS
    title_zh = "机构隶属关系"
    title_en = "Read a body's place in the tree"

    body_id: UUID


_TREE = """
SELECT a.*, b.lineage, (SELECT count(*) FROM body c
                        WHERE c.parent_id = b.id AND c.status IN ('ACTIVE', 'IN_REFORM')) AS below
FROM body b CROSS JOIN unnest(b.lineage) WITH ORDINALITY AS place (body_id, nth)
JOIN body a ON a.id = place.body_id
WHERE b.id = $1 ORDER BY nth
"""


@answers(ReadBodyTree)
async def read_body_tree(query: ReadBodyTree, reading: Reading) -> BodyTreeView:
    """The first record is the body itself, whose lineage decides who may look."""
    records = await reading.connection.fetch(_TREE, query.body_id)
    reading.require_reach(records[0]["lineage"] if records else [], WHAT)
    return BodyTreeView(
        body_id=query.body_id,
        above=[BodyInTree.model_validate(dict(record)) for record in records[1:]],
        below=records[0]["below"],
    )
