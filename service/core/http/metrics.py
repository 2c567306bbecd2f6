"""What Prometheus is told, at `/metrics`.

Counters are kept by each process. Where `serve` runs several of them, they count together in
the files of one folder (`PROMETHEUS_MULTIPROC_DIR`, which `serve` sets before they start), and
any of them answers for all. What the database knows (the backlog) is asked when told, so that
it is right whichever process answers, and includes the workers'.
"""

import os
import time
from collections.abc import Awaitable, Callable, Sequence

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from service.core.store.db import Connection, Database

Backlog = Callable[[Connection], Awaitable[None]]
"""Asks the database something and sets gauges of its own by it."""

REQUESTS = Counter("dingbian_requests", "Requests answered.", ["operation", "status"])
SECONDS = Histogram(
    "dingbian_request_seconds",
    "Time to the end of the answer, in seconds.",
    ["operation", "status"],
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)
COMMANDS = Counter(
    "dingbian_commands",
    "Commands by outcome: done, replayed, or the refusal.",
    ["command", "outcome"],
)
CONNECTIONS = Gauge(
    "dingbian_pool_connections",
    "Connections to the database of all processes.",
    ["pool", "use"],
    multiprocess_mode="livesum",
)
_POOLS_EVERY_S = 1.0


class Pools:
    """Notes how many connections are in use, at most once a second."""

    def __init__(self) -> None:
        self._noted_at = float("-inf")

    def note(self, database: Database) -> None:
        now = time.monotonic()
        if now - self._noted_at < _POOLS_EVERY_S:
            return
        self._noted_at = now
        for name, pool in (("writing", database.writing), ("reading", database.reading)):
            open_now, idle = pool.get_size(), pool.get_idle_size()
            CONNECTIONS.labels(name, "open").set(open_now)
            CONNECTIONS.labels(name, "busy").set(open_now - idle)
            CONNECTIONS.labels(name, "most").set(pool.get_max_size())


def routes(backlogs: Sequence[Backlog]) -> APIRouter:
    """`GET /metrics`. Not part of the contract, and not for the outside: see the how-to."""
    router = APIRouter()

    @router.get("/metrics", include_in_schema=False)
    async def metrics(request: Request) -> Response:
        database: Database = request.app.state.database
        async with database.reading.acquire() as connection:
            for backlog in backlogs:
                await backlog(connection)
        return Response(generate_latest(_registry()), media_type=CONTENT_TYPE_LATEST)

    return router


def _registry() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it has no types
    return registry
