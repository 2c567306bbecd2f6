"""The guide of a procedure on a day: what the public reads and what completeness is judged by."""

from datetime import date

from service.core.store.db import Connection
from service.features.guides.tables import ServiceGuide
from service.features.guides.view import MaterialView, materials_of

#: The versions in force on the day $1, one for each procedure.
IN_FORCE = """
SELECT DISTINCT ON (code) * FROM service_guide WHERE state = 'APPROVED' AND in_force_from <= $1
ORDER BY code, in_force_from DESC, number DESC
"""


async def guide_on(connection: Connection, code: str, day: date) -> ServiceGuide | None:
    """The version of a procedure's guide that is in force on a day."""
    record = await connection.fetchrow(f"SELECT * FROM ({IN_FORCE}) g WHERE code = $2", day, code)
    return None if record is None else ServiceGuide.read(record)


async def materials_on(connection: Connection, code: str, day: date) -> dict[str, MaterialView]:
    """What the guide says of each material of a procedure, by its code; {} without a guide.

    The codes are those that the table `required_materials` asks for.
    """
    guide = await guide_on(connection, code, day)
    if guide is None:
        return {}
    return {each.code: each for each in await materials_of(connection, guide.id)}
