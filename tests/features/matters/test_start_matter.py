"""Starting a matter: the row and its case together, told to those who may know of it."""

import pytest

from service.core.store.db import Database
from service.features.matters.file_application import FileApplication
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.matters.conftest import Order, asking, quota
from tests.people import MAY, MAY_READ, NEVER


def body_of(city: City) -> dict[str, object]:
    asked: dict[str, object] = asking(city).model_dump(mode="json")
    return asked


@pytest.mark.usefixtures("drawn")
async def test_a_matter_and_its_case_begin_together(
    api: Api, city: City, database: Database
) -> None:
    made = await api("POST", "/matters", body_of(city), who=MAY_READ)
    assert (made.status_code, made.headers["etag"]) == (201, '"2"')
    matter = made.json()
    assert (matter["state"], matter["stage"], matter["number"]) == ("DRAFT", "MOTION", None)
    case = await database.reading.fetchrow("SELECT * FROM instance")
    assert case is not None
    assert (str(case["id"]), case["business_key"]) == (matter["instance_id"], matter["id"])
    read = (await api("GET", f"/matters/{matter['id']}")).json()
    assert [task["name"] for task in read["tasks"]] == ["write_request"]


async def test_without_a_diagram_in_force_nothing_is_kept(
    do: Do, city: City, database: Database
) -> None:
    refused = await do(asking(city), who=MAY_READ)
    assert told(refused)["code"] == "process_missing"
    assert await database.reading.fetchval("SELECT count(*) FROM matter") == 0


@pytest.mark.usefixtures("drawn")
async def test_i20_what_is_classified_is_refused_and_kept_nowhere(
    do: Do, city: City, database: Database
) -> None:
    asked = asking(city, stated={"is_classified": True})
    assert told(await do(asked, who=MAY_READ))["code"] == "classified_matter"
    assert await database.reading.fetchval("SELECT count(*) FROM matter") == 0


@pytest.mark.usefixtures("drawn")
async def test_only_its_own_people_ask_for_a_body(api: Api, city: City) -> None:
    made = {
        who: (await api("POST", "/matters", body_of(city), who=who)).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    }
    assert made == {MAY: 403, MAY_READ: 201, NEVER: 404, None: 401}


async def test_a_stranger_sees_no_matter_and_no_count_of_it(api: Api, matter: str) -> None:
    assert (await api("GET", f"/matters/{matter}", who=NEVER)).status_code == 404
    for who, expected in ((MAY, 1), (MAY_READ, 1), (NEVER, 0)):
        assert (await api("GET", "/matters/count", who=who)).json() == {"count": expected}
        assert len((await api("GET", "/matters", who=who)).json()["items"]) == expected


async def test_other_changes_are_a_version_of_their_own(api: Api, city: City, matter: str) -> None:
    asked = body_of(city)
    for name in ("type", "body_id", "is_urgent", "asks_prior_view"):
        del asked[name]
    asked["deltas"] = [quota(city, 5, 6)]
    path = f"/matters/{matter}"
    assert (await api("PATCH", path, asked, who=MAY_READ)).status_code == 428
    assert (await api("PATCH", path, asked, who=MAY, if_match='"2"')).status_code == 403
    assert (await api("PATCH", path, asked, who=NEVER, if_match='"2"')).status_code == 404
    changed = await api("PATCH", path, asked, who=MAY_READ, if_match='"2"')
    assert changed.json()["deltas_number"] == 2, changed.text
    kept = (await api("GET", f"{path}/deltas", who=MAY_READ)).json()["items"]
    assert [each["deltas"][0]["after"] for each in kept] == [7, 6]
    assert (await api("GET", f"{path}/deltas", who=NEVER)).status_code == 404


async def test_what_lies_with_the_office_is_changed_by_nobody(
    api: Api, do: Do, city: City, matter: str, order: Order
) -> None:
    filed = await order(FileApplication(matter_id=matter))
    assert told(filed)["number"] == "QL-SX-2026-0001"
    asked = body_of(city)
    for name in ("type", "body_id", "is_urgent", "asks_prior_view"):
        del asked[name]
    late = await api("PATCH", f"/matters/{matter}", asked, who=MAY_READ, if_match='"3"')
    assert late.json()["code"] == "matter_moved"
    second = told(await do(asking(city), who=MAY_READ))["id"]
    filed = await order(FileApplication(matter_id=second))
    assert told(filed)["number"] == "QL-SX-2026-0002"


@pytest.mark.usefixtures("drawn")
async def test_i5_nothing_is_filed_without_minutes_and_no_number_is_lost(
    do: Do, city: City, order: Order
) -> None:
    without = told(await do(asking(city, minutes_document_id=None), who=MAY_READ))["id"]
    refused = told(await order(FileApplication(matter_id=without)))
    assert (refused["code"], refused["rule"]) == ("matter_minutes_required", "I5")
    other = told(await do(asking(city), who=MAY_READ))["id"]
    assert told(await order(FileApplication(matter_id=other)))["number"] == "QL-SX-2026-0001"


async def test_the_diagram_files_and_closes_it(api: Api, matter: str) -> None:
    for name, who in (("write_request", MAY_READ), ("work", MAY)):
        read = await api("GET", f"/matters/{matter}", who=who)
        task = next(each for each in read.json()["tasks"] if each["name"] == name)
        path = f"/tasks/{task['task_id']}"
        claimed = await api("POST", f"{path}/claim", who=who, if_match='"1"')
        assert claimed.status_code == 200, claimed.text
        tag = claimed.headers["etag"]
        done = await api("POST", f"{path}/complete", {"variables": {}}, who=who, if_match=tag)
        assert done.status_code == 200, done.text
    read = (await api("GET", f"/matters/{matter}")).json()
    assert (read["state"], read["outcome"], read["tasks"]) == ("CLOSED", "E9", [])
    assert read["number"] == "QL-SX-2026-0001"
