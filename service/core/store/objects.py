"""Files that are too large for rows: a folder beside the data, or a bucket of S3.

An object is written before the row that names it, and never changed. What no row names is
harmless, and removed by whoever owns the prefix.
"""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import obstore
from obstore.exceptions import NotFoundError
from obstore.store import LocalStore, S3Store

from service.settings import Settings

_FOLDER = "objects"


@dataclass(frozen=True, slots=True)
class Objects:
    """The object store of one installation.

    Attributes:
        folder: Where it lies in the file system; None for a bucket.
    """

    folder: Path | None
    _store: Any

    async def put(self, key: str, content: bytes) -> None:
        """Write an object, so that it outlasts a crash.

        Raises:
            OSError, obstore.exceptions.BaseError: The store cannot be reached or is full.
        """
        await obstore.put_async(self._store, key, content)
        if self.folder is not None:
            await asyncio.to_thread(_settle, self.folder / key)

    async def get(self, key: str) -> bytes | None:
        """An object's content; None where there is none."""
        try:
            found = await obstore.get_async(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return None
        return bytes(await found.bytes_async())

    async def listed(self, prefix: str) -> list[tuple[str, datetime]]:
        """The objects under a prefix, with the instant at which each was written."""
        found = await obstore.list(self._store, prefix).collect_async()
        return [(each["path"], each["last_modified"]) for each in found]

    async def remove(self, keys: list[str]) -> None:
        await obstore.delete_async(self._store, keys)


def objects_of(settings: Settings) -> Objects:
    """The store that the settings name."""
    return _opened(settings.objects_url, settings.data_dir)


@cache
def _opened(url: str | None, data_dir: Path) -> Objects:
    if url is not None:
        return Objects(None, S3Store.from_url(url))
    folder = data_dir / _FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Objects(folder, LocalStore(folder.absolute(), automatic_cleanup=True))


def _settle(path: Path) -> None:
    """Have a file and its place in the folder on the disk before anything names it."""
    for place in (path, path.parent, path.parent.parent):
        number = os.open(place, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
