"""Transfer quota: vacant posts move from one body to another."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota import rules
from service.features.quota.accounts import locked_accounts, require_body
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.decision import (
    LedgerChanged,
    QuotaDecision,
    carry_out,
    quota_key,
    shown,
)
from service.features.quota.entry_view import EntriesMade
from service.features.quota.grass_roots import require_stays_at_grass_roots
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class TransferQuota(QuotaDecision):
    """Move vacant posts of one kind and funding form to another body (编制调剂).

    Quotas of towns, sub-districts and what stands below them never go to others (I21).
    """

    name = "quota.transfer_quota"
    title_zh = "编制调剂"
    title_en = "Transfer quota"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "body_id": "01900000-0000-7000-8000-000000000000",
        "to_body_id": "01900000-0000-7000-8000-000000000000",
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": 1,
    }
    refusals = (*QuotaDecision.refusals, rules.GrassRootsProtected, rules.SameBody)

    body_id: UUID
    to_body_id: UUID
    kind: QuotaKind
    funding: Funding
    posts: Posts


class QuotaTransferred(LedgerChanged):
    """Posts went from `body_id` to `to_body_id`."""

    type: ClassVar[str] = "quota.quota_transferred"
    title_zh = "编制已调剂"
    title_en = "Quota transferred"

    to_body_id: UUID


@handles(TransferQuota)
async def transfer_quota(command: TransferQuota, context: Context) -> EntriesMade:
    """Append an entry to each of the two accounts, or refuse both."""
    body = await require_body(context, command.body_id)
    if command.body_id == command.to_body_id:
        raise rules.SameBody(
            "Expected two bodies, but they are the same.", "应当为两个不同机构，但两者相同。"
        )
    giving = quota_key(command.body_id, command.kind, command.funding)
    taking = quota_key(command.to_body_id, command.kind, command.funding)
    locked = await locked_accounts(context, giving, taking, is_opening=True)
    to_body = locked[taking].body
    assert to_body is not None
    await require_stays_at_grass_roots(
        context, (command.body_id, body.name), (command.to_body_id, to_body.name)
    )
    made = await carry_out(
        context,
        command,
        Action.TRANSFER,
        (locked[giving], Balance(authorised=-command.posts), Purpose("transfer", "调剂")),
        (locked[taking], Balance(authorised=command.posts), Purpose("transfer", "调剂")),
    )
    context.announce(
        QuotaTransferred(
            body_id=command.body_id,
            to_body_id=command.to_body_id,
            document_id=command.document_id,
            effective_on=command.effective_on,
            entries=[entry.id for entry, _ in made],
        )
    )
    return shown(made)
