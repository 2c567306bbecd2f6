"""What all decisions about quotas and posts have in common: a paper, a day and a reason."""

from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.errors import Refusal
from service.core.operation import Command
from service.core.store.outbox import Event
from service.core.values import Line, Text
from service.features.quota import rules
from service.features.quota.accounts import AccountKey, LockedAccount
from service.features.quota.codes import ALLOWED_FUNDING, Funding, QuotaKind, Structure
from service.features.quota.entry_view import EntriesMade, view_of
from service.features.quota.ledger import post
from service.features.quota.tables import Account, Action, Entry, Ledger

EffectiveOn = Annotated[date, Field(description="The first day on which it is so.")]


class Decision(Command[EntriesMade]):
    """A change of what is authorised: it rests on a recorded document."""

    duties = LEDGER_WRITERS | {Duty.PROCESS}
    status = 201
    refusals: ClassVar[tuple[type[Refusal], ...]] = (
        rules.QuotaExceeded,
        rules.BackdatedBreach,
        rules.AccountMissing,
        rules.DocumentMissing,
        rules.BodyNotLiving,
    )

    document_id: UUID
    effective_on: EffectiveOn
    reason: Text = ""

    @property
    def basis(self) -> dict[str, Any]:
        """The columns of an entry that say on what it rests."""
        return {"document_id": self.document_id, "reason": self.reason}


class QuotaDecision(Decision):
    """A decision about quotas; the document may name a structure and a special purpose."""

    structure: Structure | None = None
    special_purpose: Line | None = None

    @property
    def basis(self) -> dict[str, Any]:
        return {
            "document_id": self.document_id,
            "reason": self.reason,
            "structure": self.structure,
            "special_purpose": self.special_purpose,
        }


class LedgerChanged(Event):
    """Common data of events about decisions: the entries that were made."""

    body_id: UUID
    document_id: UUID
    effective_on: date
    entries: list[UUID]

    def subject(self) -> str:
        return f"body/{self.body_id}"


#: What a decision does to one account.
Leg = tuple[LockedAccount, "rules.Balance", rules.Purpose]

ALLOT = rules.Purpose("allot to bodies", "下达")


async def carry_out(
    context: Context, command: Decision, action: Action, *legs: Leg
) -> list[tuple[Entry, Account]]:
    """Post every leg of a decision, or refuse and post none.

    Raises:
        QuotaExceeded, BackdatedBreach: A leg has no room.
        CityLimitExceeded: The bodies together would have more than the city.
        BodyNotLiving: Something would be granted to a body that is abolished or merged.
    """
    return [
        (
            await post_leg(context, action, leg, command.effective_on, **command.basis),
            leg[0].account,
        )
        for leg in legs
    ]


async def post_leg(context: Context, action: Action, leg: Leg, on: date, **about: Any) -> Entry:
    """Post one leg of a decision; raises as `carry_out` does."""
    locked, delta, purpose = leg
    if delta.authorised > 0:
        require_living(locked)
    try:
        return await post(context, action, locked, delta, on, purpose, **about)
    except rules.QuotaExceeded as exceeded:
        if locked.body is not None:
            raise
        raise rules.CityLimitExceeded(exceeded.en, exceeded.zh, **exceeded.facts) from exceeded


def shown(made: list[tuple[Entry, Account]]) -> EntriesMade:
    """The entries of the bodies; the city's own counterparts follow from them."""
    return EntriesMade(entries=[view_of(entry, account) for entry, account in made])


def require_living(locked: LockedAccount) -> None:
    """Refuse to grant anything to a body that is abolished or merged.

    Raises:
        BodyNotLiving: It is.
    """
    if locked.body is not None and locked.body.status in ("ABOLISHED", "MERGED"):
        raise rules.BodyNotLiving(
            f"Expected a living body, but {locked.body.name} is abolished or merged.",
            f"应当为存续机构，但{locked.body.name}已撤销或合并。",
        )


def require_pair(kind: QuotaKind, funding: Funding) -> None:
    """Refuse a quota kind with a funding form that it does not go with.

    Raises:
        KindNotAllowed: They do not go together (domain.md §4.8).
    """
    if funding not in ALLOWED_FUNDING[kind]:
        allowed = ", ".join(sorted(ALLOWED_FUNDING[kind]))
        raise rules.KindNotAllowed(
            f"Expected {kind} with one of {allowed}, but it is {funding}.",
            f"{kind}应当对应{allowed}，但为{funding}。",
        )


def quota_key(body_id: UUID | None, kind: QuotaKind, funding: Funding) -> AccountKey:
    return AccountKey(body_id, Ledger.QUOTA, kind, funding)
