"""The development issuer: tokens for the people of the sample city, without passwords.

It exists in a demo only and answers on the loopback address only. Its key lives in the data
folder, so that every process of one installation trusts the same one.
"""

import contextlib
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.values import Line

ISSUER = "urn:dingbian:development"
LIFETIME_S = 12 * 3600


@dataclass(frozen=True, slots=True)
class DevIssuer:
    """Signs tokens with its own key; also the key source that trusts them."""

    key: ECKey
    audience: str

    @classmethod
    def of(cls, data_dir: Path, audience: str) -> "DevIssuer":
        """The issuer of an installation; makes its key at first use (readable by us alone)."""
        path = data_dir / "dev_issuer.json"
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            fresh = ECKey.generate_key("P-256", auto_kid=True)
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.touch(mode=0o600)
            unfinished.write_text(json.dumps(fresh.as_dict(private=True)))
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(unfinished)  # the first of several processes wins
            unfinished.unlink()
        return cls(ECKey.import_key(json.loads(path.read_text())), audience)

    async def keys(self, *, fresh: bool = False) -> KeySet:
        return KeySet([self.key])

    def token(self, subject: str, lifetime_s: int = LIFETIME_S) -> str:
        """A token for one person, valid for `lifetime_s` seconds."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": self.audience,
            "sub": subject,
            "iat": now,
            "exp": now + lifetime_s,
        }
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)


class TokenAsked(BaseModel):
    """Whom to be: the `subject` of one of `GET /dev/people`."""

    subject: Line


class TokenGiven(BaseModel):
    """A bearer token as OAuth 2.0 gives it."""

    access_token: str
    token_type: str = "Bearer"
    expires_in: int = LIFETIME_S


class PersonOffered(BaseModel):
    """One of the people of the sample city whom one can be."""

    subject: str
    name: str
    duties: list[str]


def routes(issuer: DevIssuer) -> APIRouter:
    """The two addresses of the issuer, outside `/api/v1` and outside the contract."""
    router = APIRouter(prefix="/dev", include_in_schema=False)

    @router.get("/people")
    async def people(request: Request) -> list[PersonOffered]:
        async with request.app.state.database.reading.acquire() as connection:
            records = await connection.fetch(
                """SELECT a.subject, a.name, array_agg(DISTINCT g.duty ORDER BY g.duty) AS duties
                   FROM actor a JOIN assignment g ON g.actor_id = a.id
                   WHERE a.is_active AND NOT a.is_program
                   GROUP BY a.subject, a.name ORDER BY a.subject"""
            )
        return [PersonOffered(**record) for record in records]

    @router.post("/token")
    async def token(request: Request, asked: TokenAsked) -> TokenGiven:
        async with request.app.state.database.reading.acquire() as connection:
            known = await connection.fetchval(
                "SELECT true FROM actor WHERE subject = $1 AND is_active", asked.subject
            )
        if not known:
            raise missing("a person with this subject")
        return TokenGiven(access_token=issuer.token(asked.subject))

    return router
