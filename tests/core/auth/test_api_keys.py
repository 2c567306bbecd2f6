"""Keys of programs: only the whole key opens, only while it holds, only what it is meant for."""

import hashlib
from datetime import timedelta
from uuid import UUID

import asyncpg
import httpx
import pytest

from service.settings import Settings
from tests.builders import City
from tests.conftest import Api
from tests.core.auth.rows import add_actor, add_duty, add_key
from tests.people import MAY

SECRET = "dbk_c2VjcmV0LW9mLWEtcHJvZ3JhbS0wMDAx"


@pytest.fixture
async def program(settings: Settings, city: City) -> UUID:
    """A program that may read the ledger of the whole city."""
    actor_id = await add_actor(settings, "robot", is_program=True)
    await add_duty(settings, actor_id, "office_intake", "CITY")
    return actor_id


async def list_bodies(api: Api, key: str, **headers: str) -> httpx.Response:
    return await api(
        "GET", "/bodies", who=None, x_api_key=key, **{"accept_language": "en"} | headers
    )


def is_refused(answer: httpx.Response) -> bool:
    """Whether an answer is the one refusal of every key that does not hold."""
    assert answer.status_code in (200, 401), answer.text
    if answer.status_code == 200:
        return False
    problem = answer.json()
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert problem["code"] == "not_authenticated"
    assert problem["detail"] == ("Expected a valid API key, but it is unknown, expired or revoked.")
    return True


async def test_a_key_acts_as_its_program(api: Api, settings: Settings, program: UUID) -> None:
    await add_key(settings, program, SECRET, ["documents.record_document"])
    asked = {
        "series": "青编",
        "year": 2026,
        "title": "关于机构设置的批复",
        "issued_on": "2026-03-01",
        "issuer": "中共青澜市委机构编制委员会",
    }
    headers = {"x_api_key": SECRET, "idempotency_key": "1"}
    made = await api("POST", "/documents", asked, who=None, **headers)
    assert made.status_code == 201, made.text
    connection = await asyncpg.connect(settings.migration_database_url)
    try:
        told = await connection.fetch("SELECT actor_id, actor_name, duty FROM audit")
    finally:
        await connection.close()
    assert [tuple(row) for row in told] == [(program, "robot", "office_intake")]


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "dbk_",
        SECRET[:8],
        SECRET[:-1],
        SECRET + "x",
        SECRET.lower(),
        hashlib.sha256(SECRET.encode()).hexdigest(),
        "x" * 100_000,
        "' OR true --",
    ],
    ids=lambda sent: sent[:20],
)
async def test_less_or_more_than_the_key_opens_nothing(
    api: Api, settings: Settings, program: UUID, sent: str
) -> None:
    await add_key(settings, program, SECRET, ["bodies.*"])
    assert is_refused(await list_bodies(api, sent))


async def test_keys_that_begin_alike_are_told_apart(
    api: Api, settings: Settings, program: UUID
) -> None:
    await add_key(settings, program, f"{SECRET}-1", ["bodies.*"])
    await add_key(settings, program, f"{SECRET}-2", ["bodies.*"], is_revoked=True)
    assert not is_refused(await list_bodies(api, f"{SECRET}-1"))
    assert is_refused(await list_bodies(api, f"{SECRET}-2"))


@pytest.mark.parametrize(
    ("lasts", "is_revoked", "opens"),
    [
        (timedelta(minutes=1), False, True),
        (timedelta(0), False, False),
        (timedelta(days=-1), False, False),
        (timedelta(days=1), True, False),
    ],
)
async def test_a_key_opens_while_it_is_neither_over_nor_revoked(
    api: Api, settings: Settings, program: UUID, lasts: timedelta, is_revoked: bool, opens: bool
) -> None:
    await add_key(settings, program, SECRET, ["bodies.*"], lasts=lasts, is_revoked=is_revoked)
    assert is_refused(await list_bodies(api, SECRET)) is not opens


async def test_the_clock_of_a_demo_ends_no_key(api: Api, settings: Settings, program: UUID) -> None:
    await add_key(settings, program, SECRET, ["bodies.*"])
    connection = await asyncpg.connect(settings.migration_database_url)
    await connection.execute("UPDATE demo_clock SET moved = moved + interval '5 years'")
    await connection.close()
    assert not is_refused(await list_bodies(api, SECRET))


async def test_the_key_of_a_program_that_was_put_out_of_use_opens_nothing(
    api: Api, settings: Settings, city: City
) -> None:
    retired = await add_actor(settings, "retired", is_program=True, is_active=False)
    await add_duty(settings, retired, "office_intake", "CITY")
    await add_key(settings, retired, SECRET, ["bodies.*"])
    assert is_refused(await list_bodies(api, SECRET))


@pytest.mark.parametrize(
    ("scope", "opens"),
    [
        ("bodies.list_bodies", True),
        ("bodies.*", True),
        ("bodies.list", False),
        ("bodies.count_bodies", False),
        ("bodies", False),
        ("*", False),
        ("*.*", False),
        ("body.*", False),
        ("quota.*", False),
        ("", False),
    ],
)
async def test_a_scope_opens_what_it_names_and_nothing_else(
    api: Api, settings: Settings, program: UUID, scope: str, opens: bool
) -> None:
    await add_key(settings, program, SECRET, [scope])
    answer = await list_bodies(api, SECRET)
    if opens:
        assert answer.status_code == 200, answer.text
    else:
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
        assert "bodies.list_bodies" in answer.json()["detail"]


async def test_a_scope_adds_no_duty(api: Api, settings: Settings, city: City) -> None:
    dutiless = await add_actor(settings, "dutiless", is_program=True)
    await add_key(settings, dutiless, SECRET, ["bodies.*"])
    assert (await list_bodies(api, SECRET)).status_code == 403


async def test_a_key_that_does_not_hold_is_not_saved_by_a_token_beside_it(
    api: Api, settings: Settings, program: UUID
) -> None:
    answer = await api("GET", "/bodies", who=MAY, x_api_key=SECRET, accept_language="en")
    assert is_refused(answer)
