"""Correct an entry: it is put right by an entry that names it; nothing is edited."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS, missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line, Posts
from service.features.bodies.rules import NothingChanges
from service.features.quota import rules
from service.features.quota.accounts import LockedAccount, locked_by_id
from service.features.quota.codes import TOTAL_BY_SUPERIOR, Level, QuotaKind
from service.features.quota.decision import post_leg
from service.features.quota.entry_view import EntriesMade, views_of
from service.features.quota.leadership import require_level
from service.features.quota.rules import Balance, Purpose
from service.features.quota.set_city_limit import require_superior
from service.features.quota.tables import Account, Action, Entry, Ledger

#: What is decided about quotas can be put right. An opening has its own verb; reservations are
#: released, people moved and exited by theirs, which keep them and the counts together.
CORRECTABLE = frozenset({Action.GRANT, Action.CUT, Action.TRANSFER, Action.CHANGE_KIND})
_CORRECT = Purpose("take back", "收回")


class CorrectEntry(Command[EntriesMade]):
    """Put right what one decision recorded (更正分录): its entries, on both sides, as one.

    `posts` is the number that the decision should have recorded; left out, the decision is taken
    back whole. Both remain to be seen: what was known before the correction is answered as it
    was known then. An opening is corrected by its own verb.
    """

    name = "quota.correct_entry"
    duties = LEDGER_WRITERS | {Duty.PROCESS}
    title_zh = "更正分录"
    title_en = "Correct an entry"
    example: ClassVar = {
        "document_id": "01900000-0000-7000-8000-000000000000",
        "reason": "录入的数额有误",
    }
    status = 201
    refusals = (
        rules.EntryNotCorrectable,
        rules.QuotaExceeded,
        rules.BackdatedBreach,
        rules.CityLimitExceeded,
        rules.BodyNotLiving,
        rules.RankTooHigh,
        rules.SuperiorDocumentRequired,
        rules.DocumentMissing,
        NothingChanges,
    )

    entry_id: UUID
    posts: Annotated[
        Posts | None, Field(description="The right number; left out: none, taken back.")
    ] = None
    document_id: UUID
    reason: Line


class EntryCorrected(Event):
    """Entries were put right; each new one names the one it corrects."""

    type: ClassVar[str] = "quota.entry_corrected"
    title_zh = "分录已更正"
    title_en = "Entry corrected"

    entry_id: UUID
    corrections: list[UUID]

    def subject(self) -> str:
        return f"entry/{self.entry_id}"


@handles(CorrectEntry)
async def correct_entry(command: CorrectEntry, context: Context) -> EntriesMade:
    """Append the difference to every entry that the decision made, or refuse all."""
    records = await context.connection.fetch(
        """SELECT e.*, c.id AS correction FROM entry e LEFT JOIN entry c ON c.corrects_id = e.id
           WHERE e.command_id = (SELECT command_id FROM entry WHERE id = $1) ORDER BY e.id""",
        command.entry_id,
    )
    if not records:
        raise missing("an entry with this id")
    entries = [Entry.read(record) for record in records]
    accounts = await locked_by_id(context, *(entry.account_id for entry in entries))
    _require_correctable(entries, accounts, any(record["correction"] for record in records))
    made = [
        await _correct(context, command, entry, accounts[entry.account_id]) for entry in entries
    ]
    context.announce(
        EntryCorrected(entry_id=command.entry_id, corrections=[entry.id for entry, _ in made])
    )
    return views_of(made)


def _require_correctable(
    entries: list[Entry], accounts: dict[UUID, LockedAccount], is_corrected: bool
) -> None:
    """Refuse all but an uncorrected decision that moved one number of posts."""
    numbers = {_number_of(entry) for entry in entries}
    if (
        is_corrected
        or len(numbers) > 1
        or any(
            entry.action not in CORRECTABLE
            or (entry.actual != 0 and accounts[entry.account_id].body is not None)
            for entry in entries
        )
    ):
        raise rules.EntryNotCorrectable(
            "Expected an uncorrected decision about quotas or posts, but it is not one.",
            "应当为尚未更正的编制或职数决定，但不是。",
        )


async def _correct(
    context: Context, command: CorrectEntry, entry: Entry, locked: LockedAccount
) -> tuple[Entry, Account]:
    number, account = _number_of(entry), locked.account
    if command.posts == number:
        raise NothingChanges(
            f"Expected another number than {number}, but it is the same.",
            f"更正后的数量应当不同于{number}，但两者相同。",
        )
    is_limit = account.body_id is None and entry.authorised != 0
    if is_limit and QuotaKind(account.kind) in TOTAL_BY_SUPERIOR:
        await require_superior(context, command.document_id)
    difference = (command.posts or 0) - number
    delta = Balance(_signed(entry.authorised, difference), _signed(entry.actual, difference))
    if delta.authorised > 0 and account.ledger is not Ledger.QUOTA:
        require_level(locked, Level(account.kind))
    correction = await post_leg(
        context,
        Action.CORRECT,
        (locked, delta, _CORRECT),
        entry.effective_on,
        corrects_id=entry.id,
        document_id=command.document_id,
        reason=command.reason,
        structure=entry.structure,
        special_purpose=entry.special_purpose,
    )
    return correction, account


def _number_of(entry: Entry) -> int:
    """How many posts a decision moved: an entry of it moves them in one count only."""
    return abs(entry.authorised) + abs(entry.actual)


def _signed(count: int, difference: int) -> int:
    """A difference in the direction of a count; nothing where it did not move."""
    return (count > 0) * difference - (count < 0) * difference
