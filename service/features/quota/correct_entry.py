"""Correct an entry: it is taken back by an entry that names it; nothing is edited."""

from typing import ClassVar
from uuid import UUID

from service.core.auth.actor import Duty
from service.core.auth.policy import LEDGER_WRITERS, missing
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.quota import rules
from service.features.quota.accounts import locked_by_id
from service.features.quota.entry_view import EntriesMade, views_of
from service.features.quota.ledger import post
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action, Entry

#: What is decided about quotas can be taken back. Reservations are released, people moved and
#: exited by their own verbs, which keep them and the counts together.
CORRECTABLE = frozenset(
    {Action.OPEN, Action.GRANT, Action.CUT, Action.TRANSFER, Action.CHANGE_KIND}
)


class CorrectEntry(Command[EntriesMade]):
    """Take back what one decision recorded (更正分录): its entries, on both sides, as one.

    The right decision is then given anew by its own verb. Both remain to be seen: what was
    known before the correction is answered as it was known then.
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
        rules.DocumentMissing,
    )

    entry_id: UUID
    document_id: UUID
    reason: Line


class EntryCorrected(Event):
    """Entries were taken back; each new one names the one it corrects."""

    type: ClassVar[str] = "quota.entry_corrected"
    title_zh = "分录已更正"
    title_en = "Entry corrected"

    entry_id: UUID
    corrections: list[UUID]

    def subject(self) -> str:
        return f"entry/{self.entry_id}"


@handles(CorrectEntry)
async def correct_entry(command: CorrectEntry, context: Context) -> EntriesMade:
    """Append the opposite of every entry that the decision made, or refuse all."""
    records = await context.connection.fetch(
        """SELECT e.*, c.id AS correction FROM entry e LEFT JOIN entry c ON c.corrects_id = e.id
           WHERE e.command_id = (SELECT command_id FROM entry WHERE id = $1) ORDER BY e.id""",
        command.entry_id,
    )
    if not records:
        raise missing("an entry with this id")
    entries = [Entry.read(record) for record in records]
    accounts = await locked_by_id(context, *(entry.account_id for entry in entries))
    if any(record["correction"] for record in records) or any(
        entry.action not in CORRECTABLE or (entry.actual != 0 and accounts[entry.account_id].body)
        for entry in entries
    ):
        raise rules.EntryNotCorrectable(
            "Expected an uncorrected decision about quotas or posts, but it is not one.",
            "应当为尚未更正的编制或职数决定，但不是。",
        )
    made = []
    for entry in sorted(entries, key=lambda entry: -entry.authorised):
        account = accounts[entry.account_id]
        correction = await post(
            context,
            Action.CORRECT,
            account,
            Balance().plus(Balance(entry.authorised, entry.actual), sign=-1),
            entry.effective_on,
            Purpose("take back", "收回"),
            corrects_id=entry.id,
            document_id=command.document_id,
            reason=command.reason,
            structure=entry.structure,
            special_purpose=entry.special_purpose,
        )
        made.append((correction, account.account))
    context.announce(
        EntryCorrected(entry_id=command.entry_id, corrections=[entry.id for entry, _ in made])
    )
    return views_of(made)
