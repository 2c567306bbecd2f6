"""Registering a body: what it needs, whom it refuses, and under whom it comes to stand."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from service.core.secrecy import Secrecy
from service.features.bodies.codes import BodyStatus, InstClass
from service.features.bodies.start_reform import StartReform
from tests.builders import City, registration
from tests.conftest import Api, Do, told
from tests.features.bodies.conftest import Change, code_of, statuses

NEW = {
    "body_code": "990081050003",
    "full_name": "青澜市审计局",
    "body_type": "ORGAN",
    "system_category": "GOV",
    "rank": "ZHENGKE",
    "effective_on": "2019-03-01",
}


async def test_a_registered_body_is_at_once_in_every_list_and_count(api: Api, city: City) -> None:
    made = await api("POST", "/bodies", NEW | {"uscc": "119900819900000177"})
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    read = await api("GET", f"/bodies/{made.json()['id']}")
    assert read.json() == made.json()
    assert read.json()["status"] == "ACTIVE"
    listed = (await api("GET", "/bodies?text=审计")).json()["items"]
    assert [each["id"] for each in listed] == [made.json()["id"]]
    assert (await api("GET", "/bodies/count")).json() == {"count": 3}


async def test_only_the_duty_may_register(api: Api) -> None:
    assert await statuses(api, "POST", "/bodies", NEW) == [201, 403, 403, 401]


async def test_whoever_sees_the_parent_with_all_below_sees_the_new_body(
    do: Do, api: Api, city: City
) -> None:
    child = told(await do(registration("990081100001", "青澜市第1站", parent_id=city.body)))
    assert await statuses(api, "GET", f"/bodies/{child['id']}") == [200, 200, 404, 401]
    tree = (await api("GET", f"/bodies/{child['id']}/tree")).json()
    assert [above["id"] for above in tree["above"]] == [str(city.body)]
    assert (await api("GET", f"/bodies/{city.body}/tree")).json()["below"] == 1
    assert await statuses(api, "GET", f"/bodies/{child['id']}/tree") == [200, 200, 404, 401]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"body_code": "990081050001"}, "body_code_taken"),
        ({"full_name": "青澜市第1局"}, "body_name_taken"),
        ({"secrecy": Secrecy.CONFIDENTIAL}, "classified_matter"),
        ({"secrecy": Secrecy.TOP_SECRET}, "classified_matter"),
        ({"civil_servant_law_ref": True}, "body_facts_disagree"),
        ({"inst_class": InstClass.PUBLIC_INTEREST_1}, "body_facts_disagree"),
        ({"effective_on": date(2026, 12, 31) + timedelta(days=400)}, "day_out_of_order"),
        ({"parent_id": uuid4()}, "not_found"),
        ({"competent_body_id": uuid4()}, "invalid_input"),
        ({"document_id": uuid4()}, "invalid_input"),
    ],
)
async def test_a_registration_that_breaks_a_rule_changes_nothing(
    do: Do, api: Api, city: City, facts: dict[str, Any], code: str
) -> None:
    refused = await do(registration(**{"body_code": "990081050003", "full_name": "新局"} | facts))
    assert code_of(refused) == code
    assert refused.status in (404, 409, 422)
    assert (await api("GET", "/bodies/count")).json() == {"count": 2}


async def test_a_credit_code_belongs_to_one_body(do: Do, city: City) -> None:
    uscc = "1299008199000101XF"
    first = await do(registration("990081050003", "甲", uscc=uscc))
    second = await do(registration("990081050004", "乙", uscc=uscc))
    assert (first.status, code_of(second)) == (201, "uscc_taken")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uscc", "119900819900000178"),
        ("body_code", "99008105000X"),
        ("full_name", "一\n二"),
        ("full_name", " "),
        ("rank", "正科"),
    ],
)
async def test_a_value_of_the_wrong_form_is_invalid_input(api: Api, field: str, value: str) -> None:
    refused = await api("POST", "/bodies", NEW | {field: value})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")


async def test_of_two_bodies_with_one_name_at_once_one_is_registered(do: Do, city: City) -> None:
    answers = await asyncio.gather(
        *(do(registration(f"99008105001{number}", "青澜市审计局")) for number in range(4))
    )
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]


async def test_the_registration_is_announced_and_audited(do: Do, database: Any, city: City) -> None:
    body = told(await do(registration("990081050003", "青澜市审计局")))
    event = await database.reading.fetchrow("SELECT * FROM outbox")
    assert (event["type"], event["data"]["body_id"]) == ("bodies.body_changed", body["id"])
    audit = await database.reading.fetchrow("SELECT * FROM audit")
    assert (audit["command"], audit["outcome"]) == ("bodies.register_body", "done")
    assert {change["table"] for change in audit["changes"]} == {"body", "body_version"}


async def test_a_body_may_carry_its_own_status_only_by_its_verbs(
    change: Change, city: City
) -> None:
    assert told(await change(StartReform))["status"] == BodyStatus.IN_REFORM
    assert code_of(await change(StartReform)) == "nothing_changes"
