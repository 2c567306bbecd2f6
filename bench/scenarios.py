"""What is asked: the requests that are measured, as bytes on the wire."""

import json
from dataclasses import dataclass

from bench.cases import ANSWER, PROCESS, TASK
from bench.city import BODY

KEY = "bench-"
"""An Idempotency-Key is this and twelve digits."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of request. `request(body, serial)` names a body and numbers the request."""

    name: str
    method: str
    path: str
    sent: dict[str, object] | None
    expected: int
    #: Whether each request uses up a case of its own, numbered as the request is.
    is_own: bool = False
    if_match: str | None = None

    def request(self, body: int, serial: int) -> tuple[str, dict[str, str], bytes]:
        """Path, headers and body."""
        path = self.path.format(body=f"{BODY}{body}", task=f"{TASK}{serial}")
        if self.sent is None:
            return path, {}, b""
        headers = {"content-type": "application/json", "idempotency-key": f"{KEY}{serial}"}
        if self.if_match is not None:
            headers["if-match"] = self.if_match
        text = json.dumps(self.sent, ensure_ascii=False).replace("{body}", f"{BODY}{body}")
        return path, headers, text.encode()

    def wire(self, body: int, serial: int, token: str) -> bytes:
        """The request as HTTP/1.1 bytes on a connection that is kept."""
        path, headers, sent = self.request(body, serial)
        lines = [f"{self.method} {path} HTTP/1.1", "host: bench", f"authorization: Bearer {token}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"content-length: {len(sent)}", "", ""]
        return "\r\n".join(lines).encode() + sent


SCENARIOS = {
    scenario.name: scenario
    for scenario in (
        Scenario(
            "reserve_posts",
            "POST",
            "/api/v1/bodies/{body}/reservations",
            {
                "kind": "ADMIN",
                "funding": "FULL",
                "posts": 1,
                "purpose": "2026年度招录",
                "effective_on": "2026-01-15",
                "expires_on": "2036-01-15",
            },
            201,
        ),
        Scenario(
            "complete_task",
            "POST",
            "/api/v1/tasks/{task}/complete",
            {"variables": ANSWER},
            200,
            is_own=True,
            if_match='"1"',
        ),
        Scenario(
            "start_instance",
            "POST",
            f"/api/v1/processes/{PROCESS}/instances",
            {"body_id": "{body}", "variables": {"posts": 7}},
            201,
        ),
        Scenario("read_balances", "GET", "/api/v1/bodies/{body}/balances", None, 200),
    )
}
