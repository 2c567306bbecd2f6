"""Whom matters are put to is set by the director, and every matter asks them, but not itself."""

import pytest

from service.features.matters.gather_facts import GatherFacts
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Api, Do, told
from tests.features.matters.conftest import Order, asking, quota
from tests.people import MAY, MAY_READ, NEVER

PATH = "/matter-standards/directory/FINANCE"


async def test_a_matter_is_put_to_those_who_have_the_role(
    matter: str, api: Api, order: Order, city: City, settings: Settings
) -> None:
    await give_duty(settings, MAY, "office_director")
    asked = {"body_ids": [str(city.other_body), str(city.body)]}
    assert (await api("POST", PATH, asked)).status_code == 200
    seen = (await api("GET", "/matter-standards", who=MAY_READ)).json()["directory"]
    assert {each["role"]: len(each["body_ids"]) for each in seen} == {
        "FINANCE": 2,
        "ORGANISATION": 0,
        "HR": 0,
        "JUSTICE": 0,
        "SECRECY": 0,
    }
    # Who asks is heard as the applicant, never as somebody consulted.
    gathered = told(await order(GatherFacts(matter_id=matter)))
    assert gathered["directory"] == [{"role": "FINANCE", "body_ids": [str(city.other_body)]}]
    assert (await api("POST", PATH, {"body_ids": []})).status_code == 200
    assert told(await order(GatherFacts(matter_id=matter)))["directory"] == []
    assert (await api("POST", PATH, {"body_ids": [str(city.document)]})).status_code == 404


@pytest.mark.usefixtures("drawn")
async def test_bodies_that_a_matter_changes_are_concerned(do: Do, order: Order, city: City) -> None:
    moved = quota(city, 5, 4, source="INSIDE", to_body_id=str(city.other_body))
    function = {
        "ledger": "FUNCTION",
        "action": "ADD",
        "body_id": str(city.other_body),
        "text": "职责",
    }
    made = told(await do(asking(city, moved, function), who=MAY_READ))["id"]
    gathered = told(await order(GatherFacts(matter_id=made)))
    assert gathered["directory"] == [
        {"role": "CHANGED_DEPARTMENT", "body_ids": [str(city.other_body)]},
        {"role": "BODIES_CONCERNED", "body_ids": [str(city.other_body)]},
    ]


async def test_only_the_director_sets_the_directory(api: Api, city: City) -> None:
    asked = {"body_ids": [str(city.body)]}
    for who, status in ((MAY, 403), (MAY_READ, 403), (NEVER, 403), (None, 401)):
        assert (await api("POST", PATH, asked, who=who)).status_code == status
