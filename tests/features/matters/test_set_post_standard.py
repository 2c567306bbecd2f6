"""Posts beyond the standard of a rank are found, once the director has set one."""

from typing import Any

import pytest

from service.features.matters.gather_facts import GatherFacts
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do, told
from tests.features.matters.conftest import Order, asking
from tests.people import MAY, MAY_READ, NEVER

PATH = "/matter-standards/posts/ZHENGKE"
CHIEFS: dict[str, Any] = {
    "posts": [{"ledger": "LEADERSHIP", "level": "ZHENGKE", "slot": "CHIEF", "posts": 1}]
}


@pytest.mark.usefixtures("drawn")
async def test_what_a_matter_asks_for_is_held_against_the_standard_of_its_rank(
    do: Do, api: Api, order: Order, city: City, settings: Settings
) -> None:
    await give_duty(settings, MAY, "office_director")
    posts = {"ledger": "LEADERSHIP", "body_id": str(city.body), "before": 1, "after": 2}
    chiefs = {**posts, "level": "ZHENGKE", "slot": "CHIEF"}
    deputies = {**posts, "level": "FUKE", "slot": "DEPUTY"}
    matter = told(await do(asking(city, chiefs, deputies), who=MAY_READ))["id"]

    async def standard() -> list[int | None]:
        gathered = told(await order(GatherFacts(matter_id=matter)))
        return [each["standard"] for each in gathered["deltas"]]

    assert await standard() == [None, None]
    assert (await api("POST", PATH, CHIEFS)).status_code == 200
    assert await standard() == [1, None]
    seen = (await api("GET", "/matter-standards")).json()["post_standards"]
    assert seen == [{"rank": "ZHENGKE", **CHIEFS}]


async def test_only_the_director_sets_a_standard(api: Api) -> None:
    for who, status in ((MAY, 403), (MAY_READ, 403), (NEVER, 403), (None, 401)):
        assert (await api("POST", PATH, CHIEFS, who=who)).status_code == status
