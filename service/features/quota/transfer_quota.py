"""Transfer quota: vacant posts move from one body to another."""

from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.core.values import Posts
from service.features.quota import rules
from service.features.quota.codes import GRASS_ROOTS, Funding, QuotaKind
from service.features.quota.decision import (
    LedgerChanged,
    QuotaDecision,
    carry_out,
    quota_key,
    shown,
)
from service.features.quota.entry_view import EntriesMade
from service.features.quota.ledger import LedgerBody, locked_accounts, require_body
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action


class TransferQuota(QuotaDecision):
    """Move vacant posts of one kind and funding form to another body (编制调剂).

    Quotas of towns and sub-districts never go to others (I21).
    """

    name = "quota.transfer_quota"
    title_zh = "编制调剂"
    title_en = "Transfer quota"
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
    await require_body(context, command.body_id)
    if command.body_id == command.to_body_id:
        raise rules.SameBody(
            "Expected two bodies, but they are the same.", "应当为两个不同机构，但两者相同。"
        )
    giving = quota_key(command.body_id, command.kind, command.funding)
    taking = quota_key(command.to_body_id, command.kind, command.funding)
    locked = await locked_accounts(context, giving, taking, is_opening=True)
    _require_not_from_grass_roots(locked[giving].body, locked[taking].body)
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


def _require_not_from_grass_roots(giving: LedgerBody | None, taking: LedgerBody | None) -> None:
    assert giving is not None
    assert taking is not None
    if giving.system_category in GRASS_ROOTS and taking.system_category not in GRASS_ROOTS:
        raise rules.GrassRootsProtected(
            f"Expected the quota of {giving.name} to stay at the grass roots, "
            f"but {taking.name} is not of them.",
            f"{giving.name}的编制应当留在基层，但{taking.name}不是乡镇或街道。",
        )
