"""Entering what was decided: which command of the ledger each change is, and what waits.

What closes a body, and what takes more posts than are vacant, waits until people are placed:
until then the vacant posts stand still. Bodies to be set up with all that is theirs, mandates,
classes, sections and posts outside the establishment wait too: they are entered with facts that
only their implementation brings. So does what a body is only from a day to come.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.errors import Refusal
from service.core.operation import Command
from service.features.bodies.start_reform import StartReform
from service.features.matters import rules
from service.features.matters.body_commands import command_of_body
from service.features.matters.codes import DeltaAction, DeltaLedger, DeltaSource
from service.features.matters.deltas import COUNTED, Delta
from service.features.matters.held import Held
from service.features.matters.shifting import Shifted, shifted
from service.features.quota.codes import Tier
from service.features.quota.cut_leadership_posts import CutLeadershipPosts
from service.features.quota.cut_quota import CutQuota
from service.features.quota.freeze_posts import FreezePosts
from service.features.quota.grant_leadership_posts import GrantLeadershipPosts
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.merge_bodies import MergeExceedsSum

TIERS = {DeltaLedger.LEADERSHIP: Tier.LEADERSHIP, DeltaLedger.MIDLEVEL: Tier.MIDLEVEL}


@dataclass(slots=True)
class Plan:
    """What is ordered now, and what waits."""

    ledgers: Held
    basis: dict[str, Any]
    commands: list[Command[Any]] = field(default_factory=list)
    pending: list[Delta] = field(default_factory=list)


async def enter(
    context: Context, ledgers: Held, deltas: Sequence[Delta], document_id: UUID, on: date
) -> list[Delta]:
    """Order what each change is in the ledger; what waits is returned.

    Raises:
        LedgerRefused: The ledger is not as the request says, or refuses; nothing stays done.
    """
    for delta in deltas:
        _require_as_asked(ledgers, delta)
    _require_no_more_than_before(ledgers, deltas)
    plan = Plan(ledgers, {"document_id": document_id, "effective_on": on})
    # What gives posts back comes before what needs them.
    moved = shifted(ledgers, deltas, plan.basis)
    plan.commands += moved.commands
    closing = {delta.body_id for delta in deltas if delta.is_closing}
    for delta in sorted(_now(moved, closing, plan), key=lambda each: each.rise):
        _plan(plan, delta, is_today=on <= context.today)
    # What is to be closed stands still at once, also where the reply takes effect later.
    at_once = {"document_id": document_id, "effective_on": min(on, context.today)}
    for body_id in dict.fromkeys(delta.body_id for delta in deltas if delta.is_closing):
        plan.commands += _stand_still(ledgers, body_id, at_once)
    for command in plan.commands:
        await _order(context, command)
    return plan.pending


def _now(moved: Shifted, closing: set[UUID | None], plan: Plan) -> Iterator[Delta]:
    """The changes that do not wait in any case."""
    plan.pending += moved.waiting
    for delta in moved.rest:
        is_with_closing = delta.ledger in COUNTED and delta.body_id in closing
        if (
            delta.is_closing
            or delta.body_id is None
            or is_with_closing
            or delta.source is DeltaSource.MERGED
        ):
            plan.pending.append(delta)
        else:
            yield delta


async def _order(context: Context, command: Command[Any]) -> None:
    try:
        await context.order(command)
    except Refusal as refusal:
        raise rules.LedgerRefused(
            f"Expected the ledger to take what was decided, but {command.name}: {refusal.en}",
            f"台账应当登记审定事项，但不予登记：{refusal.zh}",
            command=command.name,
            code=refusal.code,
            facts=refusal.facts,
        ) from refusal


def _require_as_asked(ledgers: Held, delta: Delta) -> None:
    """Refuse a change that starts from another number than the ledger has.

    Raises:
        LedgerRefused: It does.
    """
    if delta.ledger not in COUNTED:
        return
    account = ledgers.account(delta) if delta.body_id else None
    authorised = account["authorised"] if account else 0
    if authorised != delta.before:
        raise rules.LedgerRefused(
            f"Expected {delta.before} posts authorised, as the request says, "
            f"but the ledger has {authorised}.",
            f"核定数应当为请示所述的{delta.before}名，但台账为{authorised}名。",
            code="before_differs",
            before=delta.before,
            authorised=authorised,
        )


def _require_no_more_than_before(ledgers: Held, deltas: Sequence[Delta]) -> None:
    """Refuse a merger after which the body would have more than its parts had together (I17).

    Raises:
        LedgerRefused: It would.
    """
    for delta in deltas:
        if delta.ledger is not DeltaLedger.QUOTA or delta.source is not DeltaSource.MERGED:
            continue
        parts = {
            each.body_id
            for each in deltas
            if each.action is DeltaAction.MERGE and each.to_body_id == delta.body_id
        }
        comes = sum(
            account["authorised"]
            for (body_id, *part), account in ledgers.accounts.items()
            if body_id in parts and part == ["QUOTA", str(delta.kind), str(delta.funding)]
        )
        if parts and delta.rise > comes:
            raise rules.LedgerRefused(
                f"Expected at most {comes} posts to come along, but {delta.rise} do (I17).",
                f"合并后编制应当不超过原编制之和，最多划入{comes}名，但为{delta.rise}名。",
                code=MergeExceedsSum.code,
                asked=delta.rise,
                before=comes,
            )


def _plan(plan: Plan, delta: Delta, *, is_today: bool) -> None:
    """Add the commands of one change, or let it wait."""
    if delta.ledger is DeltaLedger.QUOTA:
        plan.commands += _quota(plan, delta)
    elif delta.ledger in TIERS:
        plan.commands += _posts(plan, delta)
    else:
        command = command_of_body(delta, plan.basis) if is_today else None
        if command is None:
            plan.pending.append(delta)
        else:
            plan.commands.append(command)


def _quota(plan: Plan, delta: Delta) -> Iterable[Command[Any]]:
    line = {"body_id": delta.body_id, "kind": delta.kind, "funding": delta.funding, **plan.basis}
    if delta.rise > 0:
        return [GrantQuota(**line, posts=delta.rise)]
    if delta.rise == 0:
        return []
    if (delta.after or 0) >= plan.ledgers.account(delta)["actual"]:
        return [CutQuota(**line, posts=-delta.rise)]
    plan.pending.append(delta)
    vacant = plan.ledgers.take(delta, -delta.rise)
    return [FreezePosts(**line, posts=vacant)] if vacant else []


def _posts(plan: Plan, delta: Delta) -> Iterable[Command[Any]]:
    about = {
        "body_id": delta.body_id,
        "tier": TIERS[delta.ledger],
        "level": delta.level,
        "slot": delta.slot,
        **plan.basis,
    }
    if delta.rise > 0:
        return [GrantLeadershipPosts(**about, posts=delta.rise)]
    if delta.rise == 0:
        return []
    if (delta.after or 0) >= plan.ledgers.account(delta)["actual"]:
        return [CutLeadershipPosts(**about, posts=-delta.rise)]
    plan.pending.append(delta)
    return []


def _stand_still(
    ledgers: Held, body_id: UUID | None, basis: dict[str, Any]
) -> Iterator[Command[Any]]:
    """A body that is to be closed is put in reform, and its vacant posts stand still."""
    assert body_id is not None, "the form of a closing asks for it"
    if ledgers.statuses.get(body_id) == "ACTIVE":
        yield StartReform(body_id=body_id, **basis)
    for (_, ledger, kind, funding), _account in ledgers.of_body(body_id):
        posts = ledgers.vacant[body_id, ledger, kind, funding]
        if ledger == "QUOTA" and posts:
            line = {"body_id": body_id, "kind": kind, "funding": funding}
            yield FreezePosts(**line, posts=posts, **basis)
