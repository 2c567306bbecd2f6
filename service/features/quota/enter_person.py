"""Enter a person: from a day on, somebody is on the establishment and holds a post."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.quota import rules
from service.features.quota.accounts import AccountKey, LockedAccount, locked_accounts
from service.features.quota.codes import Funding, QuotaKind, Tier
from service.features.quota.leadership import require_level
from service.features.quota.ledger import post
from service.features.quota.people import require_off_establishment
from service.features.quota.person_facts import (
    PersonTold,
    new_person,
    post_account,
    quota_account,
)
from service.features.quota.person_tables import PersonAction
from service.features.quota.person_view import PersonView, view_of
from service.features.quota.reservations import take_notice
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action

ENTERING = Purpose("fill", "入编")
APPOINTING = Purpose("appoint to", "任命")


class EnterPerson(Command[PersonView]):
    """Enter a person on the establishment of a body (人员入编).

    It needs a reservation (用编通知单) of the same quota that holds on that day and has posts
    left; leading cadres enter on their appointment document instead (I7). A leadership or
    mid-level post that the person takes must be vacant (I2) and not above the body's rank (I10).
    """

    name = "quota.enter_person"
    duties = frozenset({Duty.REALNAME_ADMIN, Duty.PROCESS})
    title_zh = "人员入编"
    title_en = "Enter a person"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
        "reservation_id": "01900000-0000-7000-8000-000000000000",
        "person": {
            "id_no": "990081199003070011",
            "name": "示例人员",
            "kind": "ADMIN",
            "funding": "FULL",
            "entry_type": "EXAM_RECRUITMENT",
        },
    }
    status = 201
    refusals = (
        rules.QuotaExceeded,
        rules.BackdatedBreach,
        rules.AccountMissing,
        rules.NoticeRequired,
        rules.AlreadyOnEstablishment,
        rules.IdNumberWrong,
        rules.RankTooHigh,
        rules.DocumentMissing,
        rules.BodyUnknown,
    )

    body_id: UUID
    person: PersonTold
    effective_on: date
    document_id: UUID
    reservation_id: UUID | None = None


class PersonEntered(Event):
    """A post of a body is held by one person more. The person is named by id only."""

    type: ClassVar[str] = "quota.person_entered"
    title_zh = "人员已入编"
    title_en = "Person entered"

    person_id: UUID
    body_id: UUID
    kind: QuotaKind
    funding: Funding
    effective_on: date

    def subject(self) -> str:
        return f"body/{self.body_id}"


@handles(EnterPerson)
async def enter_person(command: EnterPerson, context: Context) -> PersonView:
    """Insert the person and count them in the quota account and that of their post."""
    quota = quota_account(command.body_id, command.person.kind, command.person.funding)
    keys = [quota]
    if command.person.post is not None:
        keys.append(post_account(command.body_id, command.person.post))
    locked = await locked_accounts(context, *keys)
    await require_off_establishment(context, [command.person], command.effective_on)
    person = new_person(
        context,
        command.person,
        command.body_id,
        PersonAction.ENTER,
        entry_on=command.effective_on,
        entry_document_id=command.document_id,
        reservation_id=command.reservation_id,
        true_from=command.effective_on,
        known_from=locked[quota].recorded_at,
    )
    await _fill(context, command, locked, quota, person.id)
    context.announce(
        PersonEntered(
            person_id=person.id,
            body_id=command.body_id,
            kind=command.person.kind,
            funding=command.person.funding,
            effective_on=command.effective_on,
        )
    )
    context.tag(person)
    return view_of(person)


async def _fill(
    context: Context,
    command: EnterPerson,
    locked: dict[AccountKey, LockedAccount],
    quota: AccountKey,
    person_id: UUID,
) -> None:
    """Count the person: a reserved post becomes a held one, or a vacant one is taken."""
    post_told = command.person.post
    reserved = await take_notice(
        context,
        command.reservation_id,
        locked[quota],
        command.effective_on,
        is_leader=post_told is not None and post_told.tier is Tier.LEADERSHIP,
    )
    about: dict[str, Any] = {"person_id": person_id, "document_id": command.document_id}
    on = command.effective_on
    delta = Balance(actual=1, reserved=-reserved)
    notice = {"reservation_id": command.reservation_id}
    await post(context, Action.ENTER, locked[quota], delta, on, ENTERING, **about, **notice)
    if post_told is not None:
        post_held = locked[post_account(command.body_id, post_told)]
        require_level(post_held, post_told.level)
        await post(context, Action.ENTER, post_held, Balance(actual=1), on, APPOINTING, **about)
