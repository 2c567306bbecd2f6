"""The office and the superior set going what the table lets them, and nobody else does."""

from typing import Any

import pytest

from service.core.store.db import Database
from tests.builders import City, give_duty
from tests.conftest import Api
from tests.features.matters.conftest import quota
from tests.features.matters.test_gather_facts import install
from tests.people import MAY, MAY_READ, NEVER


def initiating(city: City, **changed: Any) -> dict[str, Any]:
    return {
        "start": "OFFICE",
        "type": "M13",
        "title": "关于收回空编的提起",
        "body_id": str(city.body),
        "source_case": "评估发现长期空编",
        "deltas": [quota(city, 5, 4, source="INSIDE")],
        **changed,
    }


@pytest.mark.usefixtures("drawn")
async def test_an_office_matter_begins_with_its_case(
    api: Api, city: City, database: Database
) -> None:
    await install(database)
    made = await api("POST", "/matters/initiate", initiating(city))
    assert made.status_code == 201, made.text
    matter = made.json()
    assert (matter["start"], matter["state"], matter["source_case"]) == (
        "OFFICE",
        "DRAFT",
        "评估发现长期空编",
    )
    case = await database.reading.fetchrow("SELECT body_id, business_key FROM instance")
    assert case is not None
    assert (case["body_id"], case["business_key"]) == (city.body, matter["id"])
    types = await database.reading.fetch(
        "SELECT type FROM outbox WHERE subject = $1", f"matter/{matter['id']}"
    )
    assert [each["type"] for each in types] == ["matters.office_initiated"]


@pytest.mark.usefixtures("drawn")
async def test_what_a_unit_asks_for_itself_is_set_going_by_nobody_else(
    api: Api, city: City, database: Database
) -> None:
    unruled = await api("POST", "/matters/initiate", initiating(city))
    assert unruled.json()["code"] == "matter_rules_missing"
    await install(database)
    refused = await api("POST", "/matters/initiate", initiating(city, type="M11"))
    assert refused.json()["code"] == "second_start_refused"
    for start, status in (("OFFICE", 422), ("SUPERIOR", 201)):
        # A move of posts between levels is the superior's alone.
        made = await api("POST", "/matters/initiate", initiating(city, start=start, type="M15"))
        assert made.status_code == status, made.text
    assert await database.reading.fetchval("SELECT count(*) FROM matter") == 1


@pytest.mark.usefixtures("drawn")
async def test_only_the_office_and_the_superior_initiate(
    api: Api, city: City, database: Database
) -> None:
    await install(database)
    made = {
        who: (await api("POST", "/matters/initiate", initiating(city), who=who)).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    }
    assert made == {MAY: 201, MAY_READ: 403, NEVER: 403, None: 401}
    await give_duty(city.settings, NEVER, "superior_liaison")
    ordered = initiating(city, start="SUPERIOR", stated={"pure_superior_order": True})
    made_so = await api("POST", "/matters/initiate", ordered, who=NEVER)
    assert made_so.status_code == 201, made_so.text
