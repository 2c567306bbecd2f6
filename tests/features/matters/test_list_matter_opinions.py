"""Whoever reads a matter reads all opinions on it; a body that is asked reads its own alone."""

from typing import Any

import pytest

from service.core.auth.dev_issuer import DevIssuer
from service.features.matters.record_opinion import RecordOpinion
from tests.builders import City
from tests.conftest import Api
from tests.features.matters.conftest import Order, staff
from tests.features.matters.test_record_opinion import SAID, asked
from tests.people import MAY, MAY_READ, NEVER


async def test_the_office_and_the_unit_read_all_of_them_and_a_stranger_none(
    matter: str, order: Order, city: City, api: Api
) -> None:
    assert (await api("GET", f"/matters/{matter}/opinions", who=NEVER)).status_code == 404
    request = await asked(order, matter, city)
    await order(RecordOpinion(opinion_request_id=request, **SAID))
    for who in (MAY, MAY_READ):
        (shown,) = (await api("GET", f"/matters/{matter}/opinions", who=who)).json()["items"]
        assert (shown["id"], shown["opinion"]) == (request, "OBJECT")


@pytest.mark.parametrize("duty", ["consulted_officer", "applicant_party_group"])
async def test_a_body_that_is_asked_reads_what_it_is_asked_and_nothing_else(
    matter: str, order: Order, city: City, api: Api, duty: str
) -> None:
    await staff(city.settings, "consulted", duty, city.other_body)
    token = DevIssuer.of(city.settings.data_dir, city.settings.oidc_audience).token("consulted")

    async def ask(path: str) -> Any:
        return await api("GET", path, who=None, authorization=f"Bearer {token}")

    assert (await ask(f"/matters/{matter}/opinions")).status_code == 404
    request = await asked(order, matter, city)
    elsewhere = await asked(order, matter, City(**{**vars_of(city), "other_body": city.body}))
    shown = (await ask(f"/matters/{matter}/opinions")).json()["items"]
    assert [each["id"] for each in shown] == [request]
    assert (shown[0]["questions"], shown[0]["matter_title"]) == ("可否", "关于增加编制的请示")
    assert elsewhere != request
    for closed in ("", "/deltas"):
        assert (await ask(f"/matters/{matter}{closed}")).status_code in (403, 404)


def vars_of(city: City) -> dict[str, Any]:
    return {name: getattr(city, name) for name in city.__dataclass_fields__}
