"""List asked bodies: who is asked for an opinion in which role."""

from pydantic import BaseModel

from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.matters.list_matters import READERS
from service.features.matters.set_asked_bodies import AskedBodies


class AskedRoles(BaseModel):
    """The roles that somebody has."""

    items: list[AskedBodies]


class ListAskedBodies(Query[AskedRoles]):
    """Which bodies are asked for their opinion in which role (被征求意见单位); no secret."""

    name = "matters.list_asked_bodies"
    duties = READERS
    title_zh = "被征求意见单位"
    title_en = "List asked bodies"


@answers(ListAskedBodies)
async def list_asked_bodies(_: ListAskedBodies, reading: Reading) -> AskedRoles:
    records = await reading.connection.fetch(
        "SELECT role, body_ids FROM opinion_role ORDER BY role"
    )
    return AskedRoles(items=[AskedBodies.model_validate(dict(each)) for each in records])
