"""Closing entries of posts: transfers as people leave, cuts once there is room, late grants."""

from typing import Any

from service.core.operation import Command
from service.features.matters.closing import Closing
from service.features.matters.codes import DeltaAction, DeltaLedger, DeltaSource
from service.features.matters.deltas import COUNTED, Delta
from service.features.matters.entering import TIERS
from service.features.matters.held import Held, key_of
from service.features.quota.cut_leadership_posts import CutLeadershipPosts
from service.features.quota.cut_quota import CutQuota
from service.features.quota.grant_leadership_posts import GrantLeadershipPosts
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.transfer_quota import TransferQuota


async def shift_posts(closing: Closing) -> None:
    """Let posts follow the people who have left: what is vacant goes to the other body."""
    merged = {each.body_id for each in closing.left if each.action is DeltaAction.MERGE}
    for giving in [each for each in closing.left if each.is_giving]:
        if giving.body_id not in merged:
            await _shift(closing, giving)


async def _shift(closing: Closing, giving: Delta) -> None:
    for taking in [each for each in closing.left if each.takes_from(giving)]:
        ledgers, frozen = await closing.ledgers(), await closing.frozen()
        key = key_of(giving)
        vacant, still = ledgers.vacant[key], frozen.get(key, 0)
        asked = min(-giving.rise, taking.rise)
        posts = min(asked, vacant + still)
        move = TransferQuota(
            body_id=giving.body_id,
            to_body_id=taking.body_id,
            kind=giving.kind,
            funding=giving.funding,
            posts=posts or asked,
            **closing.basis,
        )
        thaw = closing.thaw(key, posts - vacant)
        if await closing.done("编制划转", *thaw, move):
            rest = giving.model_copy(update={"before": (giving.before or 0) - posts})
            closing.swap(giving, rest)
            closing.swap(taking, taking.model_copy(update={"before": (taking.before or 0) + posts}))
            giving = rest
            if posts < asked:
                closing.differences.append(f"编制划转：尚有{asked - posts}名待人员划出后划转。")
    closing.drop([each for each in closing.left if each.ledger in COUNTED and not each.rise])


async def cut_posts(closing: Closing) -> None:
    """Cut what was to be cut below those who were there, as soon as they are fewer."""
    bodies = {each.body_id for each in closing.left if each.is_closing}
    for delta in list(closing.left):
        is_cut = delta.ledger in COUNTED and delta.rise < 0 and not delta.to_body_id
        if is_cut and delta.body_id not in bodies and await _cut(closing, delta):
            closing.drop([delta])


async def _cut(closing: Closing, delta: Delta) -> bool:
    if delta.ledger in TIERS:
        return await closing.done("职数核减", CutLeadershipPosts(**_posts(closing, delta)))
    ledgers, frozen = await closing.ledgers(), await closing.frozen()
    return await closing.done("编制核减", *_thawed(closing, ledgers, frozen, delta))


def _thawed(
    closing: Closing, ledgers: Held, frozen: dict[Any, int], delta: Delta
) -> list[Command[Any]]:
    key = key_of(delta)
    needed = -delta.rise - ledgers.vacant[key]
    thaw = closing.thaw(key, min(frozen.get(key, 0), needed))
    return [*thaw, CutQuota(**_line(closing, delta))]


async def grant_posts(closing: Closing) -> None:
    """Give what waited for its body to be set up or merged; what another body gives waits on."""
    for delta in list(closing.left):
        if delta.ledger not in COUNTED or delta.rise <= 0 or delta.body_id is None:
            continue
        if any(delta.takes_from(giving) for giving in closing.left if giving.is_giving):
            continue
        if delta.ledger is DeltaLedger.QUOTA:
            is_by_merger = delta.source is DeltaSource.MERGED
            is_done = not is_by_merger and await closing.done(
                "编制核增", GrantQuota(**_line(closing, delta))
            )
        else:
            is_done = await closing.done("职数核增", GrantLeadershipPosts(**_posts(closing, delta)))
        if is_done:
            closing.drop([delta])


def _line(closing: Closing, delta: Delta) -> dict[str, Any]:
    return {
        "body_id": delta.body_id,
        "kind": delta.kind,
        "funding": delta.funding,
        "posts": abs(delta.rise),
        **closing.basis,
    }


def _posts(closing: Closing, delta: Delta) -> dict[str, Any]:
    return {
        "body_id": delta.body_id,
        "tier": TIERS[delta.ledger],
        "level": delta.level,
        "slot": delta.slot,
        "posts": abs(delta.rise),
        **closing.basis,
    }
