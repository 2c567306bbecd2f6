"""Read balances: what a body may have, has and has promised, on a day, as known at an instant."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from service.core.auth.policy import LEDGER_READERS
from service.core.errors import KnownTooLate
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.bodies.at_a_moment import AtAMoment
from service.features.quota.balances import balances, city_balances
from service.features.quota.codes import Funding, Level, QuotaKind, Slot, Tier
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


class ReadBalances(AtAMoment, Query[BalancesView]):
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


class PostsView(BaseModel):
    """Counts of leadership or mid-level posts of one level and slot."""

    tier: Tier
    level: Level
    slot: Slot
    authorised: int
    actual: int
    available: int
    over: int


class LeadershipPostsView(BaseModel):
    """All leadership and mid-level posts of one body on one day, as known at one instant."""

    body_id: UUID
    as_of: date
    known_at: datetime | None
    posts: list[PostsView]


class ReadLeadershipPosts(AtAMoment, Query[LeadershipPostsView]):
    """The leadership and mid-level posts of a body (领导职数、中层职数), and how many are held."""

    name = "quota.read_leadership_posts"
    duties = LEDGER_READERS
    title_zh = "查询职数"
    title_en = "Read leadership posts"
    refusals = (KnownTooLate,)

    body_id: UUID


class LimitView(BaseModel):
    """The city's limit of one kind and funding form, and what bodies have of it together."""

    kind: QuotaKind
    funding: Funding
    limit: int
    allotted: int
    available: int
    over: int


class CityLimitsView(BaseModel):
    """The city's limits on one day, as known at one instant."""

    as_of: date
    known_at: datetime | None
    limits: list[LimitView]


class ReadCityLimits(AtAMoment, Query[CityLimitsView]):
    """The city's limits (全市编制总量) and what of them is allotted to bodies."""

    name = "quota.read_city_limits"
    duties = LEDGER_READERS
    title_zh = "查询全市编制总量"
    title_en = "Read city limits"
    refusals = (KnownTooLate,)


@answers(ReadBalances)
async def read_balances(query: ReadBalances, reading: Reading) -> BalancesView:
    """The sums of every quota account, less what took effect or was known later."""
    as_of = query.as_of or reading.today
    found = await balances(reading, query.body_id, [Ledger.QUOTA], as_of, query.known_at)
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


@answers(ReadLeadershipPosts)
async def read_leadership_posts(
    query: ReadLeadershipPosts, reading: Reading
) -> LeadershipPostsView:
    as_of = query.as_of or reading.today
    ledgers = [Ledger(tier) for tier in Tier]
    found = await balances(reading, query.body_id, ledgers, as_of, query.known_at)
    return LeadershipPostsView(
        body_id=query.body_id,
        as_of=as_of,
        known_at=query.known_at,
        posts=[
            PostsView(
                tier=Tier(each.ledger),
                level=Level(each.kind),
                slot=Slot(each.part),
                authorised=each.balance.authorised,
                actual=each.balance.actual,
                available=each.balance.available,
                over=each.balance.over,
            )
            for each in found
        ],
    )


@answers(ReadCityLimits)
async def read_city_limits(query: ReadCityLimits, reading: Reading) -> CityLimitsView:
    reading.require_city()
    as_of = query.as_of or reading.today
    found = await city_balances(reading, as_of, query.known_at)
    return CityLimitsView(
        as_of=as_of,
        known_at=query.known_at,
        limits=[
            LimitView(
                kind=QuotaKind(each.kind),
                funding=Funding(each.part),
                limit=each.balance.authorised,
                allotted=each.balance.actual,
                available=each.balance.available,
                over=each.balance.over,
            )
            for each in found
        ],
    )
