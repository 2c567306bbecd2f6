"""Sealed columns: what must be kept but not seen, such as identity numbers.

A value is encrypted with AES-256-GCM under the newest key of the ring and bound to its place
(table, column, row), so that it cannot be moved to another row. The ciphertext names its key:
every key of the ring opens, the newest one seals, and `rotate` seals anew what older ones did.

An exact search goes by a blind index, a keyed hash. Its key does not rotate: two rows must have
the same index for the same value as long as both exist. Elsewhere (audit, events, answers) a
sealed value appears as its mask only.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.core.start import CannotStart
from service.settings import Settings

_NONCE_BYTES = 12
_KEY_BYTES = 32
KEY_FILE = "keys.json"


class SealBroken(Exception):
    """A sealed value was altered, moved to another row, or its key is not in the ring."""


@dataclass(frozen=True, slots=True)
class Seals:
    """The key ring of one installation; `newest` names the key that seals."""

    newest: str
    keys: Mapping[str, bytes] = field(repr=False)
    blind_key: bytes = field(repr=False)

    @classmethod
    def of(cls, settings: Settings) -> "Seals":
        """The ring in `DINGBIAN_KEYS`, else in the key file, made at first use (0600).

        Raises:
            CannotStart: The ring cannot be read.
        """
        if settings.keys is not None:
            return cls.read(settings.keys.get_secret_value(), "DINGBIAN_KEYS")
        path = settings.data_dir / KEY_FILE
        if not path.exists():
            _make(path)
        return cls.read(path.read_text(), str(path))

    @classmethod
    def read(cls, text: str, where: str) -> "Seals":
        """A ring from its JSON: {"newest": name, "keys": {name: base64}, "blind": base64}.

        Raises:
            CannotStart: It is not one; the message names `where` and never a key.
        """
        try:
            told = json.loads(text)
            keys = {name: base64.b64decode(key) for name, key in told["keys"].items()}
            blind_key = base64.b64decode(told["blind"])
            newest = told["newest"]
            if {len(key) for key in (*keys.values(), blind_key)} != {_KEY_BYTES}:
                raise ValueError
            if newest not in keys or any(not name.isalnum() for name in keys):
                raise ValueError
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise CannotStart(
                f"Expected a ring of {_KEY_BYTES}-byte keys in {where}, but it is not one."
            ) from fault
        return cls(newest, keys, blind_key)

    def seal(self, value: str, place: str) -> str:
        """Encrypt a value for one place (`person.id_no/<id>`); the result names its key."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.newest]).encrypt(nonce, value.encode(), place.encode())
        return f"{self.newest}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Decrypt what was sealed for this place.

        Raises:
            SealBroken: It was altered or moved, or its key is missing.
        """
        name, _, text = sealed.partition(".")
        try:
            raw = base64.b64decode(text, validate=True)
            key = AESGCM(self.keys[name])
            return key.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (KeyError, ValueError, InvalidTag) as fault:
            raise SealBroken(f"Expected a value sealed for {place} under a known key.") from fault

    def is_newest(self, sealed: str) -> bool:
        """Whether a value was sealed under the newest key."""
        return sealed.startswith(f"{self.newest}.")

    def blind_index(self, value: str) -> str:
        """The keyed hash by which an exact value is found, in hexadecimal."""
        return hmac.new(self.blind_key, value.encode(), hashlib.sha256).hexdigest()


def mask(value: str, shown_first: int = 6, shown_last: int = 4) -> str:
    """A value with its middle hidden: `990081********0017`."""
    hidden = max(len(value) - shown_first - shown_last, 0)
    if hidden == 0:
        return "*" * len(value)
    return value[:shown_first] + "*" * hidden + value[len(value) - shown_last :]


def new_ring() -> str:
    """A fresh ring as JSON."""
    key, blind = (base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode() for _ in range(2))
    return json.dumps({"newest": "k1", "keys": {"k1": key}, "blind": blind})


def _make(path: Path) -> None:
    """Write a fresh ring that only this user can read; of several processes the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(new_ring())
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(unfinished)
    unfinished.unlink()
