"""The director says which bodies are asked in which role; the tables find them there."""

from typing import Any

from service.core.ids import new_id
from service.features.matters.gather_facts import GatherFacts
from tests.builders import City, give_duty
from tests.conftest import Api, told
from tests.features.matters.conftest import Order
from tests.people import MAY, MAY_READ, NEVER


async def test_a_role_is_given_and_taken_away_and_the_tables_know(
    matter: str, order: Order, api: Api, city: City
) -> None:
    await give_duty(city.settings, MAY, "office_director")

    async def give(*bodies: Any, who: str = MAY) -> Any:
        asked = {"body_ids": [str(each) for each in bodies]}
        key = str(new_id())
        return await api("PUT", "/opinion-roles/FINANCE", asked, who=who, idempotency_key=key)

    async def directory() -> Any:
        return told(await order(GatherFacts(matter_id=matter)))["directory"]

    before = await directory()
    for who in (MAY_READ, NEVER):
        assert (await give(city.other_body, who=who)).status_code == 403
    given = await give(city.other_body, city.body)
    assert given.status_code == 200, given.text
    # Who asks is heard as the applicant.
    assert await directory() == [*before, {"role": "FINANCE", "body_ids": [str(city.other_body)]}]
    (shown,) = (await api("GET", "/opinion-roles", who=MAY_READ)).json()["items"]
    assert (shown["role"], len(shown["body_ids"])) == ("FINANCE", 2)
    assert (await give(new_id())).status_code == 404
    assert (await give()).status_code == 200
    assert await directory() == before
