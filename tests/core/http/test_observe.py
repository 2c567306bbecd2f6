"""What stands around every request: ids, logs, metrics, health, limits, headers."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from service.main import create_app
from service.settings import Settings
from tests.builders import City
from tests.conftest import Api, open_client
from tests.people import NEVER

ASKED = {
    "kind": "ADMIN",
    "funding": "FULL",
    "posts": 1,
    "purpose": "给张三的岗位",
    "effective_on": "2026-03-01",
    "expires_on": "2026-09-01",
}


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with open_client(app) as client:
        yield client


@pytest.fixture
def logs() -> Iterator[list[Any]]:
    with capture_logs() as lines:
        yield lines


async def counted(client: httpx.AsyncClient, sample: str) -> float:
    """The value of one sample at `/metrics`, 0 where there is none yet."""
    text = (await client.get("/metrics")).text
    found = re.search(rf"^{re.escape(sample)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def test_a_well_formed_request_id_goes_through_answers_problems_and_logs(
    api: Api, city: City, logs: list[Any]
) -> None:
    refused = await api("GET", f"/bodies/{city.body}/balances", who=NEVER, x_request_id="a-1.b_2")
    assert refused.headers["x-request-id"] == "a-1.b_2"
    assert refused.json()["instance"] == "a-1.b_2"
    assert logs[-1]["request_id"] == "a-1.b_2"


@pytest.mark.parametrize("given", ["", "x" * 65, 'a"b', "a b"])
async def test_any_other_request_id_is_replaced(client: httpx.AsyncClient, given: str) -> None:
    answer = await client.get("/health/live", headers={"x-request-id": given})
    assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-request-id"])


async def test_a_log_line_names_the_operation_and_nothing_of_what_was_asked(
    api: Api, city: City, logs: list[Any]
) -> None:
    await api("POST", f"/bodies/{city.body}/reservations?name=张三", ASKED)
    (line,) = [line for line in logs if line["event"] == "request"]
    assert line["ms"] > 0
    assert {name: line[name] for name in ("method", "route", "operation", "status", "outcome")} == {
        "method": "POST",
        "route": "/bodies/{body_id}/reservations",
        "operation": "reservePosts",
        "status": 422,
        "outcome": "account_missing",
    }
    assert "张三" not in str(line)
    assert str(city.body) not in str(line)


async def test_requests_and_commands_are_counted_by_operation_and_outcome(
    api: Api, client: httpx.AsyncClient, city: City
) -> None:
    requests = 'dingbian_requests_total{operation="reservePosts",status="422"}'
    seconds = 'dingbian_request_seconds_count{operation="reservePosts",status="422"}'
    commands = 'dingbian_commands_total{command="quota.reserve_posts",outcome="account_missing"}'
    before = [await counted(client, sample) for sample in (requests, seconds, commands)]
    await api("POST", f"/bodies/{city.body}/reservations", ASKED)
    after = [await counted(client, sample) for sample in (requests, seconds, commands)]
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1, 1]


async def test_the_backlog_and_the_pools_are_told(
    api: Api, client: httpx.AsyncClient, settings: Settings, city: City
) -> None:
    document = {"series": "青编", "year": 2026, "title": "t", "issued_on": "2026-01-01"}
    made = await api("POST", "/documents", document | {"issuer": "青澜市委编办"})
    assert made.status_code == 201
    assert await counted(client, "dingbian_outbox_waiting") == 1
    assert await counted(client, "dingbian_outbox_oldest_seconds") > 0
    assert await counted(client, 'dingbian_deliveries{state="dead"}') == 0
    most = await counted(client, 'dingbian_pool_connections{pool="writing",use="most"}')
    assert most == settings.pool_size


async def test_an_unknown_path_makes_no_new_series(client: httpx.AsyncClient) -> None:
    for path in ("/api/v1/nothing", "/api/v1/nothing/else"):
        assert (await client.get(path)).status_code == 404
    text = (await client.get("/metrics")).text
    assert "nothing" not in text
    assert 'operation="none",status="404"' in text


async def test_it_is_ready_only_at_the_schema_of_this_version(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    assert (await client.get("/health/ready")).json() == {"status": "ok"}
    owner = await asyncpg.connect(settings.migration_database_url)
    await owner.execute("UPDATE alembic_version SET version_num = 'older'")
    await owner.close()
    refused = await client.get("/health/ready")
    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert (await client.get("/health/live")).status_code == 200


async def test_a_body_beyond_the_limit_is_a_problem_wherever_it_goes(
    api: Api, client: httpx.AsyncClient, settings: Settings, city: City
) -> None:
    too_large = ASKED | {"purpose": "x" * settings.body_max_bytes}
    refused = await api("POST", f"/bodies/{city.body}/reservations", too_large)
    unread = await client.post("/api/v1/nothing", json=too_large)

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(settings.body_max_bytes // 1000 + 1):
            yield b"x" * 1000

    path = f"/api/v1/bodies/{city.body}/reservations"
    json_type = {"content-type": "application/json"}
    chunked = await client.post(path, content=chunks(), headers=json_type)
    for answer in (refused, unread, chunked):
        assert (answer.status_code, answer.json()["code"]) == (413, "payload_too_large")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-request-id"]


async def test_a_fault_of_our_own_is_a_problem_with_its_id_and_no_word_of_its_message(
    app: FastAPI, client: httpx.AsyncClient, logs: list[Any]
) -> None:
    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("张三")

    answer = await client.get("/broken", headers={"x-request-id": "f1"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["x-request-id"] == "f1"
    assert "张三" not in answer.text
    assert [line["status"] for line in logs if line["event"] == "request"] == [500]


async def test_a_logged_fault_tells_its_place_but_not_its_message(
    app: FastAPI, client: httpx.AsyncClient, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    create_app(app.state.settings)  # logs to what is captured now

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("张三")

    await client.get("/broken")
    written = capfdbinary.readouterr().out
    assert b"builtins.RuntimeError" in written
    assert b"test_observe.py" in written
    assert "张三".encode() not in written


async def test_answers_are_not_kept_framed_or_guessed_at(api: Api, city: City) -> None:
    answer = await api("GET", f"/bodies/{city.body}/balances")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-frame-options"] == "DENY"


async def test_a_demo_tells_its_clock_on_every_answer(
    api: Api, client: httpx.AsyncClient, settings: Settings, city: City
) -> None:
    owner = await asyncpg.connect(settings.migration_database_url)
    await owner.execute("UPDATE demo_clock SET moved = interval '10 days'")
    await owner.close()
    answers = [
        await api("GET", f"/bodies/{city.body}/balances"),
        await api("GET", f"/bodies/{city.body}/balances", who=NEVER),
        await client.get("/health/live"),
    ]
    for answer in answers:
        told = datetime.fromisoformat(answer.headers["dingbian-clock"])
        assert timedelta(days=9) < told - datetime.now(told.tzinfo) < timedelta(days=11)


async def test_elsewhere_there_is_no_such_clock(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"is_demo": False}))
    async with app.router.lifespan_context(app), open_client(app) as client:
        assert "dingbian-clock" not in (await client.get("/health/live")).headers
