"""What the superior office said beforehand is a paper on record, and lets the clock go on."""

from typing import Any
from uuid import UUID

import pytest

from service.core.ids import new_id
from service.features.matters.record_prior_communication import RecordPriorCommunication
from service.features.processes.stop_clock import StopClock
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order, staff


def talked(matter: str, by: UUID, on: str = "2026-11-23", **more: Any) -> RecordPriorCommunication:
    """What the liaison fills in."""
    said = {"communicated_with": "澜州市委编办", "communicated_on": on, "view": "SUPPORTS"}
    return RecordPriorCommunication.model_validate({"matter_id": matter, "by": by, **said, **more})


@pytest.mark.usefixtures("letterhead")
async def test_the_talk_is_a_paper_and_the_clock_goes_on(
    matter: str, order: Order, api: Api, city: City
) -> None:
    liaison = await staff(city.settings, "liaison", "office_liaison", None)
    case = (await api("GET", f"/matters/{matter}")).json()["instance_id"]
    await order(StopClock(instance_id=case, cause="PRIOR_COMMUNICATION", reason="事前沟通"))
    assert (await api("GET", f"/matters/{matter}")).json()["stopped_clocks"] != []
    kept = await order(talked(matter, liaison, note="同意试点。"))
    assert kept.status < 400, kept.body
    whole = (await api("GET", f"/matters/{matter}")).json()
    assert whole["stopped_clocks"] == []
    (record,) = (await api("GET", f"/matters/{matter}/records")).json()["items"]
    assert (record["kind"], record["content"]["view"]) == ("PRIOR_COMMUNICATION", "SUPPORTS")
    assert record["document_id"] == told(kept)["document_id"]


@pytest.mark.usefixtures("letterhead")
async def test_nothing_is_recorded_that_is_to_come_or_rests_on_no_paper(
    matter: str, order: Order, city: City
) -> None:
    liaison = await staff(city.settings, "liaison", "office_liaison", None)
    early = talked(matter, liaison, on="2026-11-25")
    assert told(await order(early))["code"] == "not_yet_happened"
    unknown = talked(matter, liaison, document_id=new_id())
    assert told(await order(unknown))["code"] == "document_missing"
