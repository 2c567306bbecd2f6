"""Duties: from when they hold, and what must not come together in one pair of hands."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from service.core.store.db import Database
from tests.builders import TODAY, City
from tests.conftest import Api
from tests.features.access.conftest import Register
from tests.people import MAY, MAY_READ, NEVER

TOMORROW = str(TODAY + timedelta(days=1))
NEXT_WEEK = str(TODAY + timedelta(days=7))


def code(response: object) -> tuple[int, str]:
    return response.status_code, response.json()["code"]  # type: ignore[attr-defined]


async def test_nobody_gives_a_duty_to_himself(api: Api) -> None:
    me = (await api("GET", "/me")).json()["id"]
    got = await api("POST", f"/actors/{me}/duties", {"duty": "audit_admin", "reach": "CITY"})
    assert code(got) == (422, "duty_to_oneself")


@pytest.mark.parametrize("second", ["audit_admin", "system_admin", "office_director"])
async def test_an_administrator_holds_no_second_duty(
    api: Api, register: Register, second: str
) -> None:
    admin = await register("second-admin", "security_admin")
    got = await api("POST", f"/actors/{admin['id']}/duties", {"duty": second, "reach": "CITY"})
    assert code(got) == (422, "duties_incompatible")
    assert got.json()["facts"] == {"held": ["security_admin"]}


async def test_whoever_works_in_the_office_becomes_no_administrator_beside_it(
    api: Api, register: Register
) -> None:
    clerk = await register("clerk", "office_intake")
    path = f"/actors/{clerk['id']}/duties"
    asked = {"duty": "audit_admin", "reach": "CITY", "true_from": TOMORROW}
    assert code(await api("POST", path, asked)) == (422, "duties_incompatible")
    ended = await api("POST", f"{path}/{clerk['duties'][0]['id']}/end", {"true_until": TOMORROW})
    assert ended.json()["true_until"] == TOMORROW
    assert (await api("POST", path, asked)).status_code == 201


async def test_two_duties_at_once_do_not_slip_past_each_other(api: Api, register: Register) -> None:
    somebody = await register("somebody")
    path = f"/actors/{somebody['id']}/duties"
    asked = ({"duty": duty, "reach": "CITY"} for duty in ("audit_admin", "office_intake"))
    both = await asyncio.gather(*(api("POST", path, each) for each in asked))
    assert sorted(each.status_code for each in both) == [201, 422]


@pytest.mark.parametrize("duty", ["process", "public_user"])
async def test_what_is_nobodys_duty_is_given_to_nobody(
    api: Api, register: Register, duty: str
) -> None:
    somebody = await register("somebody")
    got = await api("POST", f"/actors/{somebody['id']}/duties", {"duty": duty, "reach": "CITY"})
    assert code(got) == (422, "duty_not_given")


@pytest.mark.parametrize("duty", ["system_admin", "office_director", "commission_chair"])
async def test_a_program_neither_administers_nor_decides(
    api: Api, register: Register, duty: str
) -> None:
    robot = await register("robot", is_program=True)
    asked = {"duty": duty, "reach": "CITY"}
    got = await api("POST", f"/actors/{robot['id']}/duties", asked)
    assert code(got) == (422, "duties_incompatible")


async def test_a_duty_is_not_backdated_and_not_given_twice(
    api: Api, register: Register, city: City
) -> None:
    somebody = await register("somebody")
    path = f"/actors/{somebody['id']}/duties"
    asked = {"duty": "applicant_officer", "reach": "SUBTREE", "body_id": str(city.body)}
    yesterday = str(TODAY - timedelta(days=1))
    assert code(await api("POST", path, asked | {"true_from": yesterday})) == (
        422,
        "duty_not_given",
    )
    empty = asked | {"true_from": TOMORROW, "true_until": TOMORROW}
    assert code(await api("POST", path, empty)) == (422, "duty_not_given")
    assert code(await api("POST", path, asked | {"body_id": str(uuid4())})) == (404, "not_found")
    assert (await api("POST", path, asked | {"body_id": None})).status_code == 422
    assert (await api("POST", path, asked)).status_code == 201
    assert code(await api("POST", path, asked)) == (409, "duty_held")


async def test_a_duty_given_by_mistake_is_taken_back_the_same_day(
    api: Api, register: Register
) -> None:
    clerk = await register("clerk", "office_intake", "office_case_officer")
    path = f"/actors/{clerk['id']}/duties"
    first, second = clerk["duties"]
    assert (await api("POST", f"{path}/{first['id']}/end", {})).json()["true_until"] == str(TODAY)
    left = (await api("GET", f"/actors/{clerk['id']}")).json()["duties"]
    assert [each["id"] for each in left] == [second["id"]]
    assert code(await api("POST", f"{path}/{first['id']}/end", {})) == (409, "duty_ended")
    early = {"true_until": str(TODAY - timedelta(days=1))}
    assert code(await api("POST", f"{path}/{second['id']}/end", early)) == (422, "duty_not_given")
    assert code(await api("POST", f"{path}/{uuid4()}/end", {})) == (404, "not_found")
    again = await api("POST", path, {"duty": "office_intake", "reach": "CITY"})
    assert again.status_code == 201


async def test_a_substitute_holds_the_duty_for_the_days_of_absence_and_no_longer_than_its_holder(
    api: Api, register: Register, database: Database
) -> None:
    holder, other = await register("holder", "office_deputy"), await register("other")
    path = f"/actors/{holder['id']}/duties/{holder['duties'][0]['id']}"
    days = {"true_from": TOMORROW, "true_until": NEXT_WEEK}
    named = await api("POST", f"{path}/name-substitute", days | {"substitute_id": other["id"]})
    assert named.status_code == 201, named.text
    assert named.json()["substitutes_id"] == holder["id"]
    ended = await api("POST", f"{path}/end", {"true_until": TOMORROW})
    assert ended.status_code == 200
    left = (await api("GET", f"/actors/{other['id']}")).json()["duties"]
    assert left == []


async def test_administrators_are_never_each_others_substitute(
    api: Api, register: Register
) -> None:
    first = await register("first", "system_admin")
    second = await register("second", "audit_admin")
    path = f"/actors/{first['id']}/duties/{first['duties'][0]['id']}/name-substitute"
    days = {"true_from": TOMORROW, "true_until": NEXT_WEEK}
    got = await api("POST", path, days | {"substitute_id": second["id"]})
    assert code(got) == (422, "duties_incompatible")
    itself = await api("POST", path, days | {"substitute_id": first["id"]})
    assert code(itself) == (422, "duty_to_oneself")
    me = (await api("GET", "/me")).json()["id"]
    mine = await api("POST", path, days | {"substitute_id": me})
    assert code(mine) == (422, "duty_to_oneself")
    deputy = await register("deputy")
    past = {"true_from": str(TODAY - timedelta(days=2)), "true_until": NEXT_WEEK}
    late = await api("POST", path, past | {"substitute_id": deputy["id"]})
    assert code(late) == (422, "duty_not_given")
    assert (await api("POST", path, days | {"substitute_id": deputy["id"]})).status_code == 201


async def test_duties_are_the_security_administrators_alone_to_give(
    api: Api, register: Register
) -> None:
    somebody = await register("somebody", "office_intake")
    asked = {"duty": "office_liaison", "reach": "CITY"}
    for who, expected in ((MAY_READ, 403), (NEVER, 403), (None, 401), (MAY, 201)):
        got = await api("POST", f"/actors/{somebody['id']}/duties", asked, who=who)
        assert got.status_code == expected, who
