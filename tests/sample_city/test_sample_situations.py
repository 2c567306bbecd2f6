"""The sample city's breaches are where they were planted, and nowhere else."""

from collections import Counter

from service.features.bodies.codes import Funding
from service.features.quota.codes import QuotaKind, Slot
from service.sample_city import REFERENCE_DATE
from tests.sample_city.the_city import (
    ACTIVE,
    BODY,
    CALENDAR,
    CITY,
    DOCUMENTS,
    authorised,
    heads,
    on_quota,
    situation,
    totals,
)


def test_housing_is_one_over_its_quota_and_nobody_else_is():
    over = {
        no: (on_quota(no) - authorised(no)).total()
        for no in BODY
        if (on_quota(no) - authorised(no)).total()
    }

    assert over == {"15": 1}
    assert situation("over_quota", "15").rules == ("R01",)


def test_finance_has_five_deputies_on_four_posts_and_nobody_else_too_many():
    allowed = {post.body: post.deputy for post in CITY.leadership_posts}
    over = {no for no in BODY if heads(no, Slot.DEPUTY, "leader_slot") > allowed[BODY[no]]}

    assert over == {"13"}


def test_three_of_the_school_work_in_the_education_bureau_and_nobody_else_elsewhere():
    elsewhere = [person for person in ACTIVE if person.work_body != person.body]

    assert [(p.body, p.work_body) for p in elsewhere] == [(BODY["24"], BODY["11"])] * 3
    assert {person.funding for person in elsewhere} == {Funding.FULL}
    assert situation("mixed_use", "11").persons == tuple(p.id_no for p in elsewhere)


def test_two_retired_of_the_school_are_22_working_days_late():
    since = situation("overdue_exit", "24").since

    deadline = CALENDAR.add(since, 15)
    assert CALENDAR.add(deadline, 22) == REFERENCE_DATE


def test_one_entry_of_2025_had_no_notice():
    unnoticed = [p for p in ACTIVE if p.entry_date.year == 2025 and p.quota_notice is None]

    assert [person.body for person in unnoticed] == [BODY["22"]]
    assert situation("entry_without_notice", "22").persons == (unnoticed[0].id_no,)


def test_people_enter_while_their_notice_is_good():
    notices = {notice.no: notice for notice in CITY.notices}
    for person in ACTIVE:
        if person.quota_notice:
            notice = notices[person.quota_notice]
            assert (notice.body, notice.kind) == (person.body, person.quota_kind)
            assert DOCUMENTS[notice.no].issued_on <= person.entry_date < notice.valid_until


def test_a_notice_is_used_as_often_as_people_cite_it_and_one_ran_out_unused():
    cited = Counter(person.quota_notice for person in ACTIVE if person.quota_notice)
    for notice in CITY.notices:
        assert cited[notice.no] == notice.used <= notice.number
    unused = [notice for notice in CITY.notices if not notice.used]

    assert [(n.body, n.number, n.state.name) for n in unused] == [(BODY["10"], 2, "EXPIRED")]
    assert unused[0].valid_until < REFERENCE_DATE
    assert authorised("10").total() - on_quota("10").total() == 3


def test_one_nameplate_is_not_approved_and_no_body_bears_it_as_a_name():
    unapproved = [plate for plate in CITY.nameplates if plate.doc is None]

    assert [(plate.body, plate.name) for plate in unapproved] == [(BODY["26"], "青澜市大数据中心")]
    assert CITY.body("26").other_names == ()


def test_police_and_hospital_are_over_their_non_quota_ceiling():
    over = {c.body: (c.number, c.actual) for c in CITY.nonquota_ceilings if c.actual > c.number}

    assert over == {BODY["12"]: (180, 192), BODY["25"]: (400, 455)}


def test_the_party_office_has_two_vacancies_and_the_self_funded_body_none():
    assert (authorised("02") - on_quota("02")).total() == 2
    assert CITY.body("28").funding is Funding.SELF
    assert authorised("28") == on_quota("28")


def test_the_two_stations_that_merge_have_the_ceilings_of_what_they_become():
    merged = authorised("27") + authorised("31")

    assert totals(merged) == [0, 0, 40, 0, 0, 2]
    assert {CITY.body(no).parent_body for no in ("27", "31")} == {BODY["16"]}
    expected = situation("merger_planned", "16").expected_en
    assert "FULL ≤ 40" in expected
    assert "SUPPORT ≤ 2" in expected


def test_court_procuratorate_and_police_alone_have_political_legal_quotas():
    kinds = {no: {kind for kind, _ in authorised(no)} for no in BODY}

    political_legal = {no for no in BODY if QuotaKind.POLITICAL_LEGAL in kinds[no]}
    assert political_legal == {"07", "08", "12"}
    assert not any(QuotaKind.ADMIN in kinds[no] for no in political_legal)


def test_one_person_paid_elsewhere_is_on_the_quota_of_the_station():
    (paid,) = situation("paid_elsewhere", "27").persons

    assert [person.body for person in ACTIVE if person.id_no == paid] == [BODY["27"]]


def test_two_persons_not_deducted_are_of_the_school_and_still_on_its_quota():
    persons = situation("overdue_exit", "24").persons

    holders = [person for person in ACTIVE if person.id_no in persons]
    assert [person.body for person in holders] == [BODY["24"]] * 2


def test_every_planted_situation_names_its_body():
    named = Counter(situation.body for situation in CITY.situations)

    expected = [
        "02",
        "07",
        "08",
        "10",
        "11",
        "12",
        "13",
        "15",
        "16",
        "22",
        "24",
        "25",
        "26",
        "27",
        "28",
        "29",
        "30",
    ]
    assert named == {BODY[no]: 1 for no in expected}
