"""Tokens: the service is an OIDC resource server, and knows API keys of programs.

A token must be signed by a key of the configured issuer with one of the pinned algorithms and
name that issuer and this audience. What was verified is remembered for a minute at most, so
that a signature is not checked at every request; duties are read afresh each time.
"""

import hashlib
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
from fastapi import Request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.core.auth.actor import Caller
from service.core.errors import NotAuthenticated
from service.core.http.mount import caller_from

_REMEMBERED_S = 60.0
_REMEMBERED_MAX = 10_000
_LEEWAY_S = 30
API_KEY_HEADER = "x-api-key"


class KeySource(Protocol):
    """Where the issuer's public keys come from."""

    async def keys(self, *, fresh: bool = False) -> KeySet:
        """The key set; `fresh` asks again where the remembered one lacked a key."""
        ...


@dataclass(slots=True)
class PublishedKeys:
    """The keys that an issuer publishes (JWKS), fetched when first needed and kept a while.

    An unknown key asks again, at most every `retry_s` seconds, so that a forged `kid` cannot
    make the service call the issuer at every request.
    """

    url: str
    kept_s: float = 3600.0
    retry_s: float = 30.0
    _set: KeySet | None = None
    _asked_at: float = float("-inf")

    async def keys(self, *, fresh: bool = False) -> KeySet:
        age = time.monotonic() - self._asked_at
        wanted = self._set is None or age > self.kept_s or (fresh and age > self.retry_s)
        if wanted:
            self._asked_at = time.monotonic()
            async with httpx.AsyncClient(timeout=5.0, follow_redirects=False) as client:
                response = await client.get(self.url)
                response.raise_for_status()
            self._set = KeySet.import_key_set(response.json())
        assert self._set is not None
        return self._set


@dataclass(slots=True)
class Tokens:
    """Identifies callers by bearer token or API key; see `Caller`."""

    source: KeySource | None
    issuer: str
    audience: str
    algorithms: tuple[str, ...]
    _verified: dict[bytes, tuple[str, float]] = field(default_factory=dict)

    async def identify(self, request: Request) -> Caller:
        """What a request proves about its sender. A proof that does not hold proves nothing."""
        api_key = request.headers.get(API_KEY_HEADER)
        if api_key is not None:
            digest = hashlib.sha256(api_key.encode()).hexdigest()
            return caller_from(request, api_key_hash=digest)
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            return caller_from(request)
        try:
            return caller_from(request, subject=await self._subject(token.strip()))
        except NotAuthenticated as refused:
            return caller_from(request, refused=refused)

    async def _subject(self, token: str) -> str:
        digest = hashlib.sha256(token.encode()).digest()
        now = time.time()
        subject, until = self._verified.get(digest, ("", 0.0))
        if now < until:
            return subject
        claims = await self._claims(token)
        subject, expires = str(claims["sub"]), float(claims["exp"])
        if len(self._verified) >= _REMEMBERED_MAX:
            self._verified.clear()
        self._verified[digest] = subject, min(expires, now + _REMEMBERED_S)
        return subject

    async def _claims(self, token: str) -> dict[str, Any]:
        if self.source is None:
            raise _rejected("no issuer is configured", "未配置签发方")
        for fresh in (False, True):
            try:
                keys = await self.source.keys(fresh=fresh)
                decoded = jwt.decode(token, keys, algorithms=list(self.algorithms))
                break
            except (httpx.HTTPError, ValueError, JoseError) as error:
                failure = error
        else:
            raise _rejected("its signature does not hold", "签名无效") from failure
        try:
            jwt.JWTClaimsRegistry(
                leeway=_LEEWAY_S,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.audience},
                exp={"essential": True},
                sub={"essential": True},
            ).validate(decoded.claims)
        except JoseError as error:
            raise _rejected("it is expired or not for us", "已过期或并非签发给本系统") from error
        return decoded.claims


def _rejected(why: str, why_zh: str) -> NotAuthenticated:
    return NotAuthenticated(
        f"Expected a valid bearer token, but {why}.", f"应当使用有效的访问令牌，但其{why_zh}。"
    )
