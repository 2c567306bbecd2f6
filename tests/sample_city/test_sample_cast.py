"""The people of the sample city who work with the service."""

from collections import Counter

import pytest

from service.core.auth.actor import Duty, Reach
from tests.sample_city.the_city import (
    ACTIVE,
    BODY,
    CITY,
)


def test_the_office_has_its_ten_people_and_every_role_a_substitute():
    office = [member for member in CITY.cast if member.body == BODY["04"]]

    assert len(office) == 10
    for member in office:
        assert [substitute.duty for substitute in member.substitutes] == list(member.duties)
        assert member.person not in {substitute.person for substitute in member.substitutes}
    assert [member.subject for member in office] == [f"office-{n:02}" for n in range(1, 11)]
    assert office[0].duties == (Duty.OFFICE_DIRECTOR,)
    assert Duty.PROCESS_AUTHOR in office[6].duties


def test_the_three_administrators_never_stand_in_for_each_other():
    admins = [m for m in CITY.cast if m.subject.endswith("-admin")]

    assert [m.duties for m in admins] == [
        (Duty.SECURITY_ADMIN,),
        (Duty.AUDIT_ADMIN,),
        (Duty.SYSTEM_ADMIN,),
    ]
    assert {member.body for member in admins} == {BODY["22"]}
    deputies = {substitute.person for member in admins for substitute in member.substitutes}
    assert len(deputies) == 3
    assert not deputies & {member.person for member in CITY.cast}


def test_every_other_body_has_one_officer_who_applies():
    applying = {m.subject: m.body for m in CITY.cast if Duty.APPLICANT_OFFICER in m.duties}

    assert applying == {f"unit-{no}": code for no, code in BODY.items() if no != "04"}


@pytest.mark.parametrize(
    ("duty", "subject", "no"),
    [
        (Duty.ORG_DEPT, "org-dept", "03"),
        (Duty.HR_DEPT, "hr-dept", "14"),
        (Duty.FINANCE_DEPT, "finance-dept", "13"),
        (Duty.AUDIT_DEPT, "audit-dept", "19"),
        (Duty.DISCIPLINE_DEPT, "discipline-dept", "01"),
        (Duty.PUBLIC_SECURITY, "public-security", "12"),
        (Duty.PARTY_COMMITTEE_SECRETARY, "party-committee-secretary", "02"),
        (Duty.COMMISSION_CHAIR, "commission-chair", "02"),
    ],
)
def test_a_duty_of_a_cooperating_body_is_held_by_one_of_its_people(duty, subject, no):
    holders = [(m.subject, m.body) for m in CITY.cast if duty in m.duties]

    assert holders == [(subject, BODY[no])]


def test_seven_members_sit_on_the_commission_beside_its_chair():
    members = [m.subject for m in CITY.cast if Duty.COMMISSION_MEMBER in m.duties]

    assert members == [f"commission-member-{n}" for n in range(1, 8)]


def test_officers_of_a_body_reach_what_is_below_it_and_those_of_the_city_reach_everything():
    reaches = {
        (assignment.duty, assignment.reach, assignment.body is not None)
        for member in CITY.cast
        for assignment in member.assignments
    }
    local = {entry for entry in reaches if entry[1] is not Reach.CITY}

    assert local == {
        (Duty.APPLICANT_OFFICER, Reach.SUBTREE, True),
        (Duty.COMPETENT_BODY_REVIEWER, Reach.SUBTREE, True),
        (Duty.APPLICANT_PARTY_GROUP, Reach.BODY, True),
        (Duty.CONSULTED_OFFICER, Reach.BODY, True),
        (Duty.RECTIFICATION_OWNER, Reach.BODY, True),
    }
    assert not any(has_body for _, _, has_body in reaches - local)
    for member in CITY.cast:
        assert {a.body for a in member.assignments} <= {member.body, None}


def test_every_institution_lies_below_its_competent_body_whose_reviewer_so_reaches_it():
    reviewing = {m.body for m in CITY.cast if Duty.COMPETENT_BODY_REVIEWER in m.duties}

    for body in CITY.bodies:
        if body.competent_body:
            assert body.parent_body == body.competent_body
            assert body.competent_body in reviewing


def test_a_list_of_the_cast_tells_everybody_apart():
    assert len({member.subject for member in CITY.cast}) == len(CITY.cast)
    assert len({member.label_zh for member in CITY.cast}) == len(CITY.cast)
    names = {person.id_no: person.name for person in ACTIVE}
    assert [member.name for member in CITY.cast] == [names[m.person] for m in CITY.cast]


def test_people_of_the_cast_are_active_in_their_body_and_sit_at_one_desk():
    body_of = {person.id_no: person.body for person in ACTIVE}
    seats = Counter(member.person for member in CITY.cast)

    assert set(seats.values()) == {1}
    for member in CITY.cast:
        assert body_of[member.person] == member.body
        for substitute in member.substitutes:
            assert body_of[substitute.person] == member.body
