"""The service as it is run: API processes and a worker, each started on a database and ended."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from service.settings import Settings

_SETTLE_S = 240.0


@contextmanager
def served(settings: Settings, workers: int, port: int) -> Iterator[int]:
    """The API on some worker processes; gives the first process's id."""
    with _running(settings, f"serve-{workers}", "serve", "--workers", str(workers), port=port) as (
        process
    ):
        _wait_for(port, process)
        yield process.pid


@contextmanager
def working(settings: Settings) -> Iterator[int]:
    """One worker; gives its process id."""
    with _running(settings, "worker", "worker") as process:
        yield process.pid


@contextmanager
def _running(
    settings: Settings, name: str, *arguments: str, port: int = 0
) -> "Iterator[subprocess.Popen[bytes]]":
    environment = os.environ | {
        "DATABASE_URL": settings.database_url or "",
        "DINGBIAN_DATA_DIR": str(settings.data_dir),
        "DINGBIAN_IS_DEMO": "true",
        "DINGBIAN_PORT": str(port or settings.port),
        "DINGBIAN_WORKER_POLL_S": str(settings.worker_poll_s),
    }
    command = [sys.executable, "-m", "service.cli", *arguments]
    with (settings.data_dir / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _SETTLE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Expected an answer at port {port}, but: {error}") from error
            time.sleep(0.1)
        else:
            return
