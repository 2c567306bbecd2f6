"""Servers and workers as processes of their own, which may be killed at any time."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from service.core.store.embedded import EmbeddedPostgres
from service.migrate import migrate
from service.settings import Settings
from tests.crash.ports import free_port


class Program:
    """`dingbian serve` or `dingbian worker`, started again whenever it ends.

    Args:
        fault: One of `tests.crash.planted`, for showing that it is found; "" for none.
    """

    def __init__(self, settings: Settings, command: str, fault: str = "") -> None:
        self._line = [sys.executable, "-m", "service.cli", command]
        if fault:
            self._line = [sys.executable, "-m", "tests.crash.planted", fault, command]
        self._environment = os.environ | {
            "DATABASE_URL": settings.database_url or "",
            "DINGBIAN_DATA_DIR": str(settings.data_dir),
            "DINGBIAN_IS_DEMO": "true",
            "DINGBIAN_PORT": str(settings.port),
            "DINGBIAN_WORKER_POLL_S": "0.1",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._line,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    async def keep_running(self) -> None:
        """What its supervisor does: a start that met a database in recovery is tried again."""
        while True:
            await asyncio.sleep(0.2)
            if self._process is not None and self._process.poll() is not None:
                self.start()

    def kill(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


@contextmanager
def installation(folder: Path) -> Iterator[tuple[EmbeddedPostgres, Settings]]:
    """A durable database with its schema, and the settings of a server on it."""
    with EmbeddedPostgres.temporary(sync=True) as postgres:
        settings = Settings(
            data_dir=folder,
            database_url=postgres.app_url,
            migration_database_url=postgres.owner_url,
            port=free_port(),
            is_demo=True,
        )
        migrate(settings, lambda _: None)
        yield postgres, settings


async def disturb(
    programs: Sequence[Program], postgres: EmbeddedPostgres, end: float, choose: random.Random
) -> int:
    """Kill a program, cut all connections or stop the database at once, again and again."""
    times = 0
    while time.monotonic() < end:
        await asyncio.sleep(choose.uniform(0.5, 3.0))
        match choose.choice(("program", "program", "connections", "database")):
            case "program":
                program = choose.choice(programs)
                program.kill()
                program.start()
            case "connections":
                connection = await asyncpg.connect(postgres.url("postgres"))
                await connection.execute(
                    """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE usename = 'dingbian_app'"""
                )
                await connection.close()
            case _:
                os.kill(postgres.pid, signal.SIGQUIT)
                postgres.stop()
                postgres.start()
        times += 1
    return times
