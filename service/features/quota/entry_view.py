"""Entries of the ledger as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from service.features.quota.tables import Account, Action, Entry, Ledger


class EntryView(BaseModel):
    """One entry: how many posts more or fewer of one account, from which day, known when.

    `body_id` is null for the city's own limit. For quotas `kind` and `part` are quota kind and
    funding form; for leadership and mid-level posts they are level and slot.
    """

    id: UUID
    body_id: UUID | None
    ledger: Ledger
    kind: str
    part: str
    action: Action
    authorised: int
    actual: int
    reserved: int
    frozen: int
    effective_on: date
    recorded_at: datetime
    document_id: UUID | None
    reservation_id: UUID | None
    person_id: UUID | None
    corrects_id: UUID | None
    is_breach: bool
    structure: str | None
    special_purpose: str | None
    reason: str


class EntriesMade(BaseModel):
    """The entries that a change made."""

    entries: list[EntryView]


def view_of(entry: Entry, account: Account) -> EntryView:
    return EntryView(
        **entry.model_dump(exclude={"account_id", "command_id"}),
        body_id=account.body_id,
        ledger=account.ledger,
        kind=account.kind,
        part=account.part,
    )


def views_of(made: Sequence[tuple[Entry, Account]]) -> EntriesMade:
    return EntriesMade(entries=[view_of(entry, account) for entry, account in made])
