"""Changes that a report makes a condition are put to the applicant, and only once."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.features.matters.begin_appraisal import BeginAppraisal
from service.features.matters.keep_record import KeepRecord
from service.features.matters.keep_report import KeepReport
from tests.builders import City
from tests.conftest import Api, told
from tests.features.matters.conftest import Order, quota, staff
from tests.features.matters.test_record_opinion import asked


@pytest.fixture
async def officer(city: City) -> UUID:
    return await staff(city.settings, "reporter", "office_case_officer", None)


def report(matter: str, by: UUID, recommends: str = "RECOMMEND", **more: Any) -> KeepReport:
    """What the case officer fills in."""
    names = ("legality", "necessity", "feasibility", "alternatives", "fiscal_effect", "risk")
    said = dict.fromkeys((*names, "opinions"), "见案卷。")
    asked = {"matter_id": matter, "by": by, "recommendation": recommends, **said, **more}
    return KeepReport.model_validate(asked)


async def test_changes_are_put_to_the_applicant_where_they_are_a_condition_and_only_once(
    matter: str, order: Order, api: Api, city: City, officer: UUID
) -> None:
    reduced = {"amended_deltas": [quota(city, 5, 6)]}

    async def puts(recommends: str, **more: Any) -> Any:
        return told(await order(report(matter, officer, recommends, **more)))["puts_changes"]

    assert await puts("RECOMMEND", **reduced) is False
    assert await puts("RECOMMEND_REDUCED") is False
    assert await puts("RECOMMEND_REDUCED", amended_deltas=[quota(city, 5, 7)]) is False
    assert await puts("RECOMMEND_REDUCED", **reduced) is True
    kept = told(await order(report(matter, officer, "RECOMMEND_REDUCED", **reduced)))
    content = {"answer": "insist", "deltas": kept["amended_deltas"]}
    await order(KeepRecord(matter_id=matter, kind="CHANGES_PUT", content=content))
    assert await puts("RECOMMEND_REDUCED", **reduced) is False
    assert (await api("GET", f"/matters/{matter}")).json()["recommendation"] == "RECOMMEND_REDUCED"
    assert (await api("GET", f"/matters/{matter}")).json()["deltas_number"] == 1


async def test_a_matter_of_the_office_takes_its_changes_at_once(
    matter: str, order: Order, api: Api, city: City, officer: UUID
) -> None:
    connection = await asyncpg.connect(city.settings.migration_database_url)
    await connection.execute("UPDATE matter SET start = 'OFFICE'")
    await connection.close()
    reduced = report(matter, officer, "RECOMMEND_REDUCED", amended_deltas=[quota(city, 5, 6)])
    assert told(await order(reduced))["puts_changes"] is False
    versions = (await api("GET", f"/matters/{matter}/deltas")).json()["items"]
    assert [each["origin"] for each in versions] == ["REQUEST", "AMENDED"]


async def test_whoever_has_not_answered_is_asked_no_longer_when_a_new_round_begins(
    matter: str, order: Order, api: Api, city: City
) -> None:
    await asked(order, matter, city)
    await order(BeginAppraisal(matter_id=UUID(matter), is_new_round=True))
    (shown,) = (await api("GET", f"/matters/{matter}/opinions")).json()["items"]
    assert (shown["opinion"], shown["closed_at"] is None) == (None, False)


async def test_rounds_are_counted_and_a_new_report_alone_is_none(
    matter: str, order: Order, api: Api
) -> None:
    for is_new_round in (True, False, True):
        begun = await order(BeginAppraisal(matter_id=matter, is_new_round=is_new_round))
        assert told(begun)["state"] == "IN_APPRAISAL"
    assert (await api("GET", f"/matters/{matter}")).json()["appraisal_rounds"] == 2
