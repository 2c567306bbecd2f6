"""Freeze posts: vacant posts of a body that is being merged, abolished or cut are held still.

A frozen post is nobody's: it can be neither filled nor promised nor moved, until it is let go or
the body is closed. Posts that people hold freeze one by one, as people leave them.
"""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota.accounts import locked_account
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.decision import (
    LedgerChanged,
    QuotaDecision,
    carry_out,
    quota_key,
    shown,
)
from service.features.quota.entry_view import EntriesMade
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class FreezePosts(QuotaDecision):
    """Freeze vacant posts of one kind and funding form (冻结编制).

    They lower the vacancy from `effective_on` on; posts that are held or promised cannot be
    frozen (I1).
    """

    name = "quota.freeze_posts"
    title_zh = "冻结编制"
    title_en = "Freeze posts"
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


class PostsFrozen(LedgerChanged):
    """Vacant posts of a body stand still."""

    type: ClassVar[str] = "quota.posts_frozen"
    title_zh = "编制已冻结"
    title_en = "Posts frozen"


@handles(FreezePosts)
async def freeze_posts(command: FreezePosts, context: Context) -> EntriesMade:
    """Append a freezing entry, or refuse with `QuotaExceeded` and append nothing."""
    key = quota_key(command.body_id, command.kind, command.funding)
    leg = (
        await locked_account(context, key),
        Balance(frozen=command.posts),
        Purpose("freeze", "冻结"),
    )
    made = await carry_out(context, command, Action.FREEZE, leg)
    context.announce(
        PostsFrozen(
            body_id=command.body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
