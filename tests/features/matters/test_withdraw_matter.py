"""Taking a matter back: by whoever began it, on minutes, until it is called."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.matters.after_the_end import rules_in_force
from tests.features.matters.conftest import Deciding, asking
from tests.features.meetings.conftest import DIRECTOR
from tests.features.processes.cases import worked
from tests.people import MAY, MAY_READ, NEVER


@pytest.fixture
async def house(deciding: Deciding, settings: Settings) -> Deciding:
    await rules_in_force(settings)
    return deciding


def asked(city: City, **more: Any) -> dict[str, Any]:
    return {"statement": "已在内部解决。", "minutes_document_id": str(city.document), **more}


async def test_a_draft_is_simply_taken_back(
    house: Deciding, do: Do, city: City, api: Api, database: Database
) -> None:
    matter = told(await do(asking(city), who=MAY_READ))["id"]
    path = f"/matters/{matter}/withdraw"
    words = {"statement": "不再申请。"}
    answers = {
        who: (await api("POST", path, words, who=who)).status_code for who in (MAY, NEVER, None)
    }
    assert answers == {MAY: 422, NEVER: 404, None: 401}  # a director does not
    assert (await api("POST", path, words, who=MAY_READ)).status_code == 200
    await worked(database)
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["state"], seen["outcome"], seen["tasks"]) == ("CLOSED", "E0", [])


async def test_a_filed_request_is_withdrawn_on_the_minutes_of_its_unit(
    house: Deciding, city: City, api: Api, database: Database
) -> None:
    matter = await house.filed()
    path = f"/matters/{matter}/withdraw"
    bare = await api("POST", path, {"statement": "不再申请。"}, who=MAY_READ)
    assert bare.json()["code"] == "matter_minutes_required"
    assert (await api("POST", path, asked(city), who=MAY_READ)).status_code == 200
    await worked(database)
    seen = (await api("GET", f"/matters/{matter}")).json()
    assert (seen["state"], seen["outcome"]) == ("CLOSED", "E6")
    (kept,) = (await api("GET", f"/matters/{matter}/records?kind=WITHDRAWAL")).json()["items"]
    assert (kept["given_by_name"], kept["document_id"]) == (MAY_READ, str(city.document))
    again = await api("POST", path, asked(city), who=MAY_READ)
    assert again.json()["code"] == "matter_moved"


async def test_once_the_commission_has_called_it_nothing_is_taken_back(
    house: Deciding, city: City, api: Api
) -> None:
    matter = await house.filed()
    path = f"/matters/{matter}/withdraw"
    item = await house.house.put(subject_id=matter)
    assert (await api("POST", path, asked(city), who=MAY_READ)).status_code == 200
    await house.house.opened(item)
    called = await api("POST", path, asked(city), who=MAY_READ)
    assert called.json()["code"] == "matter_not_withdrawable"


async def test_what_the_office_decides_is_withdrawn_until_it_lies_with_the_signer(
    house: Deciding, city: City, api: Api
) -> None:
    matter = await house.filed(authority="OFFICE")
    await house.house.opened(await house.house.put(subject_id=matter))
    answer = await api("POST", f"/matters/{matter}/withdraw", asked(city), who=MAY_READ)
    assert answer.status_code == 200, answer.text


async def test_the_director_does_not_withdraw_a_units_request(house: Deciding, city: City) -> None:
    matter = await house.filed()
    path = f"/matters/{matter}/withdraw"
    refused = await house.house.refused("POST", path, asked(city), who=DIRECTOR)
    assert refused == "matter_not_withdrawable"
