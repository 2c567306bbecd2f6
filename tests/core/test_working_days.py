"""Working days: the published vectors, and agreement with counting day by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.working_days import BeyondCalendar, Calendar, due_at
from service.features.calendar.seed import FIRST_YEAR, LAST_YEAR, seeded_days

CITY = Calendar.of(
    1,
    (day.day for day in seeded_days() if day.kind.is_working),
    range(FIRST_YEAR, LAST_YEAR + 1),
)

DAYS = st.dates(date(2003, 6, 1), date(2028, 6, 1))


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-09-30", 10, "2026-10-20"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-12-01", 20, "2026-12-29"),
        ("2026-03-02", 60, "2026-05-28"),
    ],
)
def test_working_days_are_added_as_the_domain_says(day: str, n: int, expected: str) -> None:
    assert CITY.add(date.fromisoformat(day), n) == date.fromisoformat(expected)


def test_2026_has_248_working_days() -> None:
    assert CITY.count(date(2026, 1, 1), date(2027, 1, 1)) == 248


def test_a_make_up_saturday_works_and_a_holiday_monday_does_not() -> None:
    assert CITY.is_working(date(2026, 2, 14))
    assert not CITY.is_working(date(2026, 2, 16))


def test_an_unloaded_year_follows_the_weekend_rule_and_says_so() -> None:
    assert CITY.unloaded(date(2026, 12, 1), date(2026, 12, 31)) == []
    assert CITY.unloaded(date(2026, 12, 1), date(2028, 1, 1)) == [2027, 2028]
    assert CITY.add(date(2027, 1, 1), 1) == date(2027, 1, 4)


def test_zero_working_days_is_the_day_itself_or_the_next_that_works() -> None:
    assert CITY.add(date(2026, 2, 13), 0) == date(2026, 2, 13)
    assert CITY.add(date(2026, 2, 15), 0) == date(2026, 2, 24)


def test_a_deadline_ends_with_its_last_day_in_the_city() -> None:
    assert due_at(date(2026, 3, 6)) == datetime(2026, 3, 6, 16, tzinfo=UTC)


def test_a_count_that_leads_out_of_sight_is_refused() -> None:
    with pytest.raises(BeyondCalendar):
        CITY.add(date(2026, 1, 1), 100_000)
    with pytest.raises(BeyondCalendar):
        CITY.count(date(1, 1, 1), date(9999, 1, 1))


@given(DAYS, st.integers(-300, 300).filter(bool))
def test_adding_agrees_with_walking_day_by_day(day: date, n: int) -> None:
    step, left, at = (1 if n > 0 else -1), abs(n), day
    while left:
        at += timedelta(days=step)
        left -= CITY.is_working(at)
    assert CITY.add(day, n) == at


@given(DAYS, st.integers(0, 900))
def test_counting_agrees_with_walking_day_by_day(day: date, length: int) -> None:
    days = (day + timedelta(days=n) for n in range(length))
    until = day + timedelta(days=length)
    assert CITY.count(day, until) == sum(map(CITY.is_working, days))
    assert CITY.count(until, day) == -CITY.count(day, until)
