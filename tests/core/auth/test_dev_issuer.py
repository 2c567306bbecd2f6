"""The development issuer: in a demo, on this machine, for an hour; otherwise it is not there."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc import jwt

from service.core.auth.dev_issuer import DevIssuer
from service.core.start import CannotStart
from service.main import create_app
from service.settings import Settings
from tests.builders import City
from tests.core.auth.issuer import AUDIENCE, new_key
from tests.core.auth.rows import add_actor, add_duty
from tests.people import MAY, MAY_READ, NEVER

Ask = Callable[..., Awaitable[httpx.Response]]


@asynccontextmanager
async def running(
    settings: Settings, client: str = "127.0.0.1", called: str = "127.0.0.1:8000", **told: Any
) -> AsyncIterator[Ask]:
    """An installation with these settings, asked from one address under one name."""
    app = create_app(settings.model_copy(update=told))
    transport = httpx.ASGITransport(app=app, client=(client, 50000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http,
    ):

        async def ask(method: str, path: str, **more: Any) -> httpx.Response:
            headers = {"host": called, "accept-language": "en"} | more.pop("headers", {})
            return await http.request(method, path, headers=headers, **more)

        yield ask


async def is_offered(ask: Ask) -> bool:
    """Whether the issuer answers; both of its addresses agree, and absent looks like absent."""
    absent = await ask("GET", "/nowhere")
    people = await ask("GET", "/dev/people")
    token = await ask("POST", "/dev/token", json={"subject": MAY})
    assert people.status_code == token.status_code
    if people.status_code == 200:
        return True
    for answer in (people, token):
        assert answer.status_code == 404
        told, expected = answer.json(), absent.json()
        assert {**told, "instance": ""} == {**expected, "instance": ""}
    return False


async def test_its_token_lets_a_person_of_the_sample_city_in(
    settings: Settings, city: City
) -> None:
    async with running(settings) as ask:
        offered = [each["subject"] for each in (await ask("GET", "/dev/people")).json()]
        assert offered == sorted([MAY, MAY_READ, NEVER])
        given = (await ask("POST", "/dev/token", json={"subject": MAY})).json()
        headers = {"authorization": f"Bearer {given['access_token']}"}
        assert (await ask("GET", "/api/v1/bodies", headers=headers)).status_code == 200


async def test_its_tokens_last_an_hour(settings: Settings, city: City) -> None:
    async with running(settings) as ask:
        given = (await ask("POST", "/dev/token", json={"subject": MAY})).json()
    issuer = DevIssuer.of(settings.data_dir, AUDIENCE)
    key = (await issuer.keys()).keys[0]
    claims = jwt.decode(given["access_token"], key).claims
    assert given["expires_in"] == claims["exp"] - claims["iat"] == 3600
    assert abs(claims["iat"] - time.time()) < 60


async def test_an_hour_later_its_token_opens_nothing(settings: Settings, city: City) -> None:
    token = DevIssuer.of(settings.data_dir, AUDIENCE).token(MAY, lifetime_s=-3600)
    async with running(settings) as ask:
        headers = {"authorization": f"Bearer {token}"}
        assert (await ask("GET", "/api/v1/bodies", headers=headers)).status_code == 401


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:5173", "[::1]:8000"])
@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
async def test_it_answers_on_this_machine(
    settings: Settings, city: City, client: str, host: str
) -> None:
    async with running(settings, client, called=host) as ask:
        assert await is_offered(ask)


@pytest.mark.parametrize(
    "client", ["10.1.2.3", "192.168.1.7", "203.0.113.9", "2001:db8::1", "::ffff:10.0.0.1", "", "x"]
)
async def test_it_is_not_there_for_whoever_comes_from_elsewhere(
    settings: Settings, city: City, client: str
) -> None:
    async with running(settings, client=client) as ask:
        assert not await is_offered(ask)


@pytest.mark.parametrize(
    "host",
    ["rebound.example:8000", "127.0.0.1.example", "localhost.example", "10.1.2.3", "", "[", "[::1"],
)
async def test_it_is_not_there_under_a_foreign_name(
    settings: Settings, city: City, host: str
) -> None:
    async with running(settings, called=host) as ask:
        assert not await is_offered(ask)


@pytest.mark.parametrize(
    "told",
    [
        {"is_demo": False},
        {"host": "0.0.0.0"},
        {"host": "10.1.2.3"},
        {"oidc_issuer": "https://login.example", "oidc_jwks_url": "http://127.0.0.1:9/jwks"},
        {"oidc_issuer": "https://login.example"},
    ],
    ids=str,
)
async def test_it_is_not_there_and_not_trusted_outside_a_demo_on_this_machine(
    settings: Settings, city: City, told: dict[str, Any]
) -> None:
    token = DevIssuer.of(settings.data_dir, AUDIENCE).token(MAY)
    async with running(settings, **told) as ask:
        assert not await is_offered(ask)
        answer = await ask("GET", "/api/v1/bodies", headers={"authorization": f"Bearer {token}"})
    # Where another issuer is silent, nobody can tell; nobody is let in either way.
    assert answer.status_code == (503 if "oidc_jwks_url" in told else 401)


async def test_a_token_in_its_name_by_another_key_is_refused(
    settings: Settings, city: City
) -> None:
    forged = DevIssuer(new_key(), AUDIENCE).token(MAY)
    async with running(settings) as ask:
        headers = {"authorization": f"Bearer {forged}"}
        assert (await ask("GET", "/api/v1/bodies", headers=headers)).status_code == 401


async def test_it_gives_no_token_to_programs_to_the_retired_or_to_nobody(
    settings: Settings, city: City
) -> None:
    for subject, facts in {"robot": {"is_program": True}, "gone": {"is_active": False}}.items():
        await add_duty(settings, await add_actor(settings, subject, **facts), "inspector", "CITY")
    async with running(settings) as ask:
        offered = {each["subject"] for each in (await ask("GET", "/dev/people")).json()}
        assert not offered & {"robot", "gone"}
        for subject in ("robot", "gone", "nobody"):
            answer = await ask("POST", "/dev/token", json={"subject": subject})
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), subject


def test_its_key_is_made_once_and_readable_by_us_alone(tmp_path: Path) -> None:
    first, second = DevIssuer.of(tmp_path, AUDIENCE), DevIssuer.of(tmp_path, AUDIENCE)
    assert first.key.as_dict(private=True) == second.key.as_dict(private=True)
    assert [path.name for path in tmp_path.iterdir()] == ["dev_issuer.json"]
    assert (tmp_path / "dev_issuer.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", json.dumps({"kty": "EC"}), "\udcff"])
def test_a_key_that_is_none_is_told_in_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dev_issuer.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    path.chmod(0o600)
    with pytest.raises(CannotStart, match=r"^Expected .* but .*\.$"):
        DevIssuer.of(tmp_path, AUDIENCE)
