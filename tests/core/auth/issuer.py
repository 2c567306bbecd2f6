"""An issuer of tokens as a city runs one: it signs, and publishes its keys over HTTP."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jws import JWSRegistry

AUDIENCE = "dingbian"


def new_key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)


@dataclass
class Issuer:
    """Signs with `key`; publishes `published` at `jwks_url`, and counts how often it was asked."""

    name: str = "https://login.qinglan.example"
    key: ECKey | RSAKey = field(default_factory=new_key)
    published: list[Any] = field(default_factory=list)
    #: What it answers instead of its keys: a status and a body.
    answer_instead: tuple[int, bytes] | None = None
    asked: int = 0
    jwks_url: str = ""

    def __post_init__(self) -> None:
        self.published = [self.key]

    def rotate(self, *, keep_old: bool = False) -> None:
        """Sign with a new key from now on, and publish it."""
        self.key = new_key()
        self.published = [*(self.published if keep_old else []), self.key]

    def token(self, subject: str, *, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token for one person; `claims` change what it says, None leaves a claim out."""
        now = int(time.time())
        usual = {"iss": self.name, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + 300}
        told = {name: value for name, value in (usual | claims).items() if value is not None}
        alg = "RS256" if isinstance(self.key, RSAKey) else "ES256"
        head = {"alg": alg, "kid": self.key.kid} | (header or {})
        return jwt.encode(head, told, self.key, registry=JWSRegistry(strict_check_header=False))

    def answer(self) -> tuple[int, bytes]:
        self.asked += 1
        if self.answer_instead is not None:
            return self.answer_instead
        keys = [k if isinstance(k, dict) else k.as_dict(private=False) for k in self.published]
        return 200, json.dumps({"keys": keys}).encode()


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """An issuer that listens on a free port of the loopback address."""
    issuer = Issuer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = issuer.answer()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Keep the output of the tests free of requests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer.jwks_url = f"http://127.0.0.1:{server.server_port}/jwks"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            thread.join()
