"""The people of the sample city who work with the service."""

from collections import Counter

import pytest

from tests.sample_city.the_city import (
    ACTIVE,
    BODY,
    CITY,
)


def test_the_office_has_its_ten_people_and_every_role_a_substitute():
    office = [member for member in CITY.cast if member.body == BODY["04"]]

    assert len(office) == 10
    for member in office:
        assert [substitute.role for substitute in member.substitutes] == list(member.roles)
        assert member.person not in {substitute.person for substitute in member.substitutes}
    assert office[0].roles == ("office_director",)
    assert "process_author" in office[6].roles


def test_the_three_administrators_never_stand_in_for_each_other():
    admins = [m for m in CITY.cast if m.roles[0].endswith("_admin") and m.body == BODY["22"]]

    assert [m.roles for m in admins] == [("security_admin",), ("audit_admin",), ("system_admin",)]
    deputies = {substitute.person for member in admins for substitute in member.substitutes}
    assert len(deputies) == 3
    assert not deputies & {member.person for member in CITY.cast}


def test_every_other_body_has_one_officer_who_applies():
    applying = Counter(m.body for m in CITY.cast if "applicant_officer" in m.roles)

    assert applying == {code: 1 for no, code in BODY.items() if no != "04"}


@pytest.mark.parametrize(
    ("role", "no"),
    [
        ("org_dept", "03"),
        ("hr_dept", "14"),
        ("finance_dept", "13"),
        ("audit_dept", "19"),
        ("discipline_dept", "01"),
        ("public_security", "12"),
        ("commission_chair", "02"),
    ],
)
def test_a_cooperating_role_is_held_by_one_person_of_its_body(role, no):
    assert [m.body for m in CITY.cast if role in m.roles] == [BODY[no]]


def test_people_of_the_cast_are_active_in_their_body_and_sit_at_one_desk():
    body_of = {person.id_no: person.body for person in ACTIVE}
    seats = Counter(member.person for member in CITY.cast)

    assert set(seats.values()) == {1}
    for member in CITY.cast:
        assert body_of[member.person] == member.body
        for substitute in member.substitutes:
            assert body_of[substitute.person] == member.body
