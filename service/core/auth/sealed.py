"""Sealing: what stands in the database so that the database alone does not give it away.

A sealed text names its algorithm and its key (`aes256gcm.<key>.<base64>`), so that keys can be
replaced one by one, and is bound to its place: moved to another row or column, it cannot be
opened.
"""

import base64
import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel

from service.core.start import CannotStart
from service.settings import Settings

_ALGORITHM = "aes256gcm"
_NONCE_BYTES = 12
_KEY_BYTES = 32


class CannotOpen(Exception):
    """A sealed text was altered or moved, or its key is not on this ring."""


class _Ring(BaseModel):
    """The JSON of a key ring: `{"newest": "k1", "keys": {"k1": "<32 bytes in base64>"}}`."""

    newest: str
    keys: dict[str, str]


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys of one installation: the newest seals, each opens what it sealed."""

    newest: str
    keys: dict[str, bytes]

    @staticmethod
    def of(settings: Settings) -> "KeyRing":
        """The ring of `DINGBIAN_KEYS`, else of the key file in `data_dir`, made at first use.

        Raises:
            CannotStart: The ring is not of its form, or the file can be neither read nor made.
        """
        given = settings.keys.get_secret_value() if settings.keys else None
        return _ring(given, settings.data_dir)

    def seal(self, text: str, place: str) -> str:
        """Seal a text for one place, e.g. `webhook.secret/<id>`."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.newest]).encrypt(nonce, text.encode(), place.encode())
        return f"{_ALGORITHM}.{self.newest}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """The text that was sealed for this place.

        Raises:
            CannotOpen: It was altered or sealed for another place, or its key is not here.
        """
        try:
            algorithm, name, text = sealed.split(".")
            if algorithm != _ALGORITHM:
                raise CannotOpen(f"Expected a text sealed by {_ALGORITHM}, but it is not.")
            box = base64.b64decode(text, validate=True)
            nonce, rest = box[:_NONCE_BYTES], box[_NONCE_BYTES:]
            return AESGCM(self.keys[name]).decrypt(nonce, rest, place.encode()).decode()
        except KeyError as missing:
            raise CannotOpen(f"Expected the key {missing} on the ring, but it is not.") from missing
        except (ValueError, InvalidTag) as broken:
            raise CannotOpen(f"Expected a text sealed for {place}, but it is not.") from broken


@cache
def _ring(given: str | None, data_dir: Path) -> KeyRing:
    source = "DINGBIAN_KEYS" if given else str(data_dir / "keys.json")
    try:
        ring = _Ring.model_validate_json(given or _key_file(data_dir).read_text())
        keys = {name: base64.b64decode(key, validate=True) for name, key in ring.keys.items()}
    except OSError as error:
        raise CannotStart(
            f"Expected to read or make the key file {source}, but: {error.strerror}. "
            "DINGBIAN_KEYS can hold the keys instead."
        ) from error
    except ValueError:  # its text would show the keys
        raise CannotStart(f"Expected a key ring as JSON in {source}, but it is none.") from None
    if ring.newest not in keys or any(
        len(key) != _KEY_BYTES or "." in name for name, key in keys.items()
    ):
        raise CannotStart(
            f"Expected keys of {_KEY_BYTES} bytes, the newest among them, in {source}, but not so."
        )
    return KeyRing(ring.newest, keys)


def _key_file(data_dir: Path) -> Path:
    """The key file, readable by us alone. Of several processes that make it, the first wins."""
    path = data_dir / "keys.json"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        fresh = {"newest": "k1", "keys": {"k1": base64.b64encode(os.urandom(_KEY_BYTES)).decode()}}
        unfinished = path.with_suffix(f".{os.getpid()}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(fresh))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(unfinished)
        unfinished.unlink()
    return path
