"""The sample city put together."""

from datetime import date, timedelta
from typing import Final

from service.features.calendar.seed import seeded_calendar
from service.features.quota.codes import Slot
from service.features.quota.tables import ReservationState
from service.sample_city import bodies as body_parts
from service.sample_city import quotas
from service.sample_city.cast import cast
from service.sample_city.model import Person, QuotaUseNotice, SampleCity
from service.sample_city.papers import PLAN, UNUSED_NOTICE_BODY, documents
from service.sample_city.people import people
from service.sample_city.situations import situations
from service.sample_city.table import Row, rows

SEED: Final = 990081
REFERENCE_DATE: Final = date(2026, 11, 24)


def sample_city(seed: int = SEED) -> SampleCity:
    """The fictitious city of Qinglan (青澜市) on 2026-11-24, without touching a database.

    31 bodies with their quotas and posts, 2,083 people on the establishment and 120 who left
    in the spring of 2025, the documents all this rests on, the people who work with the
    service, and the breaches planted on purpose. The same seed gives the same city; every
    total is that of the table whatever the seed, which only draws the people's traits.

    To load it, keep the order of the fields: nothing refers to what comes later, and no body
    hangs on a later one. Persons, posts and ceilings are recorded opening state, since some
    break a rule on purpose.
    """
    calendar = seeded_calendar()
    table = list(rows())
    papers = documents(table, calendar)
    persons = people(table, papers, seed)
    bodies = body_parts.bodies(table, papers, _chiefs(table, persons))
    return SampleCity(
        name="青澜市",
        division=body_parts.DIVISION,
        prefecture="澜州市",
        prefecture_division="990000",
        reference_date=REFERENCE_DATE,
        seed=seed,
        documents=tuple(papers.values()),
        limits=tuple(quotas.limits(papers)),
        bodies=tuple(bodies),
        internal_bodies=tuple(body_parts.internal_bodies(table, papers)),
        functions=tuple(body_parts.functions(table, papers)),
        nameplates=tuple(body_parts.nameplates(table, papers)),
        quota_lines=tuple(quotas.quota_lines(table, papers)),
        leadership_posts=tuple(quotas.leadership_posts(table, papers)),
        midlevel_posts=tuple(quotas.midlevel_posts(table, papers)),
        nonquota_ceilings=tuple(quotas.nonquota_ceilings(table, papers, REFERENCE_DATE.year)),
        notices=tuple(_notices(table, papers)),
        persons=tuple(persons),
        cast=tuple(cast(bodies, persons)),
        situations=tuple(situations(bodies, persons, calendar, REFERENCE_DATE)),
    )


def _chiefs(table: list[Row], persons: list[Person]) -> dict[str, str]:
    """The name of each body's chief, by the number of the body."""
    codes = body_parts.body_codes(table)
    chiefs = {p.body: p.name for p in persons if p.leader_slot is Slot.CHIEF}
    return {no: chiefs[code] for no, code in codes.items()}


def _notices(table: list[Row], papers: body_parts.Papers) -> list[QuotaUseNotice]:
    """Notices of 2025: all used up but that of body 10, which ran out unused."""
    codes = body_parts.body_codes(table)
    made = []
    for row in table:
        paper = papers.get(("notice", row.no))
        if paper is None:
            continue
        is_unused = row.no == UNUSED_NOTICE_BODY
        kind, funding = body_parts.main_account(row)
        number = 2 if is_unused else PLAN[row.no][0]
        made.append(
            QuotaUseNotice(
                no=paper.number,
                body=codes[row.no],
                kind=kind,
                funding=funding,
                number=number,
                used=0 if is_unused else number,
                valid_until=paper.issued_on + timedelta(days=365),
                state=ReservationState.EXPIRED if is_unused else ReservationState.USED,
            )
        )
    return made
