"""List the colours that an item has had, each with its calculation."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.rectification.finding import READERS, WHAT

_LINEAGE = """
SELECT b.lineage FROM rectification_item i JOIN body b ON b.id = i.body_id WHERE i.id = $1
"""
_MOST = 500
_ROWS = "SELECT * FROM item_light_entry WHERE item_id = $1 ORDER BY id LIMIT $2"


class LightSeen(BaseModel):
    """A colour, since when, and the working days that it followed from."""

    light: str
    reason: str
    period: int
    days_left: int
    is_stopped: bool
    at: datetime


class LightsSeen(BaseModel):
    """The colours of an item, the first one first; at most 500."""

    items: list[LightSeen]


class ListItemLights(Query[LightsSeen]):
    """Every colour that an item has had (预警记录), with the calculation behind it."""

    name = "rectification.list_item_lights"
    duties = READERS
    title_zh = "预警记录"
    title_en = "List the lights of an item"

    item_id: UUID


@answers(ListItemLights)
async def list_item_lights(query: ListItemLights, reading: Reading) -> LightsSeen:
    lineage = await reading.connection.fetchval(_LINEAGE, query.item_id)
    reading.require_reach(lineage or [], WHAT)
    records = await reading.connection.fetch(_ROWS, query.item_id, _MOST)
    return LightsSeen(items=[LightSeen.model_validate(dict(each)) for each in records])
