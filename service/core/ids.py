"""Ids are UUIDv7 made here, so that they sort by time on every PostgreSQL from 15 on."""

import os
import time
from typing import NewType
from uuid import UUID

BodyId = NewType("BodyId", UUID)
ActorId = NewType("ActorId", UUID)


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    value = value & ~(0xC000 << 48) | 0x8000 << 48
    return UUID(int=value)
