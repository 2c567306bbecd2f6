"""Secret files: made once, readable by this user alone, refused where others can read them."""

import contextlib
import os
import secrets
import stat
from collections.abc import Callable
from pathlib import Path

from service.core.start import CannotStart

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_private(path: Path, fresh: Callable[[], str]) -> str:
    """The text of a secret file; where there is none, it is made with the text of `fresh`.

    Raises:
        CannotStart: It cannot be read or made, or others can read or change it.
    """
    try:
        if not path.exists():
            make_private(path, fresh())
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if mode & _OTHERS:
                raise CannotStart(
                    f"Expected {path} to be readable by its owner alone, but its mode is "
                    f"{stat.S_IMODE(mode):04o}; `chmod 600` it, and replace its keys if others "
                    "have read it."
                )
            return file.read().decode()
    except UnicodeDecodeError as fault:
        raise CannotStart(f"Expected text in {path}, but it is not UTF-8.") from fault
    except OSError as fault:
        raise CannotStart(f"Expected to read {path}, but: {fault.strerror}.") from fault


def make_private(path: Path, text: str) -> None:
    """Make a secret file with mode 0600 that survives a power failure, unless there is one.

    Of several processes the first wins; nobody ever sees half a file.

    Raises:
        OSError: The folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _written(path, text)
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(unfinished)
    unfinished.unlink()
    _keep_folder(path.parent)


def replace_private(path: Path, text: str) -> None:
    """Put another text in the place of a secret file, at once or not at all.

    Raises:
        OSError: The folder cannot be written.
    """
    _written(path, text).replace(path)
    _keep_folder(path.parent)


def _written(path: Path, text: str) -> Path:
    """A finished file beside `path`, under a name that nobody else uses."""
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    unfinished.touch(mode=0o600, exist_ok=False)
    with unfinished.open("wb") as file:
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
    return unfinished


def _keep_folder(folder: Path) -> None:
    """Have the folder's names on the disk: what they name would be lost for ever."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
