"""Finding the model that a key means, and keeping compiled ones at hand."""

from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

from service.core.auth.policy import missing
from service.core.dmn import DmnModel
from service.core.store.db import Connection
from service.features.decisions.evaluating import WORKING_DAYS
from service.features.decisions.model_files import compiled

_KEPT = 256

_FOUND = """
SELECT r.id AS release_id, r.flow, r.number AS release_number, v.id AS version_id, v.path,
       v.number, v.version_tag
FROM file_version v JOIN release_file f ON f.version_id = v.id JOIN release r ON r.id = f.release_id
WHERE v.keys @> ARRAY[$1::text] AND CASE
    WHEN $2::int IS NOT NULL THEN v.number = $2 AND r.state IN ('IN_FORCE', 'SUPERSEDED')
    WHEN $3::text IS NOT NULL THEN v.version_tag = $3 AND r.state IN ('IN_FORCE', 'SUPERSEDED')
    ELSE r.state = 'IN_FORCE' END
ORDER BY r.decided_at DESC LIMIT 1
"""
_TEXTS = """
SELECT v.path, v.content FROM release_file f JOIN file_version v ON v.id = f.version_id
WHERE f.release_id = $1 AND v.path LIKE '%.dmn'
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A decision as a release has it."""

    release_id: UUID
    flow: str
    release_number: int
    version_id: UUID
    path: str
    number: int
    version_tag: str | None


async def decision_of(
    connection: Connection, key: str, number: int | None, version_tag: str | None
) -> Found:
    """The version of a decision: by number, by tag, or the one in force.

    Raises:
        NotFound: No release that is or was in force has it.
    """
    record = await connection.fetchrow(_FOUND, key, number, version_tag)
    if record is None:
        raise missing("a decision with this key and version")
    return Found(**record)


@dataclass(frozen=True, slots=True)
class Deployed:
    """A compiled model, and whether a text of its release asks for the office's calendar."""

    model: DmnModel
    counts_days: bool


#: A release never changes, so neither does what its files compile to.
_MODELS: OrderedDict[tuple[UUID, str], Deployed] = OrderedDict()


async def model_of(connection: Connection, found: Found) -> Deployed:
    """The compiled model, with what it imports from its release."""
    place = found.release_id, found.path
    if place not in _MODELS:
        records = await connection.fetch(_TEXTS, found.release_id)
        texts = {each["path"]: each["content"] for each in records}
        counts_days = any(WORKING_DAYS in text for text in texts.values())
        _MODELS[place] = Deployed(compiled(found.path, texts), counts_days)
        if len(_MODELS) > _KEPT:
            _MODELS.popitem(last=False)
    _MODELS.move_to_end(place)
    return _MODELS[place]
