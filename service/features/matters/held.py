"""The bodies and accounts that changes touch, as they stand, under lock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from service.core.command import Context
from service.features.matters.codes import DeltaLedger
from service.features.matters.deltas import COUNTED, Delta

# Bodies before accounts, both by their ids, before any number of a series is taken.
_HOLD_BODIES = "SELECT id, status FROM body WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE"
_HOLD_ACCOUNTS = """
SELECT * FROM account WHERE body_id = ANY ($1) OR body_id IS NULL ORDER BY id FOR UPDATE
"""
Key = tuple[UUID, str, str, str]


@dataclass(slots=True)
class Held:
    """The accounts of the bodies concerned, and how many posts of each are vacant still."""

    accounts: dict[Key, Any]
    statuses: dict[UUID, str]
    vacant: dict[Key, int] = field(default_factory=dict)

    def account(self, delta: Delta) -> Any:
        """The account that a change counts in; None where there is none yet."""
        return self.accounts.get(key_of(delta))

    def of_body(self, body_id: UUID | None) -> list[tuple[Key, Any]]:
        return [(key, each) for key, each in self.accounts.items() if key[0] == body_id]

    def take(self, delta: Delta, posts: int) -> int:
        """Take vacant posts of an account, as many as there are of those asked for."""
        key = key_of(delta)
        taken = min(self.vacant.get(key, 0), posts)
        self.vacant[key] = self.vacant.get(key, 0) - taken
        return taken


def key_of(delta: Delta) -> Key:
    """The account that a change counts in."""
    assert delta.ledger in COUNTED, "it counts"
    assert delta.body_id is not None, "bodies to be set up have no account"
    if delta.ledger is DeltaLedger.QUOTA:
        return delta.body_id, "QUOTA", str(delta.kind), str(delta.funding)
    return delta.body_id, str(delta.ledger), str(delta.level), str(delta.slot)


async def held(context: Context, deltas: Sequence[Delta]) -> Held:
    """Lock every body and account that the changes may touch."""
    named = {each for delta in deltas for each in (delta.body_id, delta.to_body_id) if each}
    bodies = await context.connection.fetch(_HOLD_BODIES, sorted(named))
    accounts = await context.connection.fetch(_HOLD_ACCOUNTS, sorted(named))
    found = {
        (each["body_id"], each["ledger"], each["kind"], each["part"]): each for each in accounts
    }
    vacant = {key: max(_vacant(each), 0) for key, each in found.items()}
    return Held(found, {each["id"]: each["status"] for each in bodies}, vacant)


def _vacant(account: Any) -> int:
    return int(account["authorised"] - account["actual"] - account["reserved"] - account["frozen"])
