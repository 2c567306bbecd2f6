"""A server of our own on a database of its own; both are gone afterwards."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx

from service.core.start import CannotStart, end_with
from service.core.store.embedded import EmbeddedPostgres
from service.migrate import migrate
from service.release_flows import release_flows
from service.sample_city.load import load
from service.settings import Settings

_HOST = "127.0.0.1"
_READY_S = 300.0
_STOP_S = 60.0
_LOOK_S = 0.2
_LAST_LINES = 20


@contextmanager
def scratch_server(report: Callable[[str], None]) -> Iterator[str]:
    """A server on the register of the sample city; its address. It ends with this process.

    What was in the year before is left out: the situations are played from their beginning.

    Args:
        report: Told in a few words what takes long.

    Raises:
        CannotStart: It does not come up.
    """
    report("启动演示服务并载入样例市 · starting a server with the sample city")
    with (
        tempfile.TemporaryDirectory(prefix="dingbian-demo-") as name,
        EmbeddedPostgres.temporary(Settings().pg_bin) as database,
    ):
        settings = Settings(
            data_dir=Path(name),
            database_url=database.app_url,
            migration_database_url=database.owner_url,
            host=_HOST,
            port=_free_port(),
            is_demo=True,
        )
        migrate(settings, _nobody)
        asyncio.run(release_flows(settings, _nobody))
        asyncio.run(load(settings, _nobody, has_history=False))
        with _running(settings) as url:
            yield url


@contextmanager
def _running(settings: Settings) -> Iterator[str]:
    """API and worker, as `dingbian run` keeps them on a database that is given."""
    log = settings.data_dir / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "run"],
            env=_environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            process_group=0,  # Ctrl-C reaches us alone, and we end it in order
            preexec_fn=partial(end_with, os.getpid(), signal.SIGTERM),
        )
    try:
        url = f"http://{settings.host}:{settings.port}"
        _wait_until_ready(process, url, log)
        yield url
    finally:
        _stop(process)


def _nobody(_: str) -> None:
    """Nobody is told."""


def _environment(settings: Settings) -> dict[str, str]:
    """This process's, less every setting: a demo never touches the database that they name."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith("DINGBIAN_")
    }
    return inherited | {
        "DATABASE_URL": settings.database_url or "",
        "MIGRATION_DATABASE_URL": settings.migration_database_url or "",
        "DINGBIAN_DATA_DIR": str(settings.data_dir),
        "DINGBIAN_HOST": settings.host,
        "DINGBIAN_PORT": str(settings.port),
        "DINGBIAN_IS_DEMO": "true",
        "DINGBIAN_WORKER_POLL_S": "0.1",
        "DINGBIAN_LOG_LEVEL": "WARNING",
    }


def _free_port() -> int:
    with socket.create_server((_HOST, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait_until_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    deadline = time.monotonic() + _READY_S
    while True:
        if process.poll() is not None or time.monotonic() > deadline:
            said = "\n".join(log.read_text(errors="replace").splitlines()[-_LAST_LINES:])
            raise CannotStart(f"Expected the demo's server to come up, but it did not:\n{said}")
        try:
            if httpx.get(f"{url}/health/ready", timeout=1).is_success:
                return
        except httpx.HTTPError:
            pass
        time.sleep(_LOOK_S)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
