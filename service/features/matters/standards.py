"""What the office has set for its tables, as a matter meets it."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.core.store.db import Connection
from service.features.bodies.codes import BodyType
from service.features.matters.deltas import Delta

_POSTS = "SELECT rank, posts FROM post_standard"
_LIMITS = """
SELECT counted, bodies - (SELECT count(*) FROM body b WHERE b.body_type = l.counted
    AND b.status IN ('ACTIVE', 'IN_REFORM')) AS room FROM body_limit l
"""


@dataclass(frozen=True, slots=True)
class Standards:
    """What is set; what is not named has no limit."""

    posts: Mapping[tuple[str, str, str, str], int]
    rooms: Mapping[str, int]

    def of(self, delta: Delta, rank: str | None) -> int | None:
        """The most posts that a body of a rank may have of what a change is about."""
        if rank is None or delta.level is None or delta.slot is None:
            return None
        return self.posts.get((rank, delta.ledger, delta.level, delta.slot))

    def body_limit_left(self, matter_type: str, asked: int) -> int:
        """How many bodies there is room for; as many as are asked for where no limit is set."""
        return self.rooms.get(set_up_by(matter_type), asked)


def set_up_by(matter_type: str) -> str:
    """Of which type a body is that a matter of a type sets up: M02 sets up institutions."""
    return BodyType.PUBLIC_INSTITUTION if matter_type == "M02" else BodyType.ORGAN


async def standards(connection: Connection) -> Standards:
    posts: dict[tuple[str, str, str, str], int] = {}
    for record in await connection.fetch(_POSTS):
        for row in record["posts"]:
            posts[record["rank"], row["ledger"], row["level"], row["slot"]] = row["posts"]
    rooms = await connection.fetch(_LIMITS)
    return Standards(
        posts=posts,
        rooms={each["counted"]: each["room"] for each in rooms},
    )
