"""Keeps the processes of one installation running, and ends them together."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

from service.core.start import CannotStart, end_with
from service.core.store.embedded import EmbeddedPostgres

_LOOK_S = 0.1
_STEADY_S = 60.0  # a process that lived this long is forgiven its earlier ends
_MOST_ENDS = 5
_STOP_TIMEOUT_S = 25.0  # longer than `serve` gives its last requests

Report = Callable[[str], None]


class _Restarts:
    """When something that ended may start again: at once, then after 1, 2 and 4 seconds."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._ends = 0
        self._started = time.monotonic()
        self.not_before = 0.0

    def started(self) -> None:
        self._started = time.monotonic()

    def ended(self, code: int | None) -> None:
        """Note an end.

        Raises:
            CannotStart: It was the fifth without a steady minute between.
        """
        now = time.monotonic()
        self._ends = 1 if now - self._started > _STEADY_S else self._ends + 1
        if self._ends >= _MOST_ENDS:
            raise CannotStart(
                f"Expected the {self._name} to keep running, but it ended {_MOST_ENDS} times "
                f"in a row, last with exit code {code}."
            )
        self.not_before = now + (2 ** (self._ends - 2) if self._ends > 1 else 0)


class _Child:
    """One process of the service: `dingbian` with other arguments, restarted when it ends."""

    def __init__(self, name: str, environment: dict[str, str], report: Report) -> None:
        self.name = name
        self._environment = environment
        self._report = report
        self._restarts = _Restarts(name)
        self._process: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Start it if it does not run and may."""
        if self._process is not None:
            code = self._process.poll()
            if code is None:
                return
            self._process = None
            self._report(f"the {self.name} ended with exit code {code} and will be restarted")
            self._restarts.ended(code)
        if time.monotonic() >= self._restarts.not_before:
            self._restarts.started()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "service.cli", self.name],
                stdin=subprocess.DEVNULL,
                env=self._environment,
                process_group=0,  # Ctrl-C reaches us alone, and we end them in order
                preexec_fn=partial(end_with, os.getpid(), signal.SIGTERM),
            )

    def ask_to_stop(self) -> None:
        if self._process is not None:
            self._process.terminate()

    def stop(self, deadline: float) -> None:
        if self._process is None:
            return
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._report(f"the {self.name} did not end in time and is killed")
            self._process.kill()
            self._process.wait()


def supervise(
    database: EmbeddedPostgres | None,
    environment: dict[str, str],
    address: tuple[str, int],
    *,
    when_ready: Callable[[], None],
    report: Report,
) -> None:
    """Run `serve` and one `worker`, and watch `database`, until SIGINT, SIGTERM or SIGHUP.

    Args:
        database: The started embedded server, restarted when it dies; the caller stops it.
        environment: The children's environment, with the database's address.
        address: Host and port of the API.
        when_ready: Called once, when the API takes connections.

    Raises:
        CannotStart: One of them does not stay up. Both children have ended then.
    """
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    children = [_Child(name, environment, report) for name in ("serve", "worker")]
    database_restarts = _Restarts("database")
    is_ready = False
    try:
        while not stopping.is_set():
            if database is not None and not database.is_running:
                report("the database ended and is restarted")
                database_restarts.ended(None)
                database.stop()
                database.start()
                database_restarts.started()
            for child in children:
                child.keep()
            if not is_ready and _is_answered(*address):
                is_ready = True
                when_ready()
            stopping.wait(_LOOK_S)
    finally:
        report("stopping")
        for child in children:
            child.ask_to_stop()
        deadline = time.monotonic() + _STOP_TIMEOUT_S
        for child in children:
            child.stop(deadline)


def require_free_port(host: str, port: int) -> None:
    """Refuse to start where somebody else listens already.

    Raises:
        CannotStart: The address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)  # on Linux two may bind with SO_REUSEADDR, but not listen
        except OSError as error:
            raise CannotStart(
                f"Expected to listen on {host}:{port}, but: {error.strerror}. "
                "Set DINGBIAN_PORT to another port, or stop who uses it."
            ) from error


def _is_answered(host: str, port: int) -> bool:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        socket.create_connection((reachable, port), timeout=1).close()
    except OSError:
        return False
    return True
