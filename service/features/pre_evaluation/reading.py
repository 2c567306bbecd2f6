"""Who sees an evaluation: within reach, or as one of its team."""

from typing import Any
from uuid import UUID

from service.core.query import Reading
from service.features.pre_evaluation.finding import WHAT

# Until it is opened its case is the one that the request began, by its key.
_FOUND = """
SELECT e.*, b.full_name, b.lineage, coalesce(e.instance_id, (SELECT i.id FROM instance i
    WHERE i.business_key = e.id::text AND i.id = i.root_id LIMIT 1)) AS case_id,
    EXISTS (SELECT FROM evaluation_member m
        WHERE m.evaluation_id = e.id AND m.person_id = $2 AND NOT m.is_out) AS is_mine
FROM evaluation e JOIN body b ON b.id = e.body_id WHERE e.id = $1
"""


async def seen_evaluation(reading: Reading, evaluation_id: UUID) -> Any:
    """The row of an evaluation with the name of its body.

    Raises:
        NotFound: There is none, or it is neither within reach nor one that the reader evaluates.
    """
    record = await reading.connection.fetchrow(_FOUND, evaluation_id, reading.actor.id)
    if record is None or not record["is_mine"]:
        reading.require_reach(record["lineage"] if record else [], WHAT)
    assert record is not None, "an empty lineage is never covered"
    return record
