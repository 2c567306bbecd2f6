"""Where the files of attachments lie in the object store. Pure.

An id tells when it was made; so the files of one day lie together, and what was left over by an
upload that came to nothing is found without looking at all files.
"""

from datetime import UTC, date, datetime
from uuid import UUID

_PREFIX = "attachments"


def key_of(attachment_id: UUID) -> str:
    made = datetime.fromtimestamp((attachment_id.int >> 80) / 1000, UTC)
    return f"{prefix_of(made.date())}/{attachment_id}"


def prefix_of(day: date) -> str:
    """Where the files of one day lie, by the clock of UTC."""
    return f"{_PREFIX}/{day}"


def id_of(key: str) -> UUID | None:
    """The id in a key; None where there is none."""
    try:
        return UUID(key.rpartition("/")[2])
    except ValueError:
        return None
