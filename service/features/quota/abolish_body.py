"""Abolish a body: from a day on it is there no longer, once everybody and every post is placed."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from service.core.command import Context
from service.core.operation import handles
from service.features.bodies import tree
from service.features.bodies.closing import close
from service.features.bodies.codes import BodyAction, BodyStatus
from service.features.bodies.rules import DayOutOfOrder, StillInUse
from service.features.bodies.versions import BodyChange, locked_body
from service.features.bodies.view import BodyView, view_of
from service.features.quota.accounts import LockedAccount, locked_bodies
from service.features.quota.rules import Balance


class AbolishBody(BodyChange):
    """Abolish a body (撤销机构).

    Its people are placed elsewhere first, and its quotas and leadership posts cut or
    transferred, down to nothing (I18). What the register says of it stays readable.
    """

    name = "quota.abolish_body"
    title_zh = "撤销机构"
    title_en = "Abolish a body"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "effective_on": "2026-11-24",
    }
    refusals = (*BodyChange.refusals, StillInUse)


@handles(AbolishBody)
async def abolish_body(command: AbolishBody, context: Context) -> BodyView:
    """Keep the last version, unless something of the ledger still rests with the body."""
    await tree.hold(context, alone=True)
    locked = await locked_body(context, command.body_id, is_closing=True)
    for account in await locked_bodies(context, command.body_id):
        require_empty(account, command.effective_on)
    await _require_nobody(context, command.body_id)
    body = await close(context, locked, BodyAction.ABOLISH, command, BodyStatus.ABOLISHED)
    context.tag(body)
    return view_of(body)


def require_empty(locked: LockedAccount, on: date) -> None:
    """Refuse to close an account that is not empty, from the day on.

    Raises:
        StillInUse: Something is authorised, held, promised or frozen; `facts` say what.
        DayOutOfOrder: It was emptied only after that day.
    """
    account = locked.account
    left = Balance(account.authorised, account.actual, account.reserved, account.frozen)
    if left != Balance():
        raise StillInUse(
            f"Expected no {account.kind} {account.part} left, but {left.authorised} are "
            f"authorised, {left.actual} held, {left.reserved} reserved, {left.frozen} frozen.",
            f"{account.kind}、{account.part}应当已清零，但核定{left.authorised}、实有{left.actual}、"
            f"预占{left.reserved}、冻结{left.frozen}。",
            ledger=account.ledger,
            kind=account.kind,
            part=account.part,
        )
    require_settled_by(locked, on)


def require_settled_by(locked: LockedAccount, on: date) -> None:
    """Refuse a day after which something of the account takes effect.

    Raises:
        DayOutOfOrder: `facts` give the first day that is possible.
    """
    latest = locked.account.latest_effective_on
    if on < latest:
        raise DayOutOfOrder(
            f"Expected a day from {latest} on, when the accounts changed last, but it is {on}.",
            f"生效日期应当不早于台账最近变动日{latest}，但为{on}。",
            asked=on.isoformat(),
            earliest=latest.isoformat(),
        )


async def _require_nobody(context: Context, body_id: UUID) -> None:
    """Refuse while somebody still works there, be it on another body's quota."""
    people = await context.connection.fetchval(
        """SELECT count(*) FROM person
           WHERE $1 IN (body_id, work_body_id) AND status = 'ACTIVE'""",
        body_id,
    )
    if people:
        raise StillInUse(
            f"Expected everybody to be placed elsewhere, but {people} still work there.",
            f"人员应当已全部安置，但尚有{people}人。",
            people=people,
        )
