"""Who uses a cluster: a lock among launchers, and what a killed server leaves behind."""

import contextlib
import fcntl
import os
import signal
import time
from pathlib import Path
from typing import IO

from service.core.start import CannotStart
from service.core.store.postgres_place import Report

_PATIENCE_S = 60.0


def locked(home: Path) -> IO[str]:
    """Hold the launchers' lock on `home` until the file is closed or this process ends.

    Raises:
        CannotStart: Another launcher holds it.
    """
    lock = (home / "lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise CannotStart(
            f"Expected the data folder to be free, but another running service uses {home}."
        ) from None
    return lock


def clear_remains(cluster: Path, socket_folder: Path, report: Report) -> None:
    """Wait for a server whose launcher died, then remove the locks it may have left.

    PostgreSQL takes any living process that has the id in its lock file, even a zombie or a
    stranger, for a running server, and then refuses to start. To remove that file is safe only
    because the launchers' lock is held and no process works in the cluster.

    Raises:
        CannotStart: A server is still there after a minute.
    """
    deadline = time.monotonic() + _PATIENCE_S
    pid_file = cluster / "postmaster.pid"
    is_told = False
    while remaining := _processes_in(cluster):
        if not is_told:
            report("waiting for the previous database server to finish")
            is_told = True
            for pid in remaining:
                if [str(pid)] == lines_of(pid_file)[:1]:
                    os.kill(pid, signal.SIGINT)
        if time.monotonic() > deadline:
            raise CannotStart(
                f"Expected nobody to use the database in {cluster}, "
                f"but process {remaining[0]} still works there."
            )
        time.sleep(0.05)
    if Path("/proc/self/cwd").exists():  # else PostgreSQL judges its lock files itself
        pid_file.unlink(missing_ok=True)
        for left in socket_folder.glob(".s.PGSQL.*"):
            left.unlink()


def lines_of(path: Path) -> list[str]:
    """The lines of a file that may not be there, without surrounding blanks."""
    try:
        return [line.strip() for line in path.read_text(errors="replace").splitlines()]
    except FileNotFoundError:
        return []


def _processes_in(folder: Path) -> list[int]:
    """Living processes whose current folder is `folder`, as that of every server process is."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):  # ended meanwhile, a zombie, or somebody else's
            if entry.readlink() == folder:
                found.append(int(entry.parent.name))
    return found
