"""Builds the app: the only place where the parts meet."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from fastapi import FastAPI

import service.operations  # noqa: F401  # all commands are known
from service.core.auth import dev_issuer
from service.core.auth.dev_issuer import DevIssuer
from service.core.auth.token import PublishedKeys, Tokens
from service.core.command import Executor
from service.core.http import docs, health, metrics, observe, openapi, problem
from service.core.http.allowance import Allowance
from service.core.http.log import configure_logging
from service.core.start import CannotStart
from service.core.store.db import Database, connect
from service.features.access.routes import router as access
from service.features.bodies.routes import router as bodies
from service.features.calendar.routes import router as calendar
from service.features.calendar.start_demo import HOLDS_DATA
from service.features.decisions.routes import router as decisions
from service.features.documents.routes import router as documents
from service.features.events.backlog import read_backlog as read_events
from service.features.events.routes import router as events
from service.features.guides.routes import router as guides
from service.features.matters.routes import router as matters
from service.features.meetings.routes import router as meetings
from service.features.pre_evaluation.routes import router as pre_evaluation
from service.features.processes.backlog import read_backlog as read_cases
from service.features.processes.routes import router as processes
from service.features.quota.routes import router as quota
from service.features.rectification.routes import router as rectification
from service.features.tasks.routes import router as tasks
from service.migrate import expected_revisions
from service.settings import Settings

ROUTERS = (
    access,
    bodies,
    calendar,
    decisions,
    documents,
    events,
    guides,
    matters,
    meetings,
    pre_evaluation,
    processes,
    quota,
    rectification,
    tasks,
)
BACKLOGS = (read_events, read_cases)
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def create_app(settings: Settings | None = None) -> FastAPI:
    """The API of one city, under `/api/v1`."""
    settings = settings or Settings()
    configure_logging(settings.log_level)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.database = await connect(settings)
        app.state.executor = Executor(app.state.database)
        try:
            if settings.is_demo:
                app.state.ahead = await _require_demo(app.state.database)
            yield
        finally:
            await app.state.database.close()

    app = FastAPI(
        title=openapi.TITLE,
        version="0.1.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        max_body_size=settings.body_max_bytes,
    )
    app.state.settings = settings
    app.state.public = Allowance(settings.public_per_s)
    problem.install(app)
    observe.install(app)
    openapi.install(app, is_demo=settings.is_demo)
    docs.install(app)
    app.include_router(health.routes(expected_revisions()))
    app.include_router(metrics.routes(BACKLOGS))
    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
    _install_tokens(app, settings)
    return app


async def _require_demo(database: Database) -> timedelta:
    """How far the demo's clock is ahead. Nobody gets in without a password where data are real."""
    async with database.reading.acquire() as connection:
        moved: timedelta | None = await connection.fetchval("SELECT moved FROM demo_clock")
        if moved is None and await connection.fetchval(HOLDS_DATA):
            raise CannotStart("Expected the database of a demo, but this one holds real data.")
    return moved or timedelta(0)


def _install_tokens(app: FastAPI, settings: Settings) -> None:
    """Trust the configured issuer; in a demo on the loopback address, the development one."""
    audience, algorithms = settings.oidc_audience, settings.oidc_algorithms
    if settings.is_demo and settings.oidc_issuer is None and settings.host in _LOOPBACK:
        issuer = DevIssuer.of(settings.data_dir, audience)
        app.include_router(dev_issuer.routes(issuer))
        app.state.identifier = Tokens(issuer, dev_issuer.ISSUER, audience, ("ES256",))
    else:
        url = settings.oidc_jwks_url
        source = PublishedKeys(url) if url else None
        app.state.identifier = Tokens(source, settings.oidc_issuer or "", audience, algorithms)
