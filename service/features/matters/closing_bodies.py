"""Closing bodies: merged with all that is theirs, or abolished once they are empty (I17, I18)."""

from typing import Any
from uuid import UUID

from service.core.operation import Command
from service.features.matters.closing import ClosedBody, Closing
from service.features.matters.codes import DeltaAction, DeltaLedger, DeltaSource
from service.features.matters.deltas import COUNTED, Delta
from service.features.matters.held import Held
from service.features.quota.abolish_body import AbolishBody
from service.features.quota.codes import Funding, Level, QuotaKind, Slot, Tier
from service.features.quota.cut_leadership_posts import CutLeadershipPosts
from service.features.quota.cut_quota import CutQuota
from service.features.quota.merge_bodies import MergeBodies, ResultingQuota

_HAS_ITEMS = """
SELECT EXISTS (SELECT FROM rectification_item WHERE body_id = $1
AND state NOT IN ('CLOSED', 'MERGED', 'VOIDED', 'REFERRED_CLOSED'))
"""


async def merge(closing: Closing) -> None:
    """Merge each group of bodies into the one that stays; their people come along."""
    parts = [each for each in closing.left if each.action is DeltaAction.MERGE]
    for into in dict.fromkeys(each.to_body_id for each in parts):
        group = [each for each in parts if each.to_body_id == into]
        if into is None:
            closing.differences.append("机构合并：审定事项应当载明并入的机构。")
            continue
        ids = {each.body_id for each in group}
        quotas = [
            each
            for each in closing.left
            if each.ledger is DeltaLedger.QUOTA
            and each.source is DeltaSource.MERGED
            and each.body_id == into
        ]
        command = MergeBodies(
            body_id=into,
            merged_ids=tuple(sorted(each for each in ids if each)),
            quotas=_resulting(await closing.ledgers(), quotas),
            **closing.basis,
        )
        if await closing.done("机构合并", command):
            theirs = [
                each for each in closing.left if each.ledger in COUNTED and each.body_id in ids
            ]
            closing.drop([*group, *quotas, *theirs])
            for body_id in sorted(each for each in ids if each):
                await _hand_over(closing, body_id, into)


def _resulting(ledgers: Held, quotas: list[Delta]) -> tuple[ResultingQuota, ...]:
    """What the body that stays has afterwards, of the kinds that the reply names."""
    found = []
    for each in quotas:
        account = ledgers.account(each)
        now = account["authorised"] if account else 0
        found.append(ResultingQuota(kind=each.kind, funding=each.funding, posts=now + each.rise))
    return tuple(found)


async def abolish(closing: Closing) -> None:
    """Abolish bodies that nobody holds a post of any more: their posts go back to the city."""
    for delta in [each for each in closing.left if each.action is DeltaAction.ABOLISH]:
        if delta.ledger is not DeltaLedger.BODY:
            continue
        body_id = delta.body_id
        assert body_id is not None, "the form of a closing asks for it"
        emptied = await _emptied(closing, body_id)
        if await closing.done("机构撤销", *emptied, AbolishBody(body_id=body_id, **closing.basis)):
            theirs = [
                each for each in closing.left if each.ledger in COUNTED and each.body_id == body_id
            ]
            closing.drop([delta, *theirs])
            await _hand_over(closing, body_id, delta.to_body_id)


async def _emptied(closing: Closing, body_id: UUID) -> list[Command[Any]]:
    """What brings the accounts of a body down to nothing."""
    ledgers, frozen = await closing.ledgers(), await closing.frozen()
    commands: list[Command[Any]] = []
    for key, account in ledgers.of_body(body_id):
        _, ledger, kind, part = key
        commands += closing.thaw(key, frozen.get(key, 0))
        posts = account["authorised"]
        if not posts:
            continue
        about = {"body_id": body_id, "posts": posts, **closing.basis}
        if ledger == "QUOTA":
            commands.append(CutQuota(kind=QuotaKind(kind), funding=Funding(part), **about))
        else:
            where = {"tier": Tier(ledger), "level": Level(kind), "slot": Slot(part)}
            commands.append(CutLeadershipPosts(**where, **about))
    return commands


async def _hand_over(closing: Closing, body_id: UUID, successor: UUID | None) -> None:
    """Where the body has open problems, another one is to answer for them from now on."""
    if await closing.context.connection.fetchval(_HAS_ITEMS, body_id):
        closing.closed.append(ClosedBody(body_id=body_id, successor_id=successor))
