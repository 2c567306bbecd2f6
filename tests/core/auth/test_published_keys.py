"""The issuer's keys: kept a while, asked for again when one is unknown, never without end."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import Request

from service.core.auth.actor import Caller
from service.core.auth.token import PublishedKeys, Tokens
from service.main import create_app
from service.settings import Settings
from tests.builders import City
from tests.conftest import open_client
from tests.core.auth.issuer import AUDIENCE, Issuer, new_key, running_issuer
from tests.people import MAY


@dataclass
class Clock:
    """Seconds that pass when a test says so."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Installation:
    """What trusts the issuer, by a clock that a test can move."""

    issuer: Issuer
    clock: Clock

    def __post_init__(self) -> None:
        self.source = PublishedKeys(self.issuer.jwks_url, clock=self.clock)

    async def identify(self, token: str) -> Caller:
        """What a token proves to a process that has verified none before."""
        tokens = Tokens(self.source, self.issuer.name, AUDIENCE, ("ES256", "RS256"))
        headers = [(b"authorization", f"Bearer {token}".encode())]
        return await tokens.identify(Request({"type": "http", "headers": headers}))

    async def knows(self, token: str) -> bool:
        return (await self.identify(token)).subject == MAY

    async def code_for(self, token: str) -> str:
        """The code of the refusal that a token meets."""
        refused = (await self.identify(token)).unproved
        assert refused is not None
        return refused.code


@pytest.fixture
def here() -> Iterator[Installation]:
    with running_issuer() as issuer:
        yield Installation(issuer, Clock())


async def test_the_keys_are_asked_for_once_while_they_are_fresh(here: Installation) -> None:
    for _ in range(3):
        assert await here.knows(here.issuer.token(MAY))
    here.clock.now += here.source.kept_s - 1
    assert await here.knows(here.issuer.token(MAY))
    assert here.issuer.asked == 1
    here.clock.now += 2
    assert await here.knows(here.issuer.token(MAY))
    assert here.issuer.asked == 2


async def test_a_new_key_is_known_with_its_first_token(here: Installation) -> None:
    assert await here.knows(here.issuer.token(MAY))
    here.clock.now += here.source.retry_s + 1
    here.issuer.rotate(keep_old=True)
    assert await here.knows(here.issuer.token(MAY))
    assert here.issuer.asked == 2


async def test_a_withdrawn_key_holds_no_longer_than_keys_are_kept(here: Installation) -> None:
    old = here.issuer.token(MAY)
    assert await here.knows(old)
    here.issuer.rotate()
    here.clock.now += here.source.kept_s + 1
    assert await here.code_for(old) == "not_authenticated"


async def test_forged_key_ids_do_not_make_us_call_the_issuer_each_time(here: Installation) -> None:
    assert await here.knows(here.issuer.token(MAY))
    here.clock.now += here.source.retry_s + 1
    for number in range(20):
        forged = here.issuer.token(MAY, header={"kid": f"forged-{number}"})
        assert await here.code_for(forged) == "not_authenticated"
    assert here.issuer.asked == 2


async def test_a_broken_signature_does_not_make_us_call_the_issuer(here: Installation) -> None:
    assert await here.knows(here.issuer.token(MAY))
    here.clock.now += here.source.retry_s + 1
    kid, here.issuer.key = here.issuer.key.kid, new_key()
    assert await here.code_for(here.issuer.token(MAY, header={"kid": kid})) == "not_authenticated"
    assert here.issuer.asked == 1


async def test_many_requests_at_once_ask_once(here: Installation) -> None:
    tokens = [here.issuer.token(MAY, jti=str(number)) for number in range(20)]
    assert all(await asyncio.gather(*map(here.knows, tokens)))
    assert here.issuer.asked == 1


async def test_a_verified_token_is_remembered_a_minute_at_most(here: Installation) -> None:
    token = here.issuer.token(MAY)
    tokens = Tokens(here.source, here.issuer.name, AUDIENCE, ("ES256",), clock=here.clock)
    headers = [(b"authorization", f"Bearer {token}".encode())]
    request = Request({"type": "http", "headers": headers})
    assert (await tokens.identify(request)).subject == MAY
    here.issuer.rotate()
    here.source = PublishedKeys(here.issuer.jwks_url)
    tokens.source = here.source
    here.clock.now += 59
    assert (await tokens.identify(request)).subject == MAY
    here.clock.now += 2
    assert (await tokens.identify(request)).subject is None


@pytest.mark.parametrize(
    "answer",
    [
        (500, b""),
        (404, b"{}"),
        (302, b""),
        (200, b""),
        (200, b"<html>"),
        (200, b"[]"),
        (200, b"{}"),
        (200, b'{"keys": 1}'),
        (200, b'{"keys": [1, null]}'),
        (200, b'{"keys": []}'),
    ],
    ids=str,
)
async def test_an_issuer_without_readable_keys_is_our_trouble_not_the_callers(
    here: Installation, answer: tuple[int, bytes]
) -> None:
    here.issuer.answer_instead = answer
    assert await here.code_for(here.issuer.token(MAY)) == "unavailable"


async def test_a_silent_issuer_is_asked_again_only_after_a_pause(here: Installation) -> None:
    here.issuer.answer_instead = (503, b"")
    for _ in range(5):
        assert await here.code_for(here.issuer.token(MAY)) == "unavailable"
    assert here.issuer.asked == 1
    here.issuer.answer_instead = None
    here.clock.now += here.source.retry_s + 1
    assert await here.knows(here.issuer.token(MAY))


async def test_keys_outlive_a_short_silence_of_the_issuer_but_not_a_long_one(
    here: Installation,
) -> None:
    assert await here.knows(here.issuer.token(MAY))
    here.issuer.answer_instead = (503, b"")
    here.clock.now += here.source.kept_s + 1
    assert await here.knows(here.issuer.token(MAY))
    here.clock.now += here.source.trusted_s
    assert await here.code_for(here.issuer.token(MAY)) == "unavailable"


async def test_an_unknown_key_of_a_silent_issuer_is_not_held_against_the_caller(
    here: Installation,
) -> None:
    assert await here.knows(here.issuer.token(MAY))
    here.clock.now += here.source.retry_s + 1
    here.issuer.rotate(keep_old=True)
    here.issuer.answer_instead = (503, b"")
    assert await here.code_for(here.issuer.token(MAY)) == "unavailable"


@pytest.mark.parametrize(
    ("method", "path", "json"),
    [
        ("GET", "/bodies", None),
        ("GET", "/bodies?limit=none", None),
        ("POST", "/bodies", {"no": "body"}),
    ],
)
async def test_an_unreachable_issuer_is_a_503_with_a_code(
    settings: Settings, city: City, method: str, path: str, json: dict[str, str] | None
) -> None:
    with running_issuer() as issuer:
        pass  # nobody listens at its address any more
    told = {"oidc_issuer": issuer.name, "oidc_jwks_url": issuer.jwks_url}
    app = create_app(settings.model_copy(update=told))
    async with app.router.lifespan_context(app), open_client(app) as client:
        headers = {"authorization": f"Bearer {issuer.token(MAY)}", "accept-language": "en"}
        answer = await client.request(method, f"/api/v1{path}", json=json, headers=headers)
    assert answer.status_code == 503, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "unavailable"
    assert "issuer" in answer.json()["detail"]
    assert issuer.jwks_url not in answer.text
