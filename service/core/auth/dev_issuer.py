"""The development issuer: tokens for the people of the sample city, without passwords.

It exists in a demo only, while no other issuer is configured and the service listens on the
loopback address; and it answers those only who come from there and call it by a name of it. Its
key lives in the data folder, so that every process of one installation trusts the same one.
"""

import json
import time
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import HTTPException
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet
from pydantic import BaseModel

from service.core.auth.policy import missing
from service.core.auth.private_file import read_private
from service.core.start import CannotStart
from service.core.values import Line

ISSUER = "urn:dingbian:development"
LIFETIME_S = 3600


@dataclass(frozen=True, slots=True)
class DevIssuer:
    """Signs tokens with its own key; also the key source that trusts them."""

    key: ECKey
    audience: str

    @classmethod
    def of(cls, data_dir: Path, audience: str) -> "DevIssuer":
        """The issuer of an installation; makes its key at first use (readable by us alone).

        Raises:
            CannotStart: Its key cannot be read, or others can read it.
        """
        path = data_dir / "dev_issuer.json"
        try:
            return cls(ECKey.import_key(json.loads(read_private(path, _fresh_key))), audience)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            raise CannotStart(
                f"Expected the key of the development issuer in {path}, but it is not one; "
                "without the file, a new one is made."
            ) from fault

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
    here_only = [Depends(_require_loopback)]
    router = APIRouter(prefix="/dev", include_in_schema=False, dependencies=here_only)

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
                "SELECT true FROM actor WHERE subject = $1 AND is_active AND NOT is_program",
                asked.subject,
            )
        if not known:
            raise missing("a person with this subject")
        return TokenGiven(access_token=issuer.token(asked.subject))

    return router


def _fresh_key() -> str:
    return json.dumps(ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True))


def _require_loopback(request: Request) -> None:
    """Be absent for whoever comes from elsewhere, or calls this machine by a foreign name.

    A page of the internet can have its own name point at 127.0.0.1; its Host gives it away.
    """
    client = request.client.host if request.client else ""
    try:
        name = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        name = ""
    if not (_is_loopback(client) and (name == "localhost" or _is_loopback(name))):
        raise HTTPException(404)


def _is_loopback(address: str) -> bool:
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return (getattr(ip, "ipv4_mapped", None) or ip).is_loopback
