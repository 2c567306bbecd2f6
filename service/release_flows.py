"""Before the service starts: the flows that come with it are released."""

from collections.abc import Callable

import asyncpg

import service.operations  # noqa: F401  # every command that a diagram may order
from service.core.command import Executor
from service.core.start import CannotStart
from service.core.store.db import connect
from service.features.processes.installation import release_installation_files
from service.settings import Settings


async def release_flows(settings: Settings, report: Callable[[str], None]) -> None:
    """Release what has changed in the folder of flows.

    Raises:
        CannotStart: A file is faulty, or the database cannot be reached or has another schema.
    """
    try:
        database = await connect(settings)
    except (OSError, asyncpg.PostgresError) as fault:
        raise CannotStart(
            f"Expected to reach the database of DATABASE_URL, but: {fault}."
        ) from fault
    try:
        await release_installation_files(Executor(database), settings.bpmn_dir, report)
    except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError) as fault:
        raise CannotStart(
            f"Expected the schema of this version, but: {fault}. Run `dingbian migrate` first."
        ) from fault
    finally:
        await database.close()
