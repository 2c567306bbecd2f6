"""Open balances: what each body was authorised to have when the ledger began."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_OPENERS
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Posts
from service.features.quota import rules
from service.features.quota.accounts import AccountKey, LockedAccount, locked_accounts, require_body
from service.features.quota.codes import Funding, Level, QuotaKind, Slot, Tier
from service.features.quota.decision import quota_key, require_living, require_pair
from service.features.quota.entry_view import EntriesMade, views_of
from service.features.quota.ledger import record
from service.features.quota.rules import Balance
from service.features.quota.tables import Action, Ledger


class QuotaOpened(BaseModel):
    """Posts of one kind and funding form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: QuotaKind
    funding: Funding
    posts: Posts


class LeadershipOpened(BaseModel):
    """Leadership or mid-level posts of one level and slot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tier: Tier = Tier.LEADERSHIP
    level: Level
    slot: Slot
    posts: Posts


class OpenBalances(Command[EntriesMade]):
    """Record what a body was authorised to have on the day on which the ledger begins (期初登记).

    It is recorded state: it may exceed the city's limit, as nothing else may. It comes before
    every other entry of its accounts.
    """

    name = "quota.open_balances"
    duties = LEDGER_OPENERS | {Duty.PROCESS}
    title_zh = "期初登记"
    title_en = "Open balances"
    example: ClassVar = {
        "effective_on": "2026-01-01",
        "quotas": [{"kind": "ADMIN", "funding": "FULL", "posts": 20}],
    }
    status = 201
    refusals = (
        rules.AlreadyOpened,
        rules.BodyNotLiving,
        rules.KindNotAllowed,
        rules.DocumentMissing,
    )

    body_id: UUID
    effective_on: date
    document_id: UUID | None = None
    quotas: Annotated[tuple[QuotaOpened, ...], Field(max_length=20)] = ()
    leadership: Annotated[tuple[LeadershipOpened, ...], Field(max_length=60)] = ()


class BalancesOpened(Event):
    """What a body was authorised to have when the ledger began is on record."""

    type: ClassVar[str] = "quota.balances_opened"
    title_zh = "期初已登记"
    title_en = "Balances opened"

    body_id: UUID
    effective_on: date

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(OpenBalances)
async def open_balances(command: OpenBalances, context: Context) -> EntriesMade:
    """Append an opening entry to each account, and count quotas against the city's limits."""
    await require_body(context, command.body_id)
    posts: dict[AccountKey, int] = {}
    for line in command.quotas:
        require_pair(line.kind, line.funding)
        posts[quota_key(command.body_id, line.kind, line.funding)] = line.posts
    for post in command.leadership:
        key = AccountKey(command.body_id, Ledger(post.tier), post.level, post.slot)
        posts[key] = post.posts
    if len(posts) < len(command.quotas) + len(command.leadership) or not posts:
        raise rules.AlreadyOpened(
            "Expected each account once, but one is named twice or none is named.",
            "每类编制和职数应当各列一次，但有重复或未列。",
        )
    city = [key._replace(body_id=None) for key in posts if key.ledger is Ledger.QUOTA]
    locked = await locked_accounts(context, *posts, *city, is_opening=True)
    made = []
    on = command.effective_on
    about = {"document_id": command.document_id, "reason": "期初"}
    for key, number in posts.items():
        require_living(locked[key])
        require_untouched(locked[key])
        entry = record(context, Action.OPEN, locked[key], Balance(authorised=number), on, **about)
        made.append((entry, locked[key].account))
        if key.ledger is Ledger.QUOTA:
            allotted = locked[key._replace(body_id=None)]
            record(
                context,
                Action.OPEN,
                allotted,
                Balance(actual=number),
                command.effective_on,
                **about,
            )
    context.announce(BalancesOpened(body_id=command.body_id, effective_on=command.effective_on))
    return views_of(made)


def require_untouched(locked: LockedAccount) -> None:
    """Refuse to open an account that has entries.

    Raises:
        AlreadyOpened: It has.
    """
    if locked.account.version > 1:
        raise rules.AlreadyOpened(
            "Expected an account without entries, but it has some.",
            "期初登记应当先于该账户的一切分录，但已有分录。",
        )
