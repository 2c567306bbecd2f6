"""Grant quota: a body gets posts out of the city's limit."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota import rules
from service.features.quota.accounts import locked_accounts, require_body
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.decision import (
    ALLOT,
    LedgerChanged,
    QuotaDecision,
    carry_out,
    quota_key,
    require_pair,
    shown,
)
from service.features.quota.entry_view import EntriesMade
from service.features.quota.rules import Balance
from service.features.quota.tables import Action


class GrantQuota(QuotaDecision):
    """Grant a body posts of one kind and funding form (核定编制), within the city's limit."""

    name = "quota.grant_quota"
    title_zh = "核定编制"
    title_en = "Grant quota"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": 2,
    }
    refusals = (*QuotaDecision.refusals, rules.CityLimitExceeded, rules.KindNotAllowed)

    body_id: UUID
    kind: QuotaKind
    funding: Funding
    posts: Posts


class QuotaGranted(LedgerChanged):
    """A body has more posts."""

    type: ClassVar[str] = "quota.quota_granted"
    title_zh = "编制已核定"
    title_en = "Quota granted"


@handles(GrantQuota)
async def grant_quota(command: GrantQuota, context: Context) -> EntriesMade:
    """Append an entry to the body's account and one to the city's, or refuse both."""
    await require_body(context, command.body_id)
    require_pair(command.kind, command.funding)
    body = quota_key(command.body_id, command.kind, command.funding)
    city = quota_key(None, command.kind, command.funding)
    locked = await locked_accounts(context, body, city, is_opening=True)
    made = await carry_out(
        context,
        command,
        Action.GRANT,
        (locked[city], Balance(actual=command.posts), ALLOT),
        (locked[body], Balance(authorised=command.posts), ALLOT),
    )
    context.announce(
        QuotaGranted(
            body_id=command.body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
