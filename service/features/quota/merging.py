"""The ledger's side of a merger: accounts of the bodies brought together, people moved along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from service.core.command import Context
from service.features.bodies.rules import StillInUse
from service.features.bodies.versions import BodyChange
from service.features.quota.abolish_body import require_empty, require_settled_by
from service.features.quota.accounts import AccountKey, LockedAccount, locked_accounts
from service.features.quota.balances import balance_of, steps_from
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.decision import quota_key
from service.features.quota.ledger import record
from service.features.quota.people import LockedPerson, change_person
from service.features.quota.person_facts import quota_account
from service.features.quota.person_tables import Person, PersonAction
from service.features.quota.room import require_room
from service.features.quota.rules import Balance, Purpose
from service.features.quota.tables import Action, Ledger

_MERGE = Purpose("merge", "合并")


@dataclass(frozen=True, slots=True)
class QuotaMerged:
    """Accounts of one kind and funding form: of the body that stays, of the others, of the city."""

    kind: QuotaKind
    funding: Funding
    into: LockedAccount
    merged: list[LockedAccount]
    city: LockedAccount

    @property
    def before(self) -> int:
        """Posts authorised in all of them together."""
        return sum(each.account.authorised for each in (self.into, *self.merged))


@dataclass(frozen=True, slots=True)
class Merger:
    """The accounts of a merger under lock, and what is done to them."""

    context: Context
    by: BodyChange
    merged_ids: list[UUID]
    accounts: dict[AccountKey, LockedAccount]

    def quotas(self) -> Iterator[QuotaMerged]:
        """Each kind and funding form that any of the bodies has or was asked for."""
        for key, locked in self.accounts.items():
            if key.ledger is Ledger.QUOTA and key.body_id == self.by.body_id:
                yield QuotaMerged(
                    QuotaKind(key.kind),
                    Funding(key.part),
                    locked,
                    [
                        self.accounts[found]
                        for body_id in self.merged_ids
                        if (found := key._replace(body_id=body_id)) in self.accounts
                    ],
                    self.accounts[key._replace(body_id=None)],
                )

    async def merge_quota(self, merged: QuotaMerged, posts: int) -> None:
        """Give the body that stays `posts` in all, the others none, the city back the rest.

        Raises:
            QuotaExceeded: The people of all of them would not have room in it.
            StillInUse: Posts of one of the others are promised to somebody.
            DayOutOfOrder: Something takes effect only after the day.
        """
        on = self.by.effective_on
        more = posts - merged.into.account.authorised
        comes = sum(each.account.actual for each in merged.merged)
        for each in (merged.into, *merged.merged):
            require_settled_by(each, on)
        steps = await steps_from(self.context.connection, merged.into.account, on)
        coming = Balance(authorised=more, actual=comes)
        require_room(steps, coming, self.context.today, _MERGE, may_breach=False)
        for each in merged.merged:
            self._require_not_promised(each)
            gone = Balance(authorised=-each.account.authorised, frozen=-each.account.frozen)
            self._record(Action.TRANSFER, each, gone)
        self._record(Action.TRANSFER, merged.into, Balance(authorised=more))
        self._record(Action.CUT, merged.city, Balance(actual=posts - merged.before))

    async def move_people(self) -> int:
        """Move everybody on the quota of the others; how many.

        Raises:
            StillInUse: Somebody on another body's quota works there: place them first.
        """
        records = await self.context.connection.fetch(
            """SELECT * FROM person WHERE status = 'ACTIVE'
               AND (body_id = ANY($1::uuid[]) OR work_body_id = ANY($1::uuid[]))
               ORDER BY id FOR UPDATE""",
            self.merged_ids,
        )
        people = [Person.read(record) for record in records]
        lent = sum(person.body_id not in self.merged_ids for person in people)
        if lent:
            raise StillInUse(
                f"Expected nobody of another body to work there, but {lent} do: place them first.",
                f"应当已无外单位人员在其工作，但尚有{lent}人，请先安置。",
                people=lent,
            )
        for person in people:
            self._move(person)
        return len(people)

    def end_leadership_posts(self) -> None:
        """Take away what is authorised for leaders of the others; nobody holds it any more."""
        for locked in self._of_merged():
            if locked.account.ledger is not Ledger.QUOTA:
                require_settled_by(locked, self.by.effective_on)
                gone = Balance(authorised=-locked.account.authorised)
                self._record(Action.CUT, locked, gone)

    def require_empty(self) -> None:
        """Refuse while anything is left in an account of the others.

        Raises:
            StillInUse: A leader holds a post, or the ledger counts somebody who is unknown.
        """
        for locked in self._of_merged():
            latest = self.context.changes.latest(locked.account)
            left = LockedAccount(latest, locked.body, locked.recorded_at)
            require_empty(left, self.by.effective_on)

    def _of_merged(self) -> Iterator[LockedAccount]:
        return (a for key, a in self.accounts.items() if key.body_id in self.merged_ids)

    def _move(self, person: Person) -> None:
        """Their section went with its body; whoever works elsewhere goes on working there."""
        left = self.accounts[quota_account(person.body_id, person.kind, person.funding)]
        taken = self.accounts[quota_account(self.by.body_id, person.kind, person.funding)]
        self._record(Action.MOVE, left, Balance(actual=-1), person_id=person.id)
        self._record(Action.MOVE, taken, Balance(actual=1), person_id=person.id)
        works_here = person.work_body_id in self.merged_ids
        change_person(
            self.context,
            LockedPerson(person, self.accounts),
            PersonAction.MOVE,
            self.by.effective_on,
            body_id=self.by.body_id,
            work_body_id=self.by.body_id if works_here else person.work_body_id,
            internal_body_id=None,
        )

    def _record(self, action: Action, locked: LockedAccount, delta: Balance, **about: Any) -> None:
        if delta != Balance():
            record(
                self.context,
                action,
                locked,
                delta,
                self.by.effective_on,
                document_id=self.by.document_id,
                **about,
            )

    def _require_not_promised(self, locked: LockedAccount) -> None:
        reserved = balance_of(locked.account).reserved
        if reserved:
            raise StillInUse(
                f"Expected nothing promised there, but {reserved} posts are: release them first.",
                f"应当已无预占编制，但尚有{reserved}名，请先释放。",
                reserved=reserved,
            )


async def locked_merger(
    context: Context,
    by: BodyChange,
    merged_ids: list[UUID],
    asked: Sequence[tuple[str, str]],
) -> Merger:
    """Lock every account that a merger touches; those of the body that stays are made if new.

    The bodies are locked already, so that no account of the others is made meanwhile. `asked`
    are kinds and funding forms that the caller named.
    """
    records = await context.connection.fetch(
        """SELECT body_id, ledger, kind, part FROM account
           WHERE body_id = ANY($1::uuid[]) ORDER BY ledger, kind, part""",
        merged_ids,
    )
    keys = [AccountKey(r[0], Ledger(r[1]), r[2], r[3]) for r in records]
    pairs = {(key.kind, key.part) for key in keys if key.ledger is Ledger.QUOTA} | set(asked)
    for kind, funding in sorted(pairs):
        for body_id in (by.body_id, None):
            keys.append(quota_key(body_id, QuotaKind(kind), Funding(funding)))
    accounts = await locked_accounts(context, *keys, is_opening=True) if keys else {}
    return Merger(context, by, merged_ids, accounts)
