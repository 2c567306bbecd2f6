"""The file of a matter: every form as it was given, by whom, and nobody else's business."""

from uuid import UUID

from service.features.matters.keep_record import KeepRecord
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order
from tests.features.meetings.conftest import House
from tests.people import MAY, MAY_READ, NEVER


async def test_a_form_is_kept_as_it_was_given_with_who_gave_it(
    order: Order, matter: str, api: Api, house: House
) -> None:
    view = {"view": "GO", "text": "可以申报"}
    by = UUID(house.ids[MAY])
    kept = await order(KeepRecord(matter_id=matter, kind="VIEW", content=view, by=by))
    assert kept.status == 200, kept.body
    nobody = await order(KeepRecord(matter_id=matter, kind="HEARING", content={}))
    assert told(nobody)["given_by"] is None
    file = (await api("GET", f"/matters/{matter}/records")).json()["items"]
    assert [(each["kind"], each["content"]) for each in file] == [("VIEW", view), ("HEARING", {})]
    assert (file[0]["given_by"], file[0]["given_by_name"]) == (str(by), MAY)
    only = (await api("GET", f"/matters/{matter}/records?kind=HEARING")).json()["items"]
    assert [each["kind"] for each in only] == ["HEARING"]


async def test_the_file_is_read_by_those_who_see_the_matter(
    matter: str, api: Api, city: City
) -> None:
    path = f"/matters/{matter}/records"
    assert (await api("GET", path, who=MAY_READ)).status_code == 200
    assert (await api("GET", path, who=NEVER)).status_code in (403, 404)
    assert (await api("GET", f"/matters/{city.body}/records")).status_code == 404
