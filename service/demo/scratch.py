"""A server of our own on an empty database in a temporary folder; both are gone afterwards."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import httpx

from service.core.start import CannotStart, end_with

_HOST = "127.0.0.1"
_READY_S = 300.0
_STOP_S = 60.0
_LOOK_S = 0.2
_LAST_LINES = 20


@contextmanager
def scratch_server() -> Iterator[str]:
    """`dingbian run` with the sample city loaded; its address. It ends with this process.

    Raises:
        CannotStart: It does not come up.
    """
    with tempfile.TemporaryDirectory(prefix="dingbian-demo-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # the database's user passes through where we are root
        log = folder / "log"
        port = _free_port()
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", "run"],
                env=_environment(folder / "data", port),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                process_group=0,  # Ctrl-C reaches us alone, and we end it in order
                preexec_fn=partial(end_with, os.getpid(), signal.SIGTERM),
            )
        try:
            url = f"http://{_HOST}:{port}"
            _wait_until_ready(process, url, log)
            yield url
        finally:
            _stop(process)


def _environment(data_dir: Path, port: int) -> dict[str, str]:
    """Ours, less every setting: a demo never touches the database that they name."""
    ours = ("DATABASE_URL", "MIGRATION_DATABASE_URL")
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith("DINGBIAN_")
    }
    return inherited | {
        "DINGBIAN_DATA_DIR": str(data_dir),
        "DINGBIAN_HOST": _HOST,
        "DINGBIAN_PORT": str(port),
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
