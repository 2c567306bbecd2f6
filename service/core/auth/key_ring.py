"""The key ring: the keys that seal and open personal data, and the one of the blind index.

In production the ring is `DINGBIAN_KEYS`; otherwise a file beside the data, made at first use. A
key's name is made from the key, so that two rings never mean different keys by one name. A
running process notices when the file is replaced: what `dingbian keys rotate` adds is known to
everybody before anything is sealed with it.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

from service.core.auth.private_file import read_private, replace_private
from service.core.start import CannotStart
from service.settings import Settings

KEY_BYTES = 32
KEY_FILE = "keys.json"
_IN_ENVIRONMENT = "DINGBIAN_KEYS"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys by name; `newest` names the one that seals, all of them open."""

    newest: str
    keys: Mapping[str, bytes] = field(repr=False)
    blind_key: bytes = field(repr=False)

    @classmethod
    def fresh(cls) -> "KeyRing":
        """A ring of one new key, and a new key for the blind index."""
        key = secrets.token_bytes(KEY_BYTES)
        return cls(name_of(key), {name_of(key): key}, secrets.token_bytes(KEY_BYTES))

    @classmethod
    def read(cls, text: str, where: str) -> "KeyRing":
        """A ring from its JSON: {"newest": name, "keys": {name: base64}, "blind": base64}.

        Raises:
            CannotStart: It is not one; the message names `where` and never a key.
        """
        try:
            told = json.loads(text)
            keys = {name: _decoded(key) for name, key in told["keys"].items()}
            ring = cls(told["newest"], keys, _decoded(told["blind"]))
            ring._require_sound()
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            why = str(fault) if isinstance(fault, _Unsound) else "it is not one"
            raise CannotStart(
                f"Expected a ring of {KEY_BYTES}-byte keys in {where}, but {why}."
            ) from fault
        return ring

    def _require_sound(self) -> None:
        if self.newest not in self.keys:
            raise _Unsound("its newest key is not in it")
        if any(not (name.isascii() and name.isalnum()) for name in self.keys):
            raise _Unsound("a key's name is not of letters and digits")
        everyone = [*self.keys.values(), self.blind_key]
        if any(len(key) != KEY_BYTES for key in everyone):
            raise _Unsound("a key is of another length")
        if len(set(everyone)) != len(everyone):
            raise _Unsound("two of its keys are the same")

    def text(self) -> str:
        """The ring as JSON, its keys readable: for the key file or the secret store alone."""
        keys = {name: _encoded(key) for name, key in self.keys.items()}
        return json.dumps({"newest": self.newest, "keys": keys, "blind": _encoded(self.blind_key)})

    def with_new_key(self) -> "KeyRing":
        """The same ring with one more key, which seals from now on."""
        key = secrets.token_bytes(KEY_BYTES)
        return KeyRing(name_of(key), {**self.keys, name_of(key): key}, self.blind_key)

    def newest_only(self) -> "KeyRing":
        """The same ring without its older keys."""
        return KeyRing(self.newest, {self.newest: self.keys[self.newest]}, self.blind_key)

    @property
    def older(self) -> tuple[str, ...]:
        """Names of the keys that only open."""
        return tuple(sorted(set(self.keys) - {self.newest}))


class _Unsound(ValueError):
    """A ring that is of the right form but must not be used; the message tells no key."""


def name_of(key: bytes) -> str:
    """The name of a key: 12 hexadecimal digits of a hash, which tell nothing of 256 random bits."""
    return "k" + hashlib.sha256(b"dingbian key name" + key).hexdigest()[:12]


def _encoded(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _decoded(key: str) -> bytes:
    return base64.b64decode(key, validate=True)


class RingSource(Protocol):
    """Where the ring comes from, each time one is needed."""

    def ring(self) -> KeyRing: ...


@dataclass(frozen=True, slots=True)
class GivenRing:
    """The ring of `DINGBIAN_KEYS`: it stays the same as long as the process lives."""

    given: KeyRing

    def ring(self) -> KeyRing:
        return self.given


class RingFile:
    """The ring in a file, read again whenever the file was replaced.

    Raises (when made):
        CannotStart: The file cannot be read or made, others can read it, or it is no ring.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = self._state()  # before it is read: a replacement meanwhile is noticed
        text = read_private(path, lambda: KeyRing.fresh().text())
        self._ring = KeyRing.read(text, str(path))

    def ring(self) -> KeyRing:
        """The ring as the file has it; the last readable one where the file was spoilt since."""
        state = self._state()
        if state != self._seen:
            self._seen = state
            try:
                self._ring = KeyRing.read(self.path.read_text(), str(self.path))
            except (OSError, ValueError, CannotStart) as fault:
                log = structlog.get_logger("service")
                log.error("key file spoilt", path=str(self.path), fault=type(fault).__name__)
        return self._ring

    def replace(self, ring: KeyRing) -> None:
        """Have the file hold another ring, at once or not at all.

        Raises:
            CannotStart: The file cannot be written.
        """
        try:
            replace_private(self.path, ring.text())
        except OSError as fault:
            raise CannotStart(f"Expected to write {self.path}, but: {fault.strerror}.") from fault

    def _state(self) -> tuple[int, ...]:
        """What changes when the file is replaced; () where there is none."""
        try:
            told = self.path.stat()
        except OSError:
            return ()
        return told.st_ino, told.st_mtime_ns, told.st_size


def ring_source(settings: Settings) -> GivenRing | RingFile:
    """The ring of an installation: `DINGBIAN_KEYS`, else the key file, made at first use.

    Raises:
        CannotStart: It cannot be read or made, others can read the file, or it is no ring.
    """
    if settings.keys is not None:
        return GivenRing(KeyRing.read(settings.keys.get_secret_value(), _IN_ENVIRONMENT))
    return RingFile(settings.data_dir / KEY_FILE)
