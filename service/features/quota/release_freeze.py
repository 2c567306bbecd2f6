"""Release a freeze: posts that stood still can be filled, promised and moved again."""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota import rules
from service.features.quota.accounts import locked_account
from service.features.quota.balances import steps_from
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.decision import (
    LedgerChanged,
    QuotaDecision,
    carry_out,
    quota_key,
    shown,
)
from service.features.quota.entry_view import EntriesMade
from service.features.quota.rules import Balance, Purpose, Step
from service.features.quota.tables import Action


class ReleaseFreeze(QuotaDecision):
    """Let frozen posts of one kind and funding form go (解除冻结), from `effective_on` on.

    No more can be let go than are frozen on that day and every later one.
    """

    name = "quota.release_freeze"
    title_zh = "解除冻结"
    title_en = "Release a freeze"
    refusals = (*QuotaDecision.refusals, rules.NotFrozen)
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": 1,
    }

    body_id: UUID
    kind: QuotaKind
    funding: Funding
    posts: Posts


class FreezeReleased(LedgerChanged):
    """Posts of a body no longer stand still."""

    type: ClassVar[str] = "quota.freeze_released"
    title_zh = "编制已解冻"
    title_en = "Freeze released"


@handles(ReleaseFreeze)
async def release_freeze(command: ReleaseFreeze, context: Context) -> EntriesMade:
    """Append a thawing entry, or refuse with `NotFrozen` and append nothing."""
    key = quota_key(command.body_id, command.kind, command.funding)
    locked = await locked_account(context, key)
    steps = await steps_from(context.connection, locked.account, command.effective_on)
    _require_frozen(steps, command.posts)
    leg = (locked, Balance(frozen=-command.posts), Purpose("release", "解冻"))
    made = await carry_out(context, command, Action.THAW, leg)
    context.announce(
        FreezeReleased(
            body_id=command.body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)


def _require_frozen(steps: Sequence[Step], posts: int) -> None:
    """Refuse to let more go than stand still on some day.

    Raises:
        NotFrozen: `facts` give the first such day and how many are frozen on it.
    """
    for step in steps:
        if step.balance.frozen < posts:
            raise rules.NotFrozen(
                f"Expected {posts} frozen posts, but {step.balance.frozen} are frozen "
                f"from {step.from_on} on.",
                f"应当有{posts}名冻结编制，但自{step.from_on}起仅冻结{step.balance.frozen}名。",
                asked=posts,
                frozen=step.balance.frozen,
                from_on=step.from_on.isoformat(),
            )
