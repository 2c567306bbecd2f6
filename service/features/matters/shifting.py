"""Posts that go from one body to another: what is vacant at once, the rest as people leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from service.core.operation import Command
from service.features.matters.codes import DeltaAction, DeltaLedger
from service.features.matters.deltas import Delta
from service.features.matters.held import Held
from service.features.quota.transfer_quota import TransferQuota


@dataclass(slots=True)
class Shifted:
    """Transfers as commands; the changes less what they cover; what waits for vacancies."""

    commands: list[Command[Any]] = field(default_factory=list)
    rest: list[Delta] = field(default_factory=list)
    waiting: list[Delta] = field(default_factory=list)


def shifted(ledgers: Held, deltas: Sequence[Delta], basis: dict[str, Any]) -> Shifted:
    """Take what goes from body to body out of the changes: one movement, asking no limit.

    A body that is merged gives its posts by the merger itself.
    """
    merged = {each.body_id for each in deltas if each.action is DeltaAction.MERGE}
    found, rest = Shifted(), list(deltas)
    for at, giving in enumerate(deltas):
        if not giving.is_giving or giving.body_id in merged:
            continue
        for to, taking in enumerate(rest):
            posts = min(-rest[at].rise, taking.rise)
            if not taking.takes_from(giving) or posts <= 0:
                continue
            now = ledgers.take(giving, posts)
            if now:
                found.commands.append(
                    TransferQuota(
                        body_id=giving.body_id,
                        to_body_id=taking.body_id,
                        kind=giving.kind,
                        funding=giving.funding,
                        posts=now,
                        **basis,
                    )
                )
            _note(found, rest, (at, to), now, posts)
    found.rest += [each for each in rest if each.ledger is not DeltaLedger.QUOTA or each.rise]
    return found


def _note(found: Shifted, rest: list[Delta], pair: tuple[int, int], now: int, posts: int) -> None:
    """Take the posts of a transfer out of both changes; those that wait become two of their own."""
    for place, sign in zip(pair, (-1, 1), strict=True):
        change = rest[place]
        start = (change.before or 0) + sign * now
        if now < posts:
            end = start + sign * (posts - now)
            found.waiting.append(change.model_copy(update={"before": start, "after": end}))
        rest[place] = change.model_copy(
            update={"before": start, "after": (change.after or 0) - sign * (posts - now)}
        )
