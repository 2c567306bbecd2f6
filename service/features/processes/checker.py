"""The process in which files of strangers are checked: `python -m …checker CPU_S MEMORY_BYTES`.

It limits itself before it reads anything, and opens no address. It says a JSON line for each path
at which its work is, and at last one with what it found; whoever started it reads nothing else
into this than the work that took too long (`checking_apart.py`).
"""

import json
import resource
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from service.features.processes.checking import Checked, check_folders
from service.features.processes.contents import File
from service.features.processes.outside import Outside

#: Exit codes: the memory or the nesting was too much.
TOO_MUCH = 3

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")


@dataclass(frozen=True, slots=True)
class Limits:
    """What all files of a check may take together."""

    cpu_s: int = 20
    memory_bytes: int = 1_000_000_000


class Asked(BaseModel):
    """What is to be checked: folders by flow, and what exists outside them."""

    model_config = ConfigDict(frozen=True)

    #: Path and content of each file.
    folders: dict[str, list[tuple[str, str]]]
    outside: Outside


class Told(BaseModel):
    """One line of the answer: where the work is, or what was found."""

    at: str | None = None
    checked: dict[str, Checked] | None = None


def _keep_to(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError):  # macOS does not limit addresses
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    """Reading a file needs no connection and no other process."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"Expected no {event} while a file is read, but there was one.")


def _tell(told: Told) -> None:
    sys.stdout.write(told.model_dump_json(exclude_none=True) + "\n")
    sys.stdout.flush()


def main() -> int:
    _keep_to(Limits(*map(int, sys.argv[1:])))
    asked = Asked.model_validate(json.load(sys.stdin))
    folders = {
        flow: [File(path=path, content=content) for path, content in files]
        for flow, files in asked.folders.items()
    }
    try:
        found = check_folders(folders, asked.outside, at=lambda path: _tell(Told(at=path)))
    except (MemoryError, RecursionError):
        return TOO_MUCH
    _tell(Told(checked=found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
