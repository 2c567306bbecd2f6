"""Change the kind or funding form of vacant quota within one body."""

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
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class ChangeQuotaKind(QuotaDecision):
    """Turn vacant posts into posts of another kind or funding form (编制类型变更)."""

    name = "quota.change_quota_kind"
    title_zh = "变更编制类型"
    title_en = "Change quota kind"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "kind": "ADMIN",
        "funding": "FULL",
        "to_kind": "SUPPORT",
        "to_funding": "FULL",
        "posts": 1,
    }
    refusals = (
        *QuotaDecision.refusals,
        rules.CityLimitExceeded,
        rules.KindNotAllowed,
        rules.SameKind,
    )

    body_id: UUID
    kind: QuotaKind
    funding: Funding
    to_kind: QuotaKind
    to_funding: Funding
    posts: Posts


class QuotaKindChanged(LedgerChanged):
    """Posts of a body are of another kind or funding form."""

    type: ClassVar[str] = "quota.quota_kind_changed"
    title_zh = "编制类型已变更"
    title_en = "Quota kind changed"


@handles(ChangeQuotaKind)
async def change_quota_kind(command: ChangeQuotaKind, context: Context) -> EntriesMade:
    """Append entries to both accounts of the body and of the city, or refuse all four."""
    await require_body(context, command.body_id)
    require_pair(command.to_kind, command.to_funding)
    old = (command.kind, command.funding)
    new = (command.to_kind, command.to_funding)
    if old == new:
        raise rules.SameKind(
            "Expected another kind or funding form, but it is the same.",
            "应当变更为其他编制类型或经费形式，但两者相同。",
        )
    body_id = command.body_id
    keys = [quota_key(owner, *pair) for owner in (body_id, None) for pair in (old, new)]
    locked = await locked_accounts(context, *keys, is_opening=True)
    from_body, to_body, from_city, to_city = (locked[key] for key in keys)
    made = await carry_out(
        context,
        command,
        Action.CHANGE_KIND,
        (from_body, Balance(authorised=-command.posts), Purpose("change", "变更")),
        (to_body, Balance(authorised=command.posts), Purpose("change", "变更")),
        (from_city, Balance(actual=-command.posts), ALLOT),
        (to_city, Balance(actual=command.posts), ALLOT),
    )
    context.announce(
        QuotaKindChanged(
            body_id=body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
