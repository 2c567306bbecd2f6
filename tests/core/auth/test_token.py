"""Tokens of the city's issuer: the right one gets in, every other one is told why it does not."""

import base64
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import httpx
import pytest
from joserfc import jws
from joserfc.jwk import OctKey, RSAKey

from service.main import create_app
from service.settings import Settings
from tests.builders import City
from tests.conftest import open_client
from tests.core.auth.issuer import AUDIENCE, Issuer, new_key, running_issuer
from tests.people import MAY

Ask = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        yield issuer


@pytest.fixture
async def ask(settings: Settings, city: City, issuer: Issuer) -> AsyncIterator[Ask]:
    """Read the list of bodies with a token, from an installation that trusts the issuer."""
    trusting = {"oidc_issuer": issuer.name, "oidc_jwks_url": issuer.jwks_url}
    app = create_app(settings.model_copy(update=trusting))
    async with app.router.lifespan_context(app), open_client(app) as client:

        async def ask(token: str, path: str = "/bodies", method: str = "GET") -> httpx.Response:
            proof = f"Bearer {token}".encode("latin-1")
            headers = {b"authorization": proof, b"accept-language": b"en"}
            return await client.request(method, f"/api/v1{path}", headers=headers)

        yield ask


def require_refused(answer: httpx.Response) -> dict[str, Any]:
    """That an answer is a 401 problem document; gives the document."""
    problem: dict[str, Any] = answer.json()
    assert answer.status_code == 401, problem
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert problem["code"] == "not_authenticated"
    assert problem["detail"].startswith("Expected a valid bearer token, but ")
    return problem


async def test_a_token_of_the_issuer_lets_its_person_in(ask: Ask, issuer: Issuer) -> None:
    answer = await ask(issuer.token(MAY))
    assert answer.status_code == 200, answer.text
    assert len(answer.json()["items"]) == 2


async def test_a_token_for_several_audiences_is_one_for_us_too(ask: Ask, issuer: Issuer) -> None:
    answer = await ask(issuer.token(MAY, aud=["another", AUDIENCE]))
    assert answer.status_code == 200, answer.text


async def test_a_token_that_ends_after_all_time_is_not_our_fault(ask: Ask, issuer: Issuer) -> None:
    assert (await ask(issuer.token(MAY, exp=10**400))).status_code == 200


async def test_a_token_signed_with_rsa_lets_its_person_in(ask: Ask, issuer: Issuer) -> None:
    issuer.key = RSAKey.generate_key(2048, auto_kid=True)
    issuer.published = [issuer.key]
    assert (await ask(issuer.token(MAY))).status_code == 200


async def test_header_members_that_we_do_not_know_are_ignored(ask: Ask, issuer: Issuer) -> None:
    answer = await ask(issuer.token(MAY, header={"nonce": "n-1"}))
    assert answer.status_code == 200, answer.text


async def test_a_genuine_token_of_somebody_unknown_here_is_not_allowed(
    ask: Ask, issuer: Issuer
) -> None:
    answer = await ask(issuer.token("nobody"))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


_HOUR = 3600


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://login.elsewhere.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"exp": lambda now: now - _HOUR},
        {"exp": None},
        {"exp": float("nan")},
        {"exp": "tomorrow"},
        {"nbf": lambda now: now + _HOUR},
        {"iat": lambda now: now + _HOUR},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": f"{MAY}\0"},
        {"sub": "s" * 256},
    ],
    ids=lambda claims: next(iter(claims)),
)
async def test_a_token_that_says_the_wrong_thing_is_refused(
    ask: Ask, issuer: Issuer, claims: dict[str, Any]
) -> None:
    now = int(time.time())
    said = {name: value(now) if callable(value) else value for name, value in claims.items()}
    require_refused(await ask(issuer.token(MAY, **said)))


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


async def test_a_token_without_a_signature_is_refused(ask: Ask, issuer: Issuer) -> None:
    _, payload, _ = issuer.token(MAY).split(".")
    for alg in ("none", "None", "NONE"):
        require_refused(await ask(f"{_part({'alg': alg, 'kid': issuer.key.kid})}.{payload}."))


