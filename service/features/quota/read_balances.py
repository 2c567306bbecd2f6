"""Read balances: what a body may have, has and has promised, on a day, as known at an instant."""

from datetime import date, datetime
from uuid import UUID

from pydantic import AwareDatetime, BaseModel

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.quota import ledger
from service.features.quota.codes import Funding, QuotaKind
from service.features.quota.tables import Ledger


class BalanceView(BaseModel):
    """Counts of whole posts of one kind and funding form of one body; those below it apart."""

    kind: QuotaKind
    funding: Funding
    authorised: int
    actual: int
    reserved: int
    frozen: int
    available: int
    over: int


class BalancesView(BaseModel):
    """All quota balances of one body on one day, as known at one instant."""

    body_id: UUID
    as_of: date
    known_at: datetime | None
    balances: list[BalanceView]


class ReadBalances(Query[BalancesView]):
    """The quota balances of a body (编制余额).

    `as_of` is the day on which they are true (today if left out); `known_at` the instant at
    which they were known (now if left out). Asking for the past gives the same answer for ever.
    """

    name = "quota.read_balances"
    duties = LEDGER_READERS
    title_zh = "查询编制余额"
    title_en = "Read balances"
    refusals = (KnownTooLate,)

    body_id: UUID
    as_of: date | None = None
    known_at: AwareDatetime | None = None


@answers(ReadBalances)
async def read_balances(query: ReadBalances, reading: Reading) -> BalancesView:
    """The sums of every quota account, less what took effect or was known later."""
    as_of = query.as_of or reading.today
    found = await ledger.balances(reading, query.body_id, Ledger.QUOTA, as_of, query.known_at)
    return BalancesView(
        body_id=query.body_id,
        as_of=as_of,
        known_at=query.known_at,
        balances=[
            BalanceView(
                kind=QuotaKind(each.kind),
                funding=Funding(each.part),
                authorised=each.balance.authorised,
                actual=each.balance.actual,
                reserved=each.balance.reserved,
                frozen=each.balance.frozen,
                available=each.balance.available,
                over=each.balance.over,
            )
            for each in found
        ],
    )
