"""Tokens: the service is an OIDC resource server, and knows API keys of programs.

A token must be signed by a key of the configured issuer with one of the pinned algorithms and
name that issuer and this audience. What was verified is remembered for a minute at most, so
that a signature is not checked at every request; duties are read afresh each time.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
from fastapi import Request
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet, OctKey
from joserfc.jws import JWSRegistry

from service.core.auth.actor import Caller
from service.core.errors import NotAuthenticated, Refusal, Unavailable
from service.core.http.mount import caller_from

_REMEMBERED_S = 60.0
_REMEMBERED_MAX = 10_000
_LEEWAY_S = 30
#: Characters of a token, and of the subject in it (OpenID Connect Core 1.0, section 2).
_TOKEN_MAX = 16_384
_SUBJECT_MAX = 255
API_KEY_HEADER = "x-api-key"


class KeySource(Protocol):
    """Where the issuer's public keys come from."""

    async def keys(self, *, fresh: bool = False) -> KeySet:
        """The key set; `fresh` asks again where the remembered one lacked a key.

        Raises:
            Unavailable: Nobody knows the keys at the moment.
        """
        ...


@dataclass(slots=True)
class PublishedKeys:
    """The keys that an issuer publishes (JWKS), fetched when first needed.

    They are asked for again after `kept_s` seconds and when a token names one that is unknown.
    While the issuer is silent they hold for `trusted_s` seconds. Nothing makes the service ask
    more often than every `retry_s` seconds: neither a forged key id nor a silent issuer.
    """

    url: str
    kept_s: float = 600.0
    trusted_s: float = 3600.0
    retry_s: float = 10.0
    #: Seconds that never run backwards.
    clock: Callable[[], float] = time.monotonic
    _set: KeySet | None = None
    _got_at: float = float("-inf")
    _asked_at: float = float("-inf")
    _is_silent: bool = False
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def keys(self, *, fresh: bool = False) -> KeySet:
        """The published keys; raises as `KeySource.keys` does."""
        if not self._asking.locked() or fresh or not self._is_trusted():
            async with self._asking:
                if self._must_ask(fresh):
                    await self._ask()
        if self._set is None or not self._is_trusted() or (fresh and self._is_silent):
            raise Unavailable(
                "Expected the issuer of tokens to publish its keys, but they cannot be read.",
                "令牌签发方应当公布其公钥，但目前无法读取。",
            )
        return self._set

    def _is_trusted(self) -> bool:
        return self.clock() - self._got_at < self.trusted_s

    def _must_ask(self, fresh: bool) -> bool:
        now = self.clock()
        return now - self._asked_at > self.retry_s and (fresh or now - self._got_at > self.kept_s)

    async def _ask(self) -> None:
        self._asked_at = self.clock()
        try:
            async with httpx.AsyncClient(timeout=5.0, follow_redirects=False) as client:
                response = await client.get(self.url)
            response.raise_for_status()
            self._set = _signing_keys(response.json())
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            self._is_silent = True
        else:
            self._got_at, self._is_silent = self.clock(), False


def _signing_keys(published: Any) -> KeySet:
    """The keys of a JWKS that can verify a signature; others, also unknown kinds, are ignored.

    Secret keys are ignored too: what is published is no secret (RFC 8725, section 2.1).

    Raises:
        ValueError: There is no key among them.
    """
    told = published.get("keys") if isinstance(published, dict) else None
    keys = [_signing_key(each) for each in told] if isinstance(told, list) else []
    usable = [key for key in keys if key is not None]
    if not usable:
        raise ValueError("Expected a key set with a public key for signatures, but it has none.")
    return KeySet(usable)


def _signing_key(told: Any) -> Key | None:
    if not isinstance(told, dict) or told.get("use", "sig") != "sig":
        return None
    try:
        key = JWKRegistry.import_key(told)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    return None if isinstance(key, OctKey) else key


@dataclass(slots=True)
class Tokens:
    """Identifies callers by bearer token or API key; see `Caller`."""

    source: KeySource | None
    issuer: str
    audience: str
    algorithms: tuple[str, ...]
    #: Seconds since 1970.
    clock: Callable[[], float] = time.time
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
        except Refusal as refused:
            return caller_from(request, refused=refused)

    async def _subject(self, token: str) -> str:
        if len(token) > _TOKEN_MAX:
            raise _rejected(f"it is longer than {_TOKEN_MAX} characters", f"超过{_TOKEN_MAX}个字符")
        if not token.isascii():
            raise _rejected("it is not one", "不是访问令牌")
        digest = hashlib.sha256(token.encode()).digest()
        now = self.clock()
        known, until = self._verified.get(digest, ("", 0.0))
        if now < until:
            return known
        claims = await self._claims(token)
        subject: str = claims["sub"]
        if len(subject) > _SUBJECT_MAX or not subject.isprintable():
            raise _rejected("its subject is not one", "主体标识无效")
        if len(self._verified) >= _REMEMBERED_MAX:
            self._verified.clear()
        self._verified[digest] = subject, min(claims["exp"], now + _REMEMBERED_S)
        return subject

    async def _claims(self, token: str) -> dict[str, Any]:
        if self.source is None:
            raise _rejected("no issuer is configured", "未配置签发方")
        try:
            try:
                claims = self._signed(token, await self.source.keys())
            except InvalidKeyIdError:
                claims = self._signed(token, await self.source.keys(fresh=True))
        except (JoseError, ValueError) as error:
            raise _rejected("its signature does not hold", "签名无效") from error
        try:
            jwt.JWTClaimsRegistry(
                leeway=_LEEWAY_S,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.audience},
                exp={"essential": True},
                sub={"essential": True},
            ).validate(claims)
        except JoseError as error:
            raise _rejected("it is expired or not for us", "已过期或并非签发给本系统") from error
        return claims

    def _signed(self, token: str, keys: KeySet) -> dict[str, Any]:
        """What the token says, its signature verified; unknown header members are ignored."""
        registry = JWSRegistry(algorithms=self.algorithms, strict_check_header=False)
        return jwt.decode(token, keys, algorithms=self.algorithms, registry=registry).claims


def _rejected(why: str, why_zh: str) -> NotAuthenticated:
    return NotAuthenticated(
        f"Expected a valid bearer token, but {why}.", f"应当使用有效的访问令牌，但其{why_zh}。"
    )
