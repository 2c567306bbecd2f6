"""What the ledger's tests start from: limits of the city, a quota of ours, and short words."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from service.core.command import Answer
from service.core.identifiers import id_number_of
from service.features.documents.record_document import RecordDocument
from service.features.quota.codes import EntryType, ExitType, Funding, Level, QuotaKind, Slot, Tier
from service.features.quota.enter_person import EnterPerson
from service.features.quota.exit_person import ExitPerson
from service.features.quota.grant_leadership_posts import GrantLeadershipPosts
from service.features.quota.grant_quota import GrantQuota
from service.features.quota.move_person import MovePerson
from service.features.quota.person_facts import PersonTold, Post
from service.features.quota.reserve_posts import ReservePosts
from service.features.quota.set_city_limit import SetCityLimit
from service.settings import Settings
from tests.builders import City, give_duty
from tests.conftest import Do, told
from tests.people import MAY

START = date(2026, 1, 1)


class Ledger:
    """The ledger's verbs in short, given by the one who may; numbers are whole posts."""

    def __init__(self, do: Do, city: City, superior: UUID) -> None:
        self.do, self.city, self.superior = do, city, superior

    async def limit(
        self, posts: int, kind: str = "ADMIN", funding: str = "FULL", on: date = START
    ) -> Answer:
        return await self.do(
            SetCityLimit(
                kind=QuotaKind(kind),
                funding=Funding(funding),
                posts=posts,
                document_id=self.superior,
                effective_on=on,
            )
        )

    async def grant(
        self,
        posts: int,
        kind: str = "ADMIN",
        funding: str = "FULL",
        on: date = START,
        body: UUID | None = None,
    ) -> Answer:
        return await self.do(
            GrantQuota(
                body_id=body or self.city.body,
                kind=QuotaKind(kind),
                funding=Funding(funding),
                posts=posts,
                document_id=self.city.document,
                effective_on=on,
            )
        )

    async def posts(
        self, posts: int, level: str = "ZHENGKE", slot: str = "CHIEF", tier: str = "LEADERSHIP"
    ) -> Answer:
        return await self.do(
            GrantLeadershipPosts(
                body_id=self.city.body,
                tier=Tier(tier),
                level=Level(level),
                slot=Slot(slot),
                posts=posts,
                document_id=self.city.document,
                effective_on=START,
            )
        )

    async def reserve(
        self,
        posts: int,
        on: date = date(2026, 3, 1),
        until: date = date(2030, 1, 1),
        body: UUID | None = None,
        **key: str | None,
    ) -> Answer:
        return await self.do(
            ReservePosts(
                body_id=body or self.city.body,
                kind=QuotaKind.ADMIN,
                funding=Funding.FULL,
                posts=posts,
                purpose="招录",
                effective_on=on,
                expires_on=until,
            ),
            **key,
        )

    async def enter(
        self,
        number: int,
        reservation: UUID | str | None = None,
        on: date = date(2026, 4, 1),
        post: Post | None = None,
        body: UUID | None = None,
    ) -> Answer:
        return await self.do(
            EnterPerson(
                body_id=body or self.city.body,
                person=person(number, post=post),
                effective_on=on,
                document_id=self.city.document,
                reservation_id=None if reservation is None else UUID(str(reservation)),
            )
        )

    async def move(
        self,
        person_id: UUID | str,
        reservation: UUID | str | None = None,
        body: UUID | None = None,
        on: date = date(2026, 5, 1),
        version: int = 1,
        **facts: Any,
    ) -> Answer:
        """Move somebody to a quota of another body, ADMIN FULL unless told otherwise."""
        return await self.do(
            MovePerson(
                **{
                    "person_id": person_id,
                    "to_body_id": body or self.city.other_body,
                    "kind": QuotaKind.ADMIN,
                    "funding": Funding.FULL,
                    "effective_on": on,
                    "document_id": self.city.document,
                    "reservation_id": reservation,
                    **facts,
                }
            ),
            if_match=str(version),
        )

    async def exit(self, person_id: UUID | str, on: date, version: int = 1) -> Answer:
        return await self.do(
            ExitPerson(
                person_id=UUID(str(person_id)),
                exit_type=ExitType.RESIGNATION,
                effective_on=on,
                document_id=self.city.document,
            ),
            if_match=str(version),
        )


def person(number: int, **facts: Any) -> PersonTold:
    """A fictitious person; each number has an identity number of its own."""
    digits = f"99008119850101{number:03}"
    return PersonTold.model_validate(
        {
            "id_no": id_number_of(digits),
            "name": f"周某{number:03}",
            "kind": QuotaKind.ADMIN,
            "funding": Funding.FULL,
            "entry_type": EntryType.EXAM_RECRUITMENT,
            **facts,
        }
    )


Balances = Callable[..., Awaitable[dict[str, int]]]


@pytest.fixture
async def ledger(do: Do, city: City, settings: Settings) -> Ledger:
    """A ledger in which the city may have 10 administrative posts; the officer does all duties."""
    for duty in ("office_deputy", "realname_admin"):
        await give_duty(settings, MAY, duty)
    paper = await do(
        RecordDocument(
            series="澜编发",
            year=2025,
            number=3,
            title="关于下达编制总量的通知",
            issued_on=date(2025, 12, 1),
            issuer="中共澜州市委机构编制委员会",
        )
    )
    ledger = Ledger(do, city, UUID(told(paper)["id"]))
    assert (await ledger.limit(10)).status == 201
    return ledger
