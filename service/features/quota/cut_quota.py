"""Cut quota: a body gives vacant posts back to the city's limit."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota.accounts import locked_accounts
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.decision import (
    ALLOT,
    LedgerChanged,
    QuotaDecision,
    carry_out,
    quota_key,
    shown,
)
from service.features.quota.entry_view import EntriesMade
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class CutQuota(QuotaDecision):
    """Take vacant posts of one kind and funding form from a body (核减编制).

    Posts that are held, promised or frozen cannot be cut: that would make the body exceed its
    quota by our own doing (I1).
    """

    name = "quota.cut_quota"
    title_zh = "核减编制"
    title_en = "Cut quota"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": 1,
    }

    body_id: UUID
    kind: QuotaKind
    funding: Funding
    posts: Posts


class QuotaCut(LedgerChanged):
    """A body has fewer posts."""

    type: ClassVar[str] = "quota.quota_cut"
    title_zh = "编制已核减"
    title_en = "Quota cut"


@handles(CutQuota)
async def cut_quota(command: CutQuota, context: Context) -> EntriesMade:
    """Append an entry to the body's account and one to the city's, or refuse both."""
    body = quota_key(command.body_id, command.kind, command.funding)
    city = quota_key(None, command.kind, command.funding)
    locked = await locked_accounts(context, body, city)
    made = await carry_out(
        context,
        command,
        Action.CUT,
        (locked[body], Balance(authorised=-command.posts), Purpose("cut", "核减")),
        (locked[city], Balance(actual=-command.posts), ALLOT),
    )
    context.announce(
        QuotaCut(
            body_id=command.body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
