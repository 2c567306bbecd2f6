"""Entering what was decided: which command of the ledger each change is, and what waits.

What closes a body, and what takes more posts than are vacant, waits until people are placed:
until then the vacant posts stand still. Bodies to be set up, mandates, classes and posts outside
the establishment wait too: they are entered with facts that only their implementation brings.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from service.core.command import Context
from service.core.errors import Refusal
from service.core.operation import Command
from service.features.bodies.add_nameplate import AddNameplate
from service.features.bodies.codes import Rank
from service.features.bodies.re_rank_body import ReRankBody
from service.features.bodies.remove_nameplate import RemoveNameplate
from service.features.bodies.rename_body import RenameBody
from service.features.bodies.set_functions import NewFunction, SetFunctions
from service.features.bodies.start_reform import StartReform
from service.features.matters import rules
from service.features.matters.codes import DeltaAction, DeltaLedger
from service.features.matters.deltas import Delta
from service.features.quota.codes import Tier
from service.features.quota.cut_leadership_posts import CutLeadershipPosts
from service.features.quota.cut_quota import CutQuota
from service.features.quota.freeze_posts import FreezePosts
from service.features.quota.grant_leadership_posts import GrantLeadershipPosts
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.transfer_quota import TransferQuota

_TIERS = {DeltaLedger.LEADERSHIP: Tier.LEADERSHIP, DeltaLedger.MIDLEVEL: Tier.MIDLEVEL}
# Bodies before accounts, both by their ids, before any number of a series is taken.
_HOLD_BODIES = "SELECT id, status FROM body WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE"
_HOLD_ACCOUNTS = """
SELECT * FROM account WHERE body_id = ANY ($1) OR body_id IS NULL ORDER BY id FOR UPDATE
"""


@dataclass(slots=True)
class Ledgers:
    """The accounts of the bodies concerned as they stand, locked, and what is to be done."""

    accounts: dict[tuple[UUID, str, str, str], Any]
    statuses: dict[UUID, str]
    commands: list[Command[Any]] = field(default_factory=list)
    pending: list[Delta] = field(default_factory=list)


async def held(context: Context, deltas: Sequence[Delta]) -> Ledgers:
    """Lock every body and account that the changes may touch."""
    named = {each for delta in deltas for each in (delta.body_id, delta.to_body_id) if each}
    bodies = await context.connection.fetch(_HOLD_BODIES, sorted(named))
    accounts = await context.connection.fetch(_HOLD_ACCOUNTS, sorted(named))
    found = {
        (each["body_id"], each["ledger"], each["kind"], each["part"]): each for each in accounts
    }
    return Ledgers(found, {each["id"]: each["status"] for each in bodies})


async def enter(
    context: Context, ledgers: Ledgers, deltas: Sequence[Delta], document_id: UUID, on: date
) -> list[Delta]:
    """Order what each change is in the ledger; what waits is returned.

    Raises:
        LedgerRefused: The ledger is not as the request says, or refuses; nothing stays done.
    """
    for delta in deltas:
        _require_as_asked(ledgers, delta)
    basis = {"document_id": document_id, "effective_on": on}
    # What is to be closed stands still at once, also where the reply takes effect later.
    at_once = {"document_id": document_id, "effective_on": min(on, context.today)}
    # What gives posts back comes before what needs them.
    moved = list(_transfers(deltas, ledgers, basis))
    for delta in sorted(deltas, key=lambda each: each.rise):
        if delta.is_closing:
            ledgers.commands += _closing(ledgers, delta, at_once)
            ledgers.pending.append(delta)
            continue
        _plan(ledgers, delta, basis, sum(posts for each, posts in moved if each is delta))
    for command in ledgers.commands:
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
    return ledgers.pending


def _require_as_asked(ledgers: Ledgers, delta: Delta) -> None:
    """Refuse a change that starts from another number than the ledger has.

    Raises:
        LedgerRefused: It does.
    """
    account = _account(ledgers, delta)
    if account is False:
        return
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


def _account(ledgers: Ledgers, delta: Delta) -> Any:
    """The account of a change: None where there is none yet, False where it is of none."""
    assert delta.body_id is not None or delta.ledger is DeltaLedger.BODY, "its form asks for it"
    if delta.ledger is DeltaLedger.QUOTA:
        part: tuple[Any, Any] = (delta.kind, delta.funding)
    elif delta.ledger in _TIERS:
        part = (delta.level, delta.slot)
    else:
        return False
    assert delta.body_id is not None, "as above"
    return ledgers.accounts.get((delta.body_id, str(delta.ledger), *part))


def _vacant(account: Any) -> int:
    taken = account["actual"] + account["reserved"] + account["frozen"]
    return max(int(account["authorised"]) - int(taken), 0)


def _transfers(
    deltas: Sequence[Delta], ledgers: Ledgers, basis: dict[str, Any]
) -> Iterator[tuple[Delta, int]]:
    """Posts that go from one body to another as one movement: neither body's limit is asked."""
    for giving in deltas:
        if giving.ledger is not DeltaLedger.QUOTA or not giving.to_body_id or giving.rise >= 0:
            continue
        for taking in deltas:
            same = (taking.ledger, taking.kind, taking.funding) == (
                giving.ledger,
                giving.kind,
                giving.funding,
            )
            if same and taking.body_id == giving.to_body_id and taking.rise > 0:
                posts = min(-giving.rise, taking.rise)
                ledgers.commands.append(
                    TransferQuota(
                        body_id=giving.body_id,
                        to_body_id=taking.body_id,
                        kind=giving.kind,
                        funding=giving.funding,
                        posts=posts,
                        **basis,
                    )
                )
                yield giving, -posts
                yield taking, posts


