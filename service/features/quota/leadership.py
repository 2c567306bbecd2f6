"""What decisions about leadership and mid-level posts have in common."""

from uuid import UUID

from service.features.quota import rules
from service.features.quota.accounts import AccountKey, LockedAccount
from service.features.quota.codes import Level, Slot, Tier
from service.features.quota.decision import Decision
from service.features.quota.tables import Ledger


class LeadershipDecision(Decision):
    """A decision about posts of one tier, level and slot of a body."""

    body_id: UUID
    tier: Tier = Tier.LEADERSHIP
    level: Level
    slot: Slot

    def key(self, body_id: UUID) -> AccountKey:
        return AccountKey(body_id, Ledger(self.tier), self.level, self.slot)


def require_level(locked: LockedAccount, level: Level) -> None:
    """Refuse a post of a higher level than the rank of its body (I10).

    Raises:
        RankTooHigh: It is higher. A body without a rank compares with none.
    """
    assert locked.body is not None
    if level.is_above(locked.body.rank):
        raise rules.RankTooHigh(
            f"Expected a level up to {locked.body.rank}, the rank of {locked.body.name}, "
            f"but it is {level}.",
            f"职务层次应当不高于{locked.body.name}的机构规格（{locked.body.rank}），但为{level}。",
        )
