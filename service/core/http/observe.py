"""What stands around every request: its id, its log line, its metrics, headers of every answer.

One pure ASGI layer, outside of everything else, so that it also sees what went wrong inside.
A log line has the route's template, never the path; no query string, no address, no name.
"""

import re
import time
from datetime import UTC, datetime, timedelta

import structlog
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.core.clock import CITY_ZONE
from service.core.command import Answer
from service.core.http.metrics import COMMANDS, REQUESTS, SECONDS, Pools
from service.core.http.problem import PROBLEM, payload_too_large, problem_response
from service.core.ids import new_id

_WELL_FORMED = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_JSON_TYPES = (b"application/json", b"application/problem+json")
_ON_EVERY_ANSWER = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_NOT_KEPT = (b"cache-control", b"no-store")
_ASKED_AGAIN = (b"cache-control", b"private, no-cache")
_SHOWS_NOTHING = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")

_log = structlog.get_logger("service.requests")


def install(app: FastAPI) -> None:
    """Put the layer around the app, also around the handler of what nobody expected."""
    build = app.build_middleware_stack

    def observed() -> ASGIApp:
        return Observed(build(), app)

    app.build_middleware_stack = observed  # type: ignore[method-assign]  # no middleware is outside


class Observed:
    """The layer. In a demo it tells the demo's clock on every answer (`Dingbian-Clock`)."""

    def __init__(self, inside: ASGIApp, app: FastAPI) -> None:
        self._inside = inside
        self._state = app.state
        self._pools = Pools()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        scope["request_id"] = _request_id(scope)
        seen = _Seen(self, scope, send)
        began = time.perf_counter()
        try:
            await self._inside(scope, receive, seen.send)
        except Exception:
            if not seen.status:  # else its handler has answered and logged it
                raise
        finally:
            self._note(scope, seen.status or 500, time.perf_counter() - began)

    def clock(self, scope: Scope) -> bytes | None:
        """The demo's time at this answer; None outside of a demo.

        How far it is ahead is known from the newest answer that the database took part in.
        """
        if not self._state.settings.is_demo:
            return None
        answer: Answer | None = scope.get("answer")
        if answer is not None and answer.now is not None:
            self._state.ahead = answer.now - datetime.now(UTC)
        now = datetime.now(CITY_ZONE) + getattr(self._state, "ahead", timedelta(0))
        return now.isoformat(timespec="seconds").encode()

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        operation = getattr(route, "operation_id", None) or getattr(route, "name", None) or "none"
        answer: Answer | None = scope.get("answer")
        outcome = scope.get("outcome") or (answer.outcome if answer else None)
        REQUESTS.labels(operation, status).inc()
        SECONDS.labels(operation, status).observe(seconds)
        if (command := scope.get("command")) is not None and outcome is not None:
            COMMANDS.labels(command, outcome).inc()
        if (database := getattr(self._state, "database", None)) is not None:
            self._pools.note(database)
        _log.info(
            "request",
            method=scope["method"],
            route=getattr(route, "path", None),
            operation=operation,
            status=status,
            outcome=outcome,
            ms=round(seconds * 1000, 2),
            request_id=scope["request_id"],
        )


class _Seen:
    """The answer to one request on its way out."""

    def __init__(self, layer: Observed, scope: Scope, send: Send) -> None:
        self._layer, self._scope, self._send = layer, scope, send
        self._instead: bytes | None = None
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._headers(self._as_problem(message))}
        elif self._instead is not None:
            message = {"type": "http.response.body", "body": self._instead}
        await self._send(message)

    def _as_problem(self, start: Message) -> list[tuple[bytes, bytes]]:
        """The headers of an answer. The framework's own 413, about a body that nobody read, is
        the one error that does not come as a problem document; it becomes one."""
        headers: list[tuple[bytes, bytes]] = list(start["headers"])
        if self.status == 413 and (b"content-type", PROBLEM.encode()) not in headers:
            problem = problem_response(Request(self._scope), payload_too_large())
            self._instead = bytes(problem.body)
            return list(problem.raw_headers)
        return headers

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        present = {name.lower(): value for name, value in headers}
        ours = [*_ON_EVERY_ANSWER, _ASKED_AGAIN if b"etag" in present else _NOT_KEPT]
        if present.get(b"content-type", b"").startswith(_JSON_TYPES):
            ours.append(_SHOWS_NOTHING)
        ours.append((b"x-request-id", self._scope["request_id"].encode()))
        if (clock := self._layer.clock(self._scope)) is not None:
            ours.append((b"dingbian-clock", clock))
        return headers + [header for header in ours if header[0] not in present]


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _WELL_FORMED.fullmatch(value):
            return str(value.decode())
    return str(new_id())
