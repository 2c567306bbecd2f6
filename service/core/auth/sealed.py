"""Sealed columns: what must be kept but not seen, such as identity numbers.

A value is encrypted with AES-256-GCM under the newest key of the ring and bound to its place
(table, column, row), so that it cannot be moved to another row. The ciphertext names its key:
every key of the ring opens, the newest one seals, and `rotation.py` seals anew what older ones did.

An exact search goes by a blind index, a keyed hash. Its key does not rotate: two rows must have
the same index for the same value as long as both exist. Elsewhere (audit, events, answers) a
sealed value appears as its mask only.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from service.core.auth.key_ring import RingSource, ring_source
from service.settings import Settings

_NONCE_BYTES = 12


class SealBroken(Exception):
    """A sealed value was altered, moved to another row, or its key is not in the ring."""


@dataclass(frozen=True, slots=True)
class Seals:
    """Seals and opens with the key ring of one installation."""

    source: RingSource

    @classmethod
    def of(cls, settings: Settings) -> "Seals":
        """With the ring that the settings name.

        Raises:
            CannotStart: The ring cannot be read; see `ring_source`.
        """
        return cls(ring_source(settings))

    def seal(self, value: str, place: str) -> str:
        """Encrypt a value for one place (`person.id_no/<id>`); the result names its key."""
        ring = self.source.ring()
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(ring.keys[ring.newest]).encrypt(nonce, value.encode(), place.encode())
        return f"{ring.newest}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Decrypt what was sealed for this place.

        Raises:
            SealBroken: It was altered or moved, or its key is missing.
        """
        name, _, text = sealed.partition(".")
        try:
            raw = base64.b64decode(text, validate=True)
            key = AESGCM(self.source.ring().keys[name])
            return key.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], place.encode()).decode()
        except (KeyError, ValueError, InvalidTag) as fault:
            raise SealBroken(f"Expected a value sealed for {place} under a known key.") from fault

    def blind_index(self, value: str) -> str:
        """The keyed hash by which an exact value is found, in hexadecimal."""
        return hmac.new(self.source.ring().blind_key, value.encode(), hashlib.sha256).hexdigest()


def mask(value: str, shown_first: int = 6, shown_last: int = 4) -> str:
    """A value with its middle hidden: `990081********0017`."""
    hidden = max(len(value) - shown_first - shown_last, 0)
    if hidden == 0:
        return "*" * len(value)
    return value[:shown_first] + "*" * hidden + value[len(value) - shown_last :]
