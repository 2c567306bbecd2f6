"""Move a person: to another body, another quota, or another post."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.quota import rules
from service.features.quota.accounts import AccountKey
from service.features.quota.codes import Funding, QuotaKind, Tier
from service.features.quota.enter_person import APPOINTING, ENTERING
from service.features.quota.leadership import require_level
from service.features.quota.ledger import post
from service.features.quota.people import LockedPerson, change_person, locked_person
from service.features.quota.person_facts import (
    Post,
    held_by,
    post_account,
    post_columns,
    quota_account,
)
from service.features.quota.person_tables import PersonAction
from service.features.quota.person_view import PersonView, view_of
from service.features.quota.reservations import take_notice
from service.features.quota.rules import Balance
from service.features.quota.tables import Action, Ledger


class MovePerson(Command[PersonView]):
    """Move a person to a quota and post of a body, perhaps the same one (人员流动、任免).

    Every account that the person leaves is one down, every one they come to one up; those they
    stay in do not move. `post` left out means: no leadership or mid-level post any more.
    Whoever comes to another body, kind or funding form needs a reservation (用编通知单) of it,
    as for an entry; leading cadres come on their appointment document instead (I7).
    """

    name = "quota.move_person"
    duties = frozenset({Duty.REALNAME_ADMIN, Duty.PROCESS})
    title_zh = "人员调整"
    title_en = "Move a person"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "to_body_id": "01900000-0000-7000-8000-000000000000",
        "kind": "ADMIN",
        "funding": "FULL",
    }
    needs_version = True
    refusals = (
        rules.QuotaExceeded,
        rules.BackdatedBreach,
        rules.AccountMissing,
        rules.NoticeRequired,
        rules.ReservationElsewhere,
        rules.PersonExited,
        rules.DayOutOfOrder,
        rules.RankTooHigh,
        rules.DocumentMissing,
        rules.BodyUnknown,
    )

    person_id: UUID
    to_body_id: UUID
    work_body_id: Annotated[
        UUID | None, Field(description="Where the person works; `to_body_id` if left out.")
    ] = None
    internal_body_id: UUID | None = None
    kind: QuotaKind
    funding: Funding
    post: Post | None = None
    post_title: Line | None = None
    effective_on: date
    document_id: UUID
    reservation_id: UUID | None = None


class PersonMoved(Event):
    """A person holds another post, perhaps of another body."""

    type: ClassVar[str] = "quota.person_moved"
    title_zh = "人员已调整"
    title_en = "Person moved"

    person_id: UUID
    from_body_id: UUID
    body_id: UUID
    effective_on: date

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(MovePerson)
async def move_person(command: MovePerson, context: Context) -> PersonView:
    """Keep the new version and post the difference between the accounts left and taken."""
    taken = [quota_account(command.to_body_id, command.kind, command.funding)]
    if command.post is not None:
        taken.append(post_account(command.to_body_id, command.post))
    locked = await locked_person(context, command.person_id, *taken)
    if command.post is not None:
        require_level(locked.accounts[taken[-1]], command.post.level)
    await _count(context, command, locked, taken)
    person = change_person(
        context,
        locked,
        PersonAction.MOVE,
        command.effective_on,
        body_id=command.to_body_id,
        work_body_id=command.work_body_id or command.to_body_id,
        internal_body_id=command.internal_body_id,
        kind=command.kind,
        funding=command.funding,
        post_title=command.post_title,
        reservation_id=command.reservation_id
        if taken[0] not in held_by(locked.person)
        else locked.person.reservation_id,
        **post_columns(command.post),
    )
    context.announce(
        PersonMoved(
            person_id=person.id,
            from_body_id=locked.person.body_id,
            body_id=person.body_id,
            effective_on=command.effective_on,
        )
    )
    context.tag(person)
    return view_of(person)


async def _count(
    context: Context, command: MovePerson, locked: LockedPerson, taken: list[AccountKey]
) -> None:
    left = held_by(locked.person)
    quota, on = taken[0], command.effective_on
    reserved = 0
    if quota not in left:
        reserved = await take_notice(
            context,
            command.reservation_id,
            locked.accounts[quota],
            on,
            is_leader=command.post is not None and command.post.tier is Tier.LEADERSHIP,
        )
    elif command.reservation_id is not None:
        raise rules.ReservationElsewhere(
            "Expected a reservation only where the quota changes, but the person stays on it.",
            "用编通知单应当仅用于占用其他编制，但该人员所占编制未变。",
        )
    legs = [(key, -1) for key in left if key not in taken]
    legs += [(key, 1) for key in taken if key not in left]
    for key, difference in legs:
        is_taken_quota = key == quota
        await post(
            context,
            Action.MOVE,
            locked.accounts[key],
            Balance(actual=difference, reserved=-reserved if is_taken_quota else 0),
            on,
            ENTERING if key.ledger is Ledger.QUOTA else APPOINTING,
            person_id=locked.person.id,
            document_id=command.document_id,
            reservation_id=command.reservation_id if is_taken_quota else None,
        )
