"""What an evaluation's request amounts to: how many posts more, at whom, whether bodies merge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

#: Which part of the establishment a change touches, as the gate asks.
_AREAS = {
    "QUOTA": "QUOTA",
    "LEADERSHIP": "POSTS",
    "MIDLEVEL": "POSTS",
    "FUNCTION": "FUNCTIONS",
    "MANDATE": "FUNCTIONS",
    "NONQUOTA": "NONQUOTA",
}


@dataclass(frozen=True, slots=True)
class RisingAccount:
    """One account that is to get more posts."""

    body_id: UUID | None
    kind: str
    funding: str
    rise: int


def rising(deltas: Sequence[dict[str, Any]]) -> list[RisingAccount]:
    """Quotas that are to grow. Posts that come along with a merged body are no increase."""
    return [
        RisingAccount(
            UUID(each["body_id"]) if each.get("body_id") else None,
            each["kind"],
            each["funding"],
            each["after"] - each["before"],
        )
        for each in deltas
        if each["ledger"] == "QUOTA"
        and each.get("source") != "MERGED"
        and each["after"] > each["before"]
    ]


def request_of(deltas: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The input `request` of the tables: posts more, and whether bodies merge."""
    return {
        "increase": sum(each.rise for each in rising(deltas)),
        "is_merger": any(each.get("action") == "MERGE" for each in deltas),
    }


def areas_of(deltas: Sequence[dict[str, Any]]) -> list[str]:
    """The areas that the changes touch, each once."""
    return sorted({_AREAS.get(each["ledger"], "BODIES") for each in deltas})


def bodies_of(deltas: Sequence[dict[str, Any]], body_id: UUID) -> list[UUID]:
    """The body that asks, and every other one that is changed."""
    named = {UUID(each["body_id"]) for each in deltas if each.get("body_id")}
    return [body_id, *sorted(named - {body_id})]
