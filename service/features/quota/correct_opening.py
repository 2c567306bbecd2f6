"""Correct an opening: the right number is recorded by an entry that names the wrong one."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_OPENERS, missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.values import Line
from service.features.bodies.rules import NothingChanges
from service.features.quota import rules
from service.features.quota.accounts import LockedAccount, locked_by_id
from service.features.quota.balances import steps_from
from service.features.quota.correct_entry import EntryCorrected
from service.features.quota.decision import require_living
from service.features.quota.entry_view import EntriesMade, views_of
from service.features.quota.ledger import record
from service.features.quota.room import require_authorised, require_promises_kept
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action, Entry

_CORRECT = Purpose("take back", "收回")
_OPENING = """
WITH RECURSIVE above AS (
    SELECT * FROM entry WHERE id = $1
    UNION ALL SELECT e.* FROM entry e JOIN above ON e.id = above.corrects_id)
SELECT * FROM above WHERE corrects_id IS NULL
"""
_CORRECTIONS = """
WITH RECURSIVE chain AS (
    SELECT * FROM entry WHERE id = $1
    UNION ALL SELECT e.* FROM entry e JOIN chain ON e.corrects_id = chain.id)
SELECT * FROM chain ORDER BY recorded_at
"""
_COUNTERPARTS = """
SELECT e.* FROM entry e JOIN account city ON city.id = e.account_id
JOIN account a ON (a.ledger, a.kind, a.part) = (city.ledger, city.kind, city.part)
WHERE e.command_id = $1 AND a.id = $2 AND e.effective_on = $3
  AND city.body_id IS NULL AND a.body_id IS NOT NULL
"""


class CorrectOpening(Command[EntriesMade]):
    """Record the right number for a wrong opening balance (更正期初登记).

    `entry_id` is the opening entry, or its newest correction. It stays recorded state: people
    beyond it are flagged, not refused; posts promised meanwhile must be let go first.
    """

    name = "quota.correct_opening"
    duties = LEDGER_OPENERS | {Duty.PROCESS}
    title_zh = "更正期初登记"
    title_en = "Correct an opening"
    example: ClassVar = {"posts": 19, "reason": "期初数录入有误"}
    status = 201
    refusals = (
        rules.EntryNotCorrectable,
        rules.QuotaExceeded,
        rules.BodyNotLiving,
        rules.DocumentMissing,
        NothingChanges,
    )

    entry_id: UUID
    posts: Annotated[int, Field(ge=0, le=100_000, description="What was authorised then.")]
    document_id: UUID | None = None
    reason: Line


@handles(CorrectOpening)
async def correct_opening(command: CorrectOpening, context: Context) -> EntriesMade:
    """Append the difference to the body's account and, for quotas, to what the city allotted."""
    found = await context.connection.fetchrow(_OPENING, command.entry_id)
    if found is None:
        raise missing("an entry with this id")
    opening = Entry.read(found)
    counterparts = await _entries(
        context, _COUNTERPARTS, opening.command_id, opening.account_id, opening.effective_on
    )
    accounts = await locked_by_id(
        context, opening.account_id, *(entry.account_id for entry in counterparts)
    )
    locked = accounts[opening.account_id]
    chain = await _entries(context, _CORRECTIONS, opening.id)
    _require_opening(chain, command.entry_id, locked)
    difference = command.posts - sum(entry.authorised for entry in chain)
    if difference == 0:
        raise NothingChanges(
            f"Expected another number than {command.posts}, but it is the same.",
            f"更正后的数量应当不同于{command.posts}，但两者相同。",
        )
    require_living(locked)
    made = await _correct(context, command, locked, chain[-1], Balance(authorised=difference))
    for counterpart in counterparts:
        newest = (await _entries(context, _CORRECTIONS, counterpart.id))[-1]
        city = accounts[counterpart.account_id]
        await _correct(context, command, city, newest, Balance(actual=difference))
    context.announce(EntryCorrected(entry_id=command.entry_id, corrections=[made.id]))
    return views_of([(made, locked.account)])


async def _entries(context: Context, statement: str, *values: UUID | date) -> list[Entry]:
    records = await context.connection.fetch(statement, *values)
    return [Entry.read(record) for record in records]


def _require_opening(chain: list[Entry], entry_id: UUID, locked: LockedAccount) -> None:
    opening = chain[0]
    is_opening = opening.action is Action.OPEN and opening.authorised > 0
    if not is_opening or locked.body is None or chain[-1].id != entry_id:
        raise rules.EntryNotCorrectable(
            "Expected an opening balance or its newest correction, but it is not one.",
            "应当为期初分录或其最新更正，但不是。",
        )


async def _correct(
    context: Context, command: CorrectOpening, locked: LockedAccount, wrong: Entry, delta: Balance
) -> Entry:
    on = wrong.effective_on
    steps = await steps_from(context.connection, locked.account, on)
    require_authorised(steps, delta, _CORRECT)
    is_breach = locked.body is not None and require_promises_kept(steps, delta, context.today)
    return record(
        context,
        Action.CORRECT,
        locked,
        delta,
        on,
        is_breach=is_breach,
        corrects_id=wrong.id,
        document_id=command.document_id,
        reason=command.reason,
    )
