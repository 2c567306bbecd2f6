"""Count bodies."""

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.page import Count
from service.core.query import Reading
from service.features.bodies.at_a_moment import Parameters
from service.features.bodies.filters import BodyFilter, matching


class CountBodies(BodyFilter, Query[Count]):
    """How many bodies the same filters of the list match (统计机构数)."""

    name = "bodies.count_bodies"
    duties = LEDGER_READERS
    title_zh = "统计机构数"
    title_en = "Count bodies"
    refusals = (KnownTooLate,)


@answers(CountBodies)
async def count_bodies(query: CountBodies, reading: Reading) -> Count:
    parameters = Parameters()
    found = await matching(query, reading, parameters)
    searched = f"{found.searched} AND" if found.searched else ""
    count = await reading.connection.fetchval(
        f"SELECT count(*) FROM {found.source} b WHERE {searched} {found.where}", *parameters
    )
    return Count(count=count)