def _plan(ledgers: Ledgers, delta: Delta, basis: dict[str, Any], moved: int) -> None:
    """Add the commands of one change, less the posts that were transferred already."""
    rise = delta.rise - moved
    if delta.ledger is DeltaLedger.QUOTA:
        ledgers.commands += _quota(ledgers, delta, basis, rise)
    elif delta.ledger in _TIERS:
        ledgers.commands += _posts(ledgers, delta, basis, rise)
    else:
        command = _of_body(delta, basis)
        if command is None:
            ledgers.pending.append(delta)
        else:
            ledgers.commands.append(command)


def _quota(
    ledgers: Ledgers, delta: Delta, basis: dict[str, Any], rise: int
) -> Iterable[Command[Any]]:
    line = {"body_id": delta.body_id, "kind": delta.kind, "funding": delta.funding, **basis}
    if rise > 0:
        return [GrantQuota(**line, posts=rise)]
    if rise == 0:
        return []
    account = _account(ledgers, delta)
    if delta.after is not None and delta.after >= account["actual"]:
        return [CutQuota(**line, posts=-rise)]
    ledgers.pending.append(delta)
    vacant = min(_vacant(account), -rise)
    return [FreezePosts(**line, posts=vacant)] if vacant else []


def _posts(
    ledgers: Ledgers, delta: Delta, basis: dict[str, Any], rise: int
) -> Iterable[Command[Any]]:
    tier, account = _TIERS[delta.ledger], _account(ledgers, delta)
    about = {"body_id": delta.body_id, "tier": tier, "level": delta.level, "slot": delta.slot}
    if rise > 0:
        return [GrantLeadershipPosts(**about, posts=rise, **basis)]
    if rise == 0:
        return []
    if delta.after is not None and delta.after >= account["actual"]:
        return [CutLeadershipPosts(**about, posts=-rise, **basis)]
    ledgers.pending.append(delta)
    return []


def _closing(ledgers: Ledgers, delta: Delta, basis: dict[str, Any]) -> Iterator[Command[Any]]:
    """A body that is to be closed is put in reform, and its vacant posts stand still."""
    assert delta.body_id is not None, "its form asks for it"
    if ledgers.statuses.get(delta.body_id) == "ACTIVE":
        yield StartReform(body_id=delta.body_id, **basis)
    for (body_id, ledger, kind, funding), account in ledgers.accounts.items():
        if body_id == delta.body_id and ledger == "QUOTA" and _vacant(account):
            line = {"body_id": body_id, "kind": kind, "funding": funding}
            yield FreezePosts(**line, posts=_vacant(account), **basis)


def _of_body(delta: Delta, basis: dict[str, Any]) -> Command[Any] | None:
    """The command of a change that counts nothing; None where it waits."""
    about = {"body_id": delta.body_id, **basis}
    match delta.ledger, delta.action:
        case DeltaLedger.NAME, _:
            return RenameBody(full_name=delta.text, **about)
        case DeltaLedger.NAMEPLATE, DeltaAction.REMOVE:
            return RemoveNameplate(nameplate=delta.text, **about)
        case DeltaLedger.NAMEPLATE, _:
            return AddNameplate(nameplate=delta.text, **about)
        case DeltaLedger.RANK, _:
            return ReRankBody(rank=list(Rank)[(delta.after or 1) - 1], **about)
        case DeltaLedger.FUNCTION, DeltaAction.ADD if delta.text:
            return SetFunctions(add=(NewFunction(content=delta.text),), **about)
        case _:
            return None
