"""List look-backs, the latest first."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import UNIT
from service.core.operation import Query, answers
from service.core.page import Cursor, Limit, Page, cursor_of, page_of, position_of
from service.core.query import Reading
from service.features.rectification.finding import READERS
from service.features.rectification.round_codes import RoundState

#: A unit is not told beforehand which of its items somebody will look at again.
OVERSEERS = READERS - UNIT
_ROUNDS = """
SELECT r.*, (SELECT count(*) FROM look_back_check c WHERE c.round_id = r.id) AS drawn,
       (SELECT count(c.holds) FROM look_back_check c WHERE c.round_id = r.id) AS checked,
       (SELECT count(*) FROM look_back_check c WHERE c.round_id = r.id AND NOT c.holds) AS failed
FROM look_back_round r
"""


class LookBackShare(BaseModel):
    """What was due of one severity: closed in the six months, share by the table, drawn."""

    severity: str
    closed: int
    share: str
    drawn: int


class LookBackSummary(BaseModel):
    """A round as lists show it.

    Attributes:
        seed: With it the same sample can be drawn again: the items of a severity in the order
            of SHA-256 over "seed:id", the first ones up to the share, rounded up.
    """

    id: UUID
    from_on: date
    to_on: date
    state: RoundState
    seed: str
    shares: list[LookBackShare]
    drawn: int
    checked: int
    failed: int
    closed_on: date | None
    instance_id: UUID
    version: int


class ListLookBacks(Query[Page[LookBackSummary]]):
    """Half-yearly look-backs (回头看轮次), the latest first."""

    name = "rectification.list_look_backs"
    duties = OVERSEERS
    title_zh = "回头看轮次列表"
    title_en = "List look-backs"

    limit: Limit = 50
    cursor: Cursor = None


@answers(ListLookBacks)
async def list_look_backs(query: ListLookBacks, reading: Reading) -> Page[LookBackSummary]:
    reading.require_city()
    (before,) = position_of(query.cursor, date) or (None,)
    records = await reading.connection.fetch(
        f"{_ROUNDS} WHERE $1::date IS NULL OR r.from_on < $1 ORDER BY r.from_on DESC LIMIT $2",
        before,
        query.limit + 1,
    )
    views = [LookBackSummary.model_validate(dict(record)) for record in records]
    return page_of(views, query.limit, lambda view: cursor_of(view.from_on))


async def found(reading: Reading, round_id: UUID) -> dict[str, Any] | None:
    """One round with its counts."""
    record = await reading.connection.fetchrow(f"{_ROUNDS} WHERE r.id = $1", round_id)
    return None if record is None else dict(record)
