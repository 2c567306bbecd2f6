"""Set the light of an item: look at it once a day and after each change, and keep each colour."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.auth.policy import missing
from service.core.clock import NOW_SQL
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.db import Connection
from service.features.rectification import rules
from service.features.rectification.codes import ENDS
from service.features.rectification.finding import WHAT, item_of
from service.features.rectification.light_tables import ItemLight, ItemLightEntry
from service.features.rectification.lights import Light, lights
from service.features.rectification.tables import RectificationItem

_ENDED = ", ".join(f"'{state.value}'" for state in sorted(ENDS))
_LOCKED = "SELECT * FROM rectification_item WHERE id = $1 FOR UPDATE"
_SEEN = "SELECT * FROM item_light WHERE item_id = $1"
_DUE = f"""
SELECT i.id FROM rectification_item i LEFT JOIN item_light l ON l.item_id = i.id
WHERE i.state NOT IN ({_ENDED}) AND i.issued_on IS NOT NULL
AND (l.item_id IS NULL OR l.item_version <> i.version
     OR l.looked_on < ({NOW_SQL} AT TIME ZONE 'Asia/Shanghai')::date)
ORDER BY i.id LIMIT $1
"""


class ItemLit(BaseModel):
    """The light of an item, and whether it is another one than before."""

    item_id: UUID
    light: str | None
    is_new: bool


class SetItemLight(Command[ItemLit]):
    """Look at the light of an item (整改预警更新). Only the process gives this command."""

    name = "rectification.set_item_light"
    duties = frozenset({Duty.PROCESS})
    title_zh = "整改预警更新"
    title_en = "Set the light of an item"
    is_for_diagrams = False

    item_id: UUID


@handles(SetItemLight)
async def set_item_light(command: SetItemLight, context: Context) -> ItemLit:
    """A colour that differs from the last one is kept with its calculation."""
    context.require_city()
    record = await context.connection.fetchrow(_LOCKED, command.item_id)
    if record is None:
        raise missing(WHAT)
    item = item_of(record)
    found = await _light(context, item)
    seen = await context.connection.fetchrow(_SEEN, item.id)
    now = ItemLight(
        item_id=item.id,
        light=found.light if found else None,
        looked_on=context.today,
        item_version=item.version,
    )
    if seen is None:
        context.insert(now)
    else:
        context.update(ItemLight.read(seen), **now.model_dump(exclude={"item_id"}))
    is_new = found is not None and (seen is None or seen["light"] != found.light)
    if found is not None and is_new:
        told = found.model_dump(include={"light", "reason", "period", "is_stopped"})
        entry = {**told, "days_left": found.left, "at": context.now}
        context.insert(ItemLightEntry(id=new_id(), item_id=item.id, **entry))
    return ItemLit(item_id=item.id, light=now.light, is_new=is_new)


async def _light(context: Context, item: RectificationItem) -> Light | None:
    """The light by the table in force; none where there is no table."""
    try:
        return (await lights(context, [item])).get(item.id)
    except rules.LedgerRulesMissing:
        return None


async def due_item_lights(connection: Connection, most: int) -> Sequence[UUID]:
    """Open items with a notice that nobody looked at today, or that have changed since."""
    return [record["id"] for record in await connection.fetch(_DUE, most)]
