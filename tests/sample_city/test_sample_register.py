"""The sample city's numbers, names, documents and dates hold together."""

from collections import Counter
from datetime import date

import pytest

from service.core.identifiers import (
    parse_document_number,
    parse_id_number,
    require_body_code,
    require_uscc,
)
from service.core.secrecy import Secrecy
from service.features.quota.codes import (
    ALLOWED_FUNDING,
    ExitType,
    Level,
    PersonStatus,
    PositionCategory,
    Sex,
)
from service.features.quota.codes import Funding as QuotaFunding
from service.sample_city import REFERENCE_DATE, sample_city
from service.sample_city.mandates import INTERNAL_BODIES
from service.sample_city.table import rows
from tests.sample_city.the_city import (
    ACTIVE,
    BODY,
    CALENDAR,
    CITY,
    DOCUMENTS,
    EXITED,
    authorised,
)


def test_every_identifier_is_valid_and_used_once():
    usccs = [require_uscc(body.uscc, is_sample=True) for body in CITY.bodies]
    codes = [require_body_code(body.body_code, is_sample=True) for body in CITY.bodies]
    ids = [parse_id_number(person.id_no, is_sample=True) for person in CITY.persons]

    assert len(set(usccs)) == len(set(codes)) == 31
    assert len({holder.number for holder in ids}) == len(CITY.persons)
    for person, holder in zip(CITY.persons, ids, strict=True):
        assert holder.division == CITY.division
        assert holder.birth == person.birth
        assert holder.is_male == (person.sex is Sex.MALE)


def test_the_credit_codes_are_the_published_fictitious_ones():
    assert CITY.body("01").uscc == "119900819900000177"
    assert CITY.body("02").uscc == "119900819900000252"
    assert CITY.body("22").uscc == "1299008199000101XF"
    assert CITY.body("23").uscc == "12990081990001028F"


def test_every_name_is_an_invented_one_and_used_once():
    names = {person.name for person in CITY.persons}

    assert len(names) == len(CITY.persons)
    for name in names:
        assert name[0] in "周吴郑王冯陈褚卫蒋沈"
        assert name[1] == "某"
        assert name[2:].isdigit()
        assert len(name) == 5


def test_document_numbers_have_no_gap_and_dates_never_fall():
    numbers = [parse_document_number(document.number) for document in CITY.documents]
    issued_on = [document.issued_on for document in CITY.documents]

    assert [(n.series, n.year) for n in numbers] == [("青编", 2025)] * len(numbers)
    assert [n.number for n in numbers] == list(range(1, len(numbers) + 1))
    assert issued_on == sorted(issued_on)
    assert all(day.year == 2025 and CALENDAR.is_working(day) for day in issued_on)
    assert all(document.secrecy is not Secrecy.SECRET for document in CITY.documents)


def test_everything_rests_on_a_document_that_exists():
    cited = {limit.doc for limit in CITY.limits}
    cited |= {body.setup_doc for body in CITY.bodies} | {body.latest_doc for body in CITY.bodies}
    cited |= {section.approved_by_doc for section in CITY.internal_bodies}
    cited |= {function.doc for function in CITY.functions}
    for posts in (CITY.quota_lines, CITY.leadership_posts, CITY.midlevel_posts):
        cited |= {post.doc for post in posts}
    cited |= {ceiling.doc for ceiling in CITY.nonquota_ceilings}
    cited |= {notice.no for notice in CITY.notices}
    cited |= {person.entry_doc for person in CITY.persons}
    cited |= {person.quota_notice for person in CITY.persons if person.quota_notice}
    cited |= {person.exit_doc for person in EXITED if person.exit_doc}

    assert cited == set(DOCUMENTS)


@pytest.mark.parametrize("seed", [CITY.seed, *range(8)])
def test_whatever_the_seed_ids_are_unique_and_only_the_planted_two_are_past_retirement(seed):
    city = sample_city(seed)
    planted = next(s.persons for s in city.situations if s.key == "overdue_exit")

    assert len({person.id_no for person in city.persons}) == len(city.persons)
    active = [person for person in city.persons if person.status is PersonStatus.ACTIVE]
    past = [person.id_no for person in active if is_past_retirement_age(person)]
    assert sorted(past) == sorted(planted)
    assert len(past) == 2


def is_past_retirement_age(person) -> bool:
    if person.sex is Sex.MALE:
        age = 60
    elif person.position_category is PositionCategory.SUPPORT:
        age = 50
    else:
        age = 55
    birth = person.birth
    return (birth.year + age, birth.month, birth.day) <= (2026, 11, 24)


def test_dates_follow_one_another_in_every_life():
    setup = {body.body_code: body.setup_date for body in CITY.bodies}
    for person in CITY.persons:
        assert person.birth.year + 18 <= person.work_start.year
        assert person.work_start <= person.entry_date < REFERENCE_DATE
        assert setup[person.body] <= person.entry_date
        if person.exit_date:
            assert person.entry_date < person.exit_date


def test_those_who_left_say_how_when_and_by_which_document():
    for person in EXITED:
        assert person.exit_type
        assert person.exit_date
        deadline = CALENDAR.add(person.exit_date, 15)
        assert person.exit_date <= DOCUMENTS[person.exit_doc or ""].issued_on <= deadline
    assert {person.exit_type for person in EXITED} >= {ExitType.RETIREMENT, ExitType.EXPULSION}
    for person in ACTIVE:
        assert (person.exit_type, person.exit_date, person.exit_doc) == (None, None, None)


def test_no_account_was_over_its_quota_in_2025_but_the_planted_one():
    over = set()
    days = {p.entry_date for p in CITY.persons if p.entry_date.year == 2025} | {date(2025, 1, 1)}
    for row in rows():
        allowed = authorised(row.no)
        people = [person for person in CITY.persons if person.body == BODY[row.no]]
        for day in days:
            present = Counter(
                (p.quota_kind, p.funding)
                for p in people
                if p.entry_date <= day and (p.exit_date is None or day < p.exit_date)
            )
            over |= {row.no for account in present if present[account] > allowed[account]}

    assert over == {"15"}


def test_a_quota_has_a_kind_and_funding_that_go_together():
    for person in CITY.persons:
        assert QuotaFunding(person.funding) in ALLOWED_FUNDING[person.quota_kind]
        assert authorised_in(person)


def authorised_in(person) -> bool:
    return any(
        (line.body, line.kind, line.funding) == (person.body, person.quota_kind, person.funding)
        for line in CITY.quota_lines
    )


def test_leaders_never_stand_above_their_body():
    rank = {body.body_code: body.rank for body in CITY.bodies}
    for person in CITY.persons:
        if person.post_level:
            assert not Level(person.post_level).is_above(rank[person.body])


def test_people_sit_in_sections_their_body_has():
    sections = {BODY[no]: names.split() for no, names in INTERNAL_BODIES.items()}
    for person in ACTIVE:
        assert person.internal_body is None or person.internal_body in sections[person.body]


def test_no_body_hangs_on_a_later_one():
    seen: set[str | None] = {None}
    for body in CITY.bodies:
        assert {body.parent_body, body.competent_body, body.sponsor_body} <= seen
        seen.add(body.body_code)


def test_each_body_has_three_functions_of_its_own():
    texts = [function.text for function in CITY.functions]

    assert Counter(function.body for function in CITY.functions) == dict.fromkeys(BODY.values(), 3)
    assert len(set(texts)) == len(texts)
