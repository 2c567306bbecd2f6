"""Granting quota: within the city's limit, by a document, to living bodies, by those who may."""

import asyncio
from datetime import date
from uuid import UUID, uuid4

import pytest

from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.set_city_limit import SetCityLimit
from tests.builders import City
from tests.conftest import Api, Do, told
from tests.features.quota.conftest import Ledger
from tests.people import MAY, MAY_READ, NEVER


async def test_i3_bodies_together_never_get_more_than_the_city(ledger: Ledger, city: City) -> None:
    bodies = [city.body, city.other_body] * 4
    answers = await asyncio.gather(*(ledger.grant(3, body=body) for body in bodies))
    assert sorted(answer.status for answer in answers) == [201] * 3 + [422] * 5
    refused = next(told(answer) for answer in answers if answer.status == 422)
    assert (refused["code"], refused["rule"]) == ("city_limit_exceeded", "I3")
    assert refused["facts"]["asked"] == 3


async def test_i3_the_administrative_total_changes_only_by_a_superiors_document(
    ledger: Ledger, city: City, do: Do
) -> None:
    for document in (city.document, uuid4()):
        answer = await do(
            SetCityLimit(
                kind=QuotaKind.ADMIN,
                funding=Funding.FULL,
                posts=99,
                document_id=document,
                effective_on=date(2026, 2, 1),
            )
        )
        assert told(answer)["code"] == "superior_document_required"


async def test_the_limit_is_never_set_below_what_bodies_have(ledger: Ledger) -> None:
    await ledger.grant(8)
    assert told(await ledger.limit(7))["code"] == "city_limit_exceeded"
    assert (await ledger.limit(8, on=date(2026, 6, 1))).status == 201


async def test_a_limit_from_a_later_day_leaves_room_only_from_that_day(
    ledger: Ledger, api: Api
) -> None:
    await ledger.limit(20, on=date(2027, 7, 1))
    assert told(await ledger.grant(15, on=date(2027, 6, 1)))["code"] == "city_limit_exceeded"
    assert (await ledger.grant(15, on=date(2027, 7, 1))).status == 201
    before = (await api("GET", "/city-limits?as_of=2027-06-30")).json()["limits"][0]
    after = (await api("GET", "/city-limits?as_of=2027-07-01")).json()["limits"][0]
    assert (before["limit"], before["allotted"]) == (10, 0)
    assert (after["limit"], after["allotted"]) == (20, 15)


async def test_a_grant_rests_on_a_recorded_document(ledger: Ledger, city: City, do: Do) -> None:
    answer = await do(
        GrantQuota(
            body_id=city.body,
            kind=QuotaKind.ADMIN,
            funding=Funding.FULL,
            posts=1,
            document_id=uuid4(),
            effective_on=date(2026, 1, 1),
        )
    )
    assert told(answer)["code"] == "ledger_document_missing"


@pytest.mark.parametrize("funding", ["PARTIAL", "SELF"])
async def test_administrative_quota_is_fully_funded(ledger: Ledger, funding: str) -> None:
    assert told(await ledger.grant(1, funding=funding))["code"] == "quota_kind_not_allowed"


async def test_only_the_office_grants_and_an_unknown_body_is_not_found(
    ledger: Ledger, city: City, api: Api
) -> None:
    asked = {
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": 1,
        "document_id": str(city.document),
        "effective_on": "2026-01-01",
    }
    path = f"/bodies/{city.body}/quota/grant"
    made = [
        (await api("POST", path, asked, who=who)).status_code
        for who in (MAY, MAY_READ, NEVER, None)
    ]
    assert made == [201, 403, 403, 401]
    unknown = await api("POST", f"/bodies/{UUID(int=7)}/quota/grant", asked)
    assert unknown.status_code == 404