async def test_the_public_key_is_no_secret_to_sign_with(ask: Ask, issuer: Issuer) -> None:
    issuer.key = RSAKey.generate_key(2048, auto_kid=True)
    issuer.published = [issuer.key]
    signed = f"{_part({'alg': 'HS256', 'kid': issuer.key.kid})}.{issuer.token(MAY).split('.')[1]}"
    for secret in (issuer.key.as_pem(private=False), issuer.key.as_der(private=False)):
        forged = hmac.digest(secret, signed.encode(), "sha256")
        signature = base64.urlsafe_b64encode(forged).rstrip(b"=").decode()
        require_refused(await ask(f"{signed}.{signature}"))


async def test_a_secret_that_an_issuer_published_by_mistake_signs_nothing(
    ask: Ask, issuer: Issuer
) -> None:
    secret = OctKey.generate_key(256, auto_kid=True)
    issuer.published.append(secret.as_dict(private=True))
    payload = base64.urlsafe_b64decode(issuer.token(MAY).split(".")[1] + "==")
    header = {"alg": "HS256", "kid": secret.kid}
    require_refused(await ask(jws.serialize_compact(header, payload, secret, ["HS256"])))


async def test_a_key_that_is_meant_for_encryption_signs_nothing(ask: Ask, issuer: Issuer) -> None:
    for_encryption = new_key()
    issuer.published.append({**for_encryption.as_dict(private=False), "use": "enc"})
    issuer.key = for_encryption
    require_refused(await ask(issuer.token(MAY)))


async def test_a_key_of_a_kind_that_we_do_not_know_spoils_no_other(
    ask: Ask, issuer: Issuer
) -> None:
    issuer.published[:0] = [{"kty": "AKP", "kid": "pq-1", "pub": "AA"}, {"kty": "EC", "kid": "e"}]
    assert (await ask(issuer.token(MAY))).status_code == 200


async def test_a_token_that_somebody_else_signed_is_refused(ask: Ask, issuer: Issuer) -> None:
    kid, issuer.key = issuer.key.kid, new_key()
    require_refused(await ask(issuer.token(MAY, header={"kid": kid})))


async def test_a_token_with_other_words_than_were_signed_is_refused(
    ask: Ask, issuer: Issuer
) -> None:
    header, _, signature = issuer.token("nobody").split(".")
    _, payload, _ = issuer.token(MAY).split(".")
    require_refused(await ask(f"{header}.{payload}.{signature}"))


async def test_what_is_critical_and_unknown_to_us_is_refused(ask: Ask, issuer: Issuer) -> None:
    head = {"alg": "ES256", "kid": issuer.key.kid, "crit": ["urn:new"], "urn:new": True}
    _, payload, signature = issuer.token(MAY).split(".")
    require_refused(await ask(f"{_part(head)}.{payload}.{signature}"))


@pytest.mark.parametrize(
    "token",
    ["x", "a.b", "a.b.c", "..", "....", "é.é.é", "W10.e30.AA", "bnVsbA.bnVsbA.AA", "MQ.MQ.MQ"],
)
async def test_what_is_no_token_is_refused(ask: Ask, token: str) -> None:
    require_refused(await ask(token))


@pytest.mark.parametrize("kid", [7, None, [], {}, "", "k" * 400])
async def test_a_key_id_of_the_wrong_kind_is_refused(ask: Ask, issuer: Issuer, kid: Any) -> None:
    issuer.rotate(keep_old=True)  # with two keys, nothing can be guessed
    _, payload, signature = issuer.token(MAY).split(".")
    require_refused(await ask(f"{_part({'alg': 'ES256', 'kid': kid})}.{payload}.{signature}"))


async def test_a_token_longer_than_any_real_one_is_refused_unread(ask: Ask, issuer: Issuer) -> None:
    problem = require_refused(await ask(issuer.token(MAY, groups="g" * 20_000)))
    assert "16384" in problem["detail"]
    assert issuer.asked == 0


async def test_a_token_is_refused_alike_where_something_would_be_changed(
    ask: Ask, issuer: Issuer
) -> None:
    token = issuer.token(MAY, aud="another")
    require_refused(await ask(token, "/bodies", method="POST"))
