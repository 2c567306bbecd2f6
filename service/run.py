"""`dingbian run`: from an empty folder to a running service, in one command."""

import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from functools import partial
from types import FrameType
from typing import Any

from service.core.store.embedded import EmbeddedPostgres
from service.migrate import migrate
from service.release_flows import release_flows
from service.settings import Settings
from service.supervisor import Report, require_free_port, supervise
from service.welcome import welcome

Load = Callable[[Settings], Coroutine[Any, Any, None]]


def run(settings: Settings, report: Report, *, load_city: Load | None = None) -> None:
    """Start the database (unless one is given), migrate, release the flows, load, and supervise.

    Args:
        report: Told each step in a few words.
        load_city: Loads the sample city if it is not there yet; None: nothing is loaded.

    Raises:
        CannotStart: Something needed is not there; nothing is left running.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    require_free_port(settings.host, settings.port)
    with ExitStack() as stack:
        database = None
        if settings.database_url is None:
            database = EmbeddedPostgres(settings.data_dir, settings.pg_bin, report=report)
            report("starting the database")
            stack.enter_context(database)
            settings = settings.model_copy(
                update={
                    "database_url": database.app_url,
                    "migration_database_url": database.owner_url,
                }
            )
        elif settings.migration_database_url is None:
            report("MIGRATION_DATABASE_URL is not set: the audit is not protected from this role")
        migrate(settings, report)
        asyncio.run(release_flows(settings, report))
        if load_city is not None:
            asyncio.run(load_city(settings))
        report("starting the API and the worker")
        supervise(
            database,
            _children_environment(settings),
            (settings.host, settings.port),
            when_ready=partial(_welcome, settings, report),
            report=report,
        )


def _children_environment(settings: Settings) -> dict[str, str]:
    addresses = {
        "DATABASE_URL": settings.database_url,
        "MIGRATION_DATABASE_URL": settings.migration_database_url,
    }
    return dict(os.environ) | {name: url for name, url in addresses.items() if url is not None}


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Until the supervisor takes over, every request to stop ends a start as Ctrl-C does."""
    raise KeyboardInterrupt


def _welcome(settings: Settings, report: Report) -> None:
    for line in welcome(settings.host, settings.port, is_demo=settings.is_demo):
        report(line)
