"""The unit's own meeting adopts its request; what it decided stays in the file with its minutes."""

from typing import Any

from service.features.matters.file_application import FileApplication
from service.features.matters.keep_motion import KeepMotion
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.matters.conftest import Order, asking, draw
from tests.people import MAY_READ


async def test_a_request_is_filed_with_the_minutes_that_its_meeting_left(
    do: Do, order: Order, api: Api, city: City
) -> None:
    await draw(city.settings)
    matter = told(await do(asking(city, minutes_document_id=None), who=MAY_READ))["id"]

    def adopted(**changed: Any) -> KeepMotion:
        return KeepMotion.model_validate(
            {
                "matter_id": matter,
                "minutes_document_id": city.document,
                "decided_on": "2026-11-23",
                "present": 7,
                "absent": ["周某001"],
                "opinion": "同意申报。",
                **changed,
            }
        )

    unknown = await order(adopted(minutes_document_id=city.body))
    assert told(unknown)["code"] == "document_missing"
    early = await order(adopted(decided_on="2026-11-25"))
    assert told(early)["code"] == "matter_minutes_required"
    assert told(await order(adopted()))["minutes_document_id"] == str(city.document)
    file = (await api("GET", f"/matters/{matter}/records")).json()["items"]
    assert [(each["kind"], each["document_id"]) for each in file] == [
        ("PARTY_GROUP_DECISION", str(city.document))
    ]
    assert file[0]["content"]["absent"] == ["周某001"]
    assert (await order(FileApplication(matter_id=matter))).status == 200
    assert told(await order(adopted()))["code"] == "matter_moved"
