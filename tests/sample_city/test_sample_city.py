"""The sample city: its totals are those of the table, and the seed fixes every byte."""

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter

import pytest

from service.features.bodies.codes import Funding
from service.features.quota.codes import (
    QuotaKind,
    Slot,
)
from service.sample_city import sample_city
from service.sample_city.place import HEADS
from service.sample_city.table import ACCOUNTS, rows
from tests.sample_city.the_city import (
    ACTIVE,
    BODY,
    CITY,
    EXITED,
    authorised,
    heads,
    on_quota,
    totals,
)


def test_the_city_authorises_2146_quotas_for_31_bodies():
    counted: Counter[tuple[QuotaKind, Funding]] = Counter()
    for line in CITY.quota_lines:
        counted[line.kind, line.funding] += line.number

    assert len(CITY.bodies) == 31
    assert totals(counted) == [620, 396, 382, 678, 24, 46]
    assert counted.total() == 2146


def test_2083_people_are_on_the_establishment_and_120_have_left():
    counted = Counter((person.quota_kind, person.funding) for person in ACTIVE)

    assert totals(counted) == [595, 388, 372, 659, 24, 45]
    assert (len(ACTIVE), len(EXITED)) == (2083, 120)


def test_31_chiefs_and_119_deputies_are_authorised_and_one_deputy_more_is_there():
    assert sum(post.chief for post in CITY.leadership_posts) == 31
    assert sum(post.deputy for post in CITY.leadership_posts) == 119
    assert Counter(p.leader_slot for p in ACTIVE if p.leader_slot) == {
        Slot.CHIEF: 31,
        Slot.DEPUTY: 120,
    }


def test_mid_level_posts_are_267_and_106_with_three_deputies_missing():
    assert sum(post.chief for post in CITY.midlevel_posts) == 267
    assert sum(post.deputy for post in CITY.midlevel_posts) == 106
    assert Counter(p.midlevel_slot for p in ACTIVE if p.midlevel_slot) == {
        Slot.CHIEF: 267,
        Slot.DEPUTY: 103,
    }


def test_non_quota_staff_are_851_on_a_ceiling_of_789():
    assert sum(ceiling.number for ceiling in CITY.nonquota_ceilings) == 789
    assert sum(ceiling.actual for ceiling in CITY.nonquota_ceilings) == 851


def test_the_city_limits_leave_room_above_every_sum():
    numbers = {(limit.kind, limit.funding): limit.number for limit in CITY.limits}

    assert totals(Counter(numbers)) == [630, 396, 386, 680, 24, 48]
    for account in ACCOUNTS:
        lines = [line for line in CITY.quota_lines if (line.kind, line.funding) == account]
        assert sum(line.number for line in lines) <= numbers[account]


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.no)
def test_every_body_has_the_people_and_posts_of_its_row(row):
    assert totals(authorised(row.no)) == list(row.authorised)
    assert totals(on_quota(row.no)) == list(row.actual)
    assert tuple(heads(row.no, slot, "leader_slot") for slot in HEADS) == row.leaders_actual
    assert tuple(heads(row.no, slot, "midlevel_slot") for slot in HEADS) == (row.midlevel_actual)


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: row.no)
def test_the_internal_bodies_add_up_to_the_mid_level_posts_and_quotas(row):
    sections = [section for section in CITY.internal_bodies if section.body == BODY[row.no]]

    assert len({section.name for section in sections}) == len(sections)
    assert (
        sum(section.midlevel_chief for section in sections),
        sum(section.midlevel_deputy for section in sections),
    ) == row.midlevel
    assert sum(section.quota_planned for section in sections) == (
        sum(row.authorised) - sum(row.leaders)
    )


def test_the_same_seed_gives_the_same_bytes_in_another_process():
    script = (
        "import hashlib; from service.sample_city import sample_city;"
        "print(hashlib.sha256(repr(sample_city()).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for hash_seed in ("1", "2")
    }

    assert digests == {hashlib.sha256(repr(CITY).encode()).hexdigest()}


def test_the_city_is_made_in_less_than_three_seconds():
    begun = time.process_time()
    sample_city()

    assert time.process_time() - begun < 3


def test_another_seed_draws_other_people_for_the_same_places():
    other = sample_city(seed=7)

    assert {p.id_no for p in other.persons} != {p.id_no for p in CITY.persons}
    places = [(p.body, p.quota_kind, p.leader_slot, p.midlevel_slot) for p in CITY.persons]
    assert [(p.body, p.quota_kind, p.leader_slot, p.midlevel_slot) for p in other.persons] == (
        places
    )
