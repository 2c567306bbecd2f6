"""What is amended is a new version; accepted by the applicant only with its meeting's minutes."""

from typing import Any

from service.features.matters.amend_deltas import AmendDeltas
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order, quota


async def test_every_version_stays_and_the_same_changes_are_no_new_one(
    matter: str, order: Order, api: Api, city: City
) -> None:
    async def amend(after: int, origin: str = "ACCEPTED", **more: Any) -> Any:
        asked = {"matter_id": matter, "deltas": [quota(city, 5, after)], "origin": origin, **more}
        return told(await order(AmendDeltas.model_validate(asked)))

    assert (await amend(6))["code"] == "matter_minutes_required"
    assert (await amend(6, minutes_document_id=city.document))["deltas_number"] == 2
    assert (await amend(6, "REPLY"))["deltas_number"] == 2
    assert (await amend(5, "REPLY"))["deltas_number"] == 3
    versions = (await api("GET", f"/matters/{matter}/deltas")).json()["items"]
    assert [each["origin"] for each in versions] == ["REQUEST", "ACCEPTED", "REPLY"]
