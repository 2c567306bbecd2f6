"""Reserve posts: set vacant posts aside for one purpose until they are used or let go.

A reservation lowers the vacancy at once, from its effective day on. It ends by use, by release
or by expiring, each an entry of its own.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS
from service.core.command import Context
from service.core.ids import new_id
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line, Posts
from service.features.quota import rules
from service.features.quota.accounts import AccountKey, locked_account
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.ledger import post
from service.features.quota.reservation_view import ReservationView, view_of
from service.features.quota.tables import Action, Ledger, Reservation


class ReservePosts(Command[ReservationView]):
    """Set vacant posts of one quota kind and funding form aside (预占编制).

    They are promised to nobody else from `effective_on` until they are used or released, or
    until `expires_on`, the first day on which the reservation holds no longer.
    """

    name = "quota.reserve_posts"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "预占编制"
    title_en = "Reserve posts"
    example: ClassVar = {
        "kind": "ADMIN",
        "funding": "FULL",
        "posts": 1,
        "purpose": "2027年招录",
        "effective_on": "2026-12-01",
        "expires_on": "2027-06-01",
    }
    status = 201
    refusals = (rules.QuotaExceeded, rules.AccountMissing, rules.PeriodEmpty)

    body_id: UUID
    kind: QuotaKind
    funding: Funding
    posts: Posts
    purpose: Line
    document_id: UUID | None = None
    effective_on: date
    expires_on: date


class PostsReserved(Event):
    """Posts of a body can no longer be promised to anyone else."""

    type: ClassVar[str] = "quota.posts_reserved"
    title_zh = "编制已预占"
    title_en = "Posts reserved"

    reservation_id: UUID
    body_id: UUID
    kind: QuotaKind
    funding: Funding
    posts: int

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(ReservePosts)
async def reserve_posts(command: ReservePosts, context: Context) -> ReservationView:
    """Append a reserving entry, or refuse with `QuotaExceeded` and append nothing."""
    key = AccountKey(command.body_id, Ledger.QUOTA, command.kind, command.funding)
    locked = await locked_account(context, key)
    rules.require_period(command.effective_on, command.expires_on)
    reservation = context.insert(
        Reservation(
            id=new_id(),
            account_id=locked.account.id,
            body_id=command.body_id,
            posts=command.posts,
            purpose=command.purpose,
            document_id=command.document_id,
            effective_on=command.effective_on,
            expires_on=command.expires_on,
        )
    )
    await post(
        context,
        Action.RESERVE,
        locked,
        rules.Balance(reserved=command.posts),
        command.effective_on,
        rules.Purpose("reserve", "预占"),
        reservation_id=reservation.id,
        document_id=command.document_id,
    )
    context.announce(
        PostsReserved(
            reservation_id=reservation.id,
            body_id=command.body_id,
            kind=command.kind,
            funding=command.funding,
            posts=command.posts,
        )
    )
    context.tag(reservation)
    return view_of(reservation, command.kind, command.funding)
