"""A body beyond the limit of its type is found, once the director has set one."""

import pytest

from service.features.matters.gather_facts import GatherFacts
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do, told
from tests.features.matters.conftest import Order, asking
from tests.people import MAY, MAY_READ, NEVER

PATH = "/matter-standards/bodies/ORGAN"


@pytest.mark.usefixtures("drawn")
async def test_there_is_room_for_as_many_bodies_as_the_limit_leaves(
    do: Do, api: Api, order: Order, city: City, settings: Settings
) -> None:
    await give_duty(settings, MAY, "office_director")
    new = {"ledger": "BODY", "action": "SET_UP", "body_name": "青澜市数据局", "after": 5}
    organ = told(await do(asking(city, new, type="M01"), who=MAY_READ))["id"]
    centre = told(await do(asking(city, new, type="M02"), who=MAY_READ))["id"]

    async def left(matter: str) -> int:
        return int(told(await order(GatherFacts(matter_id=matter)))["city"]["body_limit_left"])

    assert await left(organ) == 1
    # Two organs live already.
    assert (await api("POST", PATH, {"bodies": 2})).status_code == 200
    assert (await left(organ), await left(centre)) == (0, 1)
    assert (await api("POST", PATH, {"bodies": 4})).status_code == 200
    assert await left(organ) == 2
    seen = (await api("GET", "/matter-standards")).json()["body_limits"]
    assert seen == [{"body_type": "ORGAN", "bodies": 4}]


async def test_only_the_director_sets_the_limit(api: Api) -> None:
    for who, status in ((MAY, 403), (MAY_READ, 403), (NEVER, 403), (None, 401)):
        assert (await api("POST", PATH, {"bodies": 4}, who=who)).status_code == status
