"""Keys of programs: shown once, limited, revoked at once."""

from uuid import uuid4

import httpx

from service.core.auth.dev_issuer import DevIssuer
from service.core.store.db import Database
from service.settings import Settings
from tests.conftest import Api
from tests.features.access.conftest import Register
from tests.people import MAY_READ, NEVER


async def made_key(
    api: Api, register: Register, *duties: str, **asked: object
) -> dict[str, object]:
    robot = await register("robot", *duties, is_program=True)
    given = {"scopes": ["bodies.list_bodies"]} | asked
    made = await api("POST", f"/actors/{robot['id']}/api-keys", given, idempotency_key="k")
    assert made.status_code == 201, made.text
    return dict(made.json())


async def with_key(
    api: Api, key: dict[str, object], method: str, path: str, **more: object
) -> httpx.Response:
    return await api(method, path, who=None, x_api_key=str(key["secret"]), **more)


async def test_a_key_is_shown_once_and_never_again(
    api: Api, register: Register, database: Database
) -> None:
    key = await made_key(api, register, "office_intake")
    secret = str(key["secret"])
    assert secret.startswith(str(key["prefix"]))
    listed = (await api("GET", "/api-keys", who=MAY_READ)).json()["items"]
    assert [(each["id"], "secret" in each) for each in listed] == [(key["id"], False)]
    for table in ("api_key", "audit", "idempotency", "outbox"):
        rows = await database.reading.fetch(f"SELECT t::text FROM {table} t")
        assert not any(secret in row[0] for row in rows), table


async def test_a_key_opens_what_its_scope_and_its_programs_duty_allow(
    api: Api, register: Register
) -> None:
    key = await made_key(api, register, "office_intake")
    assert (await with_key(api, key, "GET", "/bodies")).status_code == 200
    beyond = await with_key(api, key, "GET", "/bodies/count")
    assert (beyond.status_code, beyond.json()["code"]) == (403, "not_allowed")
    assert (await with_key(api, {"secret": "dbk_no"}, "GET", "/bodies")).status_code == 401


async def test_a_token_with_a_programs_name_does_not_get_around_the_scopes_of_its_keys(
    api: Api, register: Register, settings: Settings
) -> None:
    await made_key(api, register, "office_intake")
    token = DevIssuer.of(settings.data_dir, settings.oidc_audience).token("robot")
    got = await api("GET", "/bodies/count", who=None, authorization=f"Bearer {token}")
    assert (got.status_code, got.json()["code"]) == (403, "not_allowed")


async def test_a_key_without_a_duty_opens_nothing(api: Api, register: Register) -> None:
    key = await made_key(api, register)
    assert (await with_key(api, key, "GET", "/bodies")).status_code == 403


async def test_a_revoked_key_opens_nothing_from_the_next_request_on(
    api: Api, register: Register
) -> None:
    key = await made_key(api, register, "office_intake")
    assert (await api("GET", "/api-keys/count?is_valid=true")).json() == {"count": 1}
    revoked = await api("POST", f"/api-keys/{key['id']}/revoke")
    assert revoked.status_code == 200
    assert (await with_key(api, key, "GET", "/bodies")).status_code == 401
    again = await api("POST", f"/api-keys/{key['id']}/revoke")
    assert (again.status_code, again.json()["code"]) == (409, "api_key_revoked")
    assert (await api("GET", "/api-keys/count?is_valid=true")).json() == {"count": 0}
    assert (await api("POST", f"/api-keys/{uuid4()}/revoke")).status_code == 404


async def test_an_expired_key_opens_nothing(
    api: Api, register: Register, database: Database
) -> None:
    key = await made_key(api, register, "office_intake", valid_days=1)
    await database.writing.execute("UPDATE api_key SET expires_at = clock_timestamp()")
    assert (await with_key(api, key, "GET", "/bodies")).status_code == 401


async def test_a_program_must_send_an_idempotency_key_with_a_change(
    api: Api, register: Register
) -> None:
    key = await made_key(api, register, "office_intake", scopes=["documents.*"])
    asked = {
        "series": "青编",
        "year": 2026,
        "title": "关于机构设置的批复",
        "issued_on": "2026-03-01",
        "issuer": "中共青澜市委机构编制委员会",
    }
    got = await with_key(api, key, "POST", "/documents", json=asked)
    assert (got.status_code, got.json()["code"]) == (400, "idempotency_key_required")
    kept = await with_key(api, key, "POST", "/documents", json=asked, idempotency_key="1")
    assert kept.status_code == 201


async def test_people_get_no_key_and_scopes_must_exist(api: Api, register: Register) -> None:
    person, robot = await register("person"), await register("robot", is_program=True)
    refused = await api("POST", f"/actors/{person['id']}/api-keys", {"scopes": ["bodies.*"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_program")
    slip = await api("POST", f"/actors/{robot['id']}/api-keys", {"scopes": ["bodies.list"]})
    assert (slip.status_code, slip.json()["code"]) == (422, "scope_unknown")
    for who in (MAY_READ, NEVER):
        asked = {"scopes": ["bodies.*"]}
        got = await api("POST", f"/actors/{robot['id']}/api-keys", asked, who=who)
        assert got.status_code == 403
