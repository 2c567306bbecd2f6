"""A request at the counter: taken in, made complete, returned with reasons, or not taken in."""

from typing import Any

import pytest

from service.core.store.db import Database
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.flows.counter import (
    DEPUTY,
    INTAKE,
    OTHER_DEPUTY,
    OTHER_INTAKE,
    UNIT,
    Counter,
    counter_of,
)

CHECKED: dict[str, Any] = dict.fromkeys(
    ("content", "lawful", "procedure", "truthful", "form", "complete"), "YES"
)
LIST = [{"code": "COMPARISON_TABLE", "name": "纵横向比较表", "note": "缺本市数据"}]
REASONS: dict[str, Any] = {
    "reasons": "依据不足。",
    "basis": [{"title": "中国共产党机构编制工作条例", "level": "CENTRAL", "article": "第二十七条"}],
    "what_would_change": "取得市级依据。",
    "alternatives": "内部调剂。",
    "contact": "市委编办",
}


@pytest.fixture
async def counter(api: Api, settings: Settings, database: Database, city: City) -> Counter:
    return await counter_of(api, settings, database, city)


async def test_a_request_that_is_in_order_is_taken_in_with_a_receipt(counter: Counter) -> None:
    matter = await counter.filed(materials=["PARTY_GROUP_MINUTES"])
    assert await counter.open_tasks(matter) == {"intake_check"}
    await counter.complete(INTAKE, matter, "intake_check", "admit", **CHECKED)
    seen = await counter.matter(matter)
    assert (seen["state"], seen["stage"]) == ("ADMITTED", "APPRAISAL")
    (check,) = await counter.file(matter, "INTAKE_CHECK")
    assert (check["given_by_name"], check["content"]["action"]) == (INTAKE, "admit")
    (notice,) = await counter.file(matter, "NOTICE")
    receipt = await counter.paper(notice["document_id"])
    assert (receipt["kind"], receipt["data"]["admitted_on"]) == ("RECEIPT", "2026-11-24")
    assert receipt["data"]["due_on"] == "2027-01-19"  # 40 working days for the commission
    assert [each["is_present"] for each in receipt["data"]["materials"]].count(True) == 1


async def test_what_is_missing_is_asked_for_once_and_then_taken_in(counter: Counter) -> None:
    matter = await counter.filed()
    lacking: dict[str, Any] = {**CHECKED, "complete": "NO", "supplement": LIST}
    await counter.complete(INTAKE, matter, "intake_check", "supplement", **lacking)
    seen = await counter.matter(matter)
    assert (seen["state"], seen["supplement_rounds"]) == ("SUPPLEMENT", 1)
    assert [each["cause"] for each in seen["stopped_clocks"]] == ["SUPPLEMENT"]
    table = {"code": "COMPARISON_TABLE", "document_id": str(counter.city.document)}
    await counter.complete(UNIT, matter, "supplement", reply="已补齐", materials=[table])
    seen = await counter.matter(matter)
    assert (seen["state"], seen["stopped_clocks"]) == ("SUBMITTED", [])
    assert "COMPARISON_TABLE" in seen["materials"]
    # A second time is not offered: the task comes back.
    await counter.complete(INTAKE, matter, "intake_check", "supplement", **lacking)
    assert await counter.open_tasks(matter) == {"intake_check"}
    await counter.complete(OTHER_INTAKE, matter, "intake_check", "admit", **CHECKED)
    assert (await counter.matter(matter))["state"] == "ADMITTED"


async def test_who_does_not_add_what_is_missing_gets_it_back_with_reasons(
    counter: Counter,
) -> None:
    matter = await counter.filed()
    lacking: dict[str, Any] = {**CHECKED, "complete": "NO", "supplement": LIST}
    await counter.complete(INTAKE, matter, "intake_check", "supplement", **lacking)
    await counter.wait(8)
    assert await counter.open_tasks(matter) == {"write_explanation"}
    assert (await counter.matter(matter))["stopped_clocks"] == []
    await counter.complete(OTHER_INTAKE, matter, "write_explanation", **REASONS)
    await counter.complete(DEPUTY, matter, "sign_explanation", "sign")
    await counter.wait(6)
    seen = await counter.matter(matter)
    assert (seen["state"], seen["outcome"]) == ("CLOSED", "E2")
    (delivery,) = await counter.file(matter, "DELIVERY")
    assert delivery["content"]["is_acknowledged"] is False


async def test_a_returned_request_is_explained_signed_and_acknowledged(counter: Counter) -> None:
    matter = await counter.filed()
    await counter.complete(INTAKE, matter, "intake_check", "return", **CHECKED)
    await counter.complete(INTAKE, matter, "write_explanation", **REASONS)
    await counter.complete(DEPUTY, matter, "sign_explanation", "return")
    await counter.complete(INTAKE, matter, "write_explanation", **REASONS)
    assert await counter.not_completed(INTAKE, matter, "sign_explanation", "sign") == "not_found"
    await counter.complete(DEPUTY, matter, "sign_explanation", "sign")
    seen = await counter.matter(matter, UNIT)
    assert (seen["state"], seen["explained_on"]) == ("EXPLAINING", "2026-11-24")
    (explained,) = await counter.file(matter, "EXPLANATION")
    paper = await counter.paper(explained["document_id"])
    assert (paper["kind"], paper["data"]["what_would_change"]) == (
        "RETURN_NOTICE",
        ["取得市级依据。"],
    )
    await counter.complete(UNIT, matter, "acknowledge_explanation")
    seen = await counter.matter(matter, UNIT)
    assert (seen["state"], seen["outcome"]) == ("CLOSED", "E2")


async def test_a_wrong_proposal_goes_back_to_the_counter(counter: Counter) -> None:
    matter = await counter.filed()
    await counter.complete(INTAKE, matter, "intake_check", "not_admit", **CHECKED)
    await counter.complete(INTAKE, matter, "write_explanation", **REASONS)
    await counter.complete(OTHER_DEPUTY, matter, "sign_explanation", "wrong_proposal")
    assert await counter.open_tasks(matter) == {"intake_check"}
    await counter.complete(INTAKE, matter, "intake_check", "admit", **CHECKED)
    seen = await counter.matter(matter)
    assert (seen["state"], await counter.file(matter, "EXPLANATION")) == ("ADMITTED", [])


async def test_what_is_prohibited_cannot_be_taken_in(counter: Counter) -> None:
    rule = [{"level": "DEPARTMENTAL_RULE", "title": "某部门办法", "article": "第一条"}]
    matter = await counter.filed(basis=rule)
    assert [each["end"] for each in (await counter.matter(matter))["prohibitions"]] == ["E3"]
    await counter.complete(INTAKE, matter, "intake_check", "admit", **CHECKED)
    assert await counter.open_tasks(matter) == {"intake_check"}
    await counter.complete(INTAKE, matter, "intake_check", "not_admit", **CHECKED)
    await counter.complete(INTAKE, matter, "write_explanation", **REASONS)
    await counter.complete(DEPUTY, matter, "sign_explanation", "sign")
    await counter.complete(UNIT, matter, "acknowledge_explanation")
    assert (await counter.matter(matter))["outcome"] == "E3"
