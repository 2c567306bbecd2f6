"""Whether the process lives, and whether it can serve."""

from fastapi import APIRouter, Request
from pydantic import BaseModel

from service.core.errors import InternalError, Unavailable
from service.core.http.mount import responses_of
from service.core.store.db import Database


class Health(BaseModel):
    """`ok`, or the request is refused with 503."""

    status: str = "ok"


def routes(expected: frozenset[str]) -> APIRouter:
    """The two addresses; `expected` are the revisions at which the schema must stand."""
    router = APIRouter(tags=["health"])

    @router.get("/health/live", operation_id="readLiveness", summary="存活检查 · Liveness")
    async def live() -> Health:
        """The process answers. It asks nobody: a database that is away is no reason to end it."""
        return Health()

    @router.get(
        "/health/ready",
        operation_id="readReadiness",
        summary="就绪检查 · Readiness",
        responses=responses_of([InternalError, Unavailable]),
    )
    async def ready(request: Request) -> Health:
        """The database answers and its schema is the one that this version expects."""
        database: Database = request.app.state.database
        async with database.reading.acquire(timeout=2) as connection:
            rows = await connection.fetch("SELECT version_num FROM alembic_version", timeout=2)
        present = {row["version_num"] for row in rows}
        if present != expected:
            raise Unavailable(
                f"Expected the schema {', '.join(sorted(expected))}, "
                f"but it is {', '.join(sorted(present))}.",
                "数据库结构应当与本版本一致，但并不一致。",
            )
        return Health()

    return router
