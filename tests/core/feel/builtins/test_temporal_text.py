"""Temporal values as text: XML Schema Part 2 with the zones of FEEL, DMN 1.5, 10.3.4.1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.feel.temporal import Date, DateTime, DaysDuration, MonthsDuration, Time
from service.core.feel.temporal_arithmetic import same
from service.core.feel.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_temporal,
    parse_time,
    to_text,
)

ZONES = st.one_of(
    st.none(),
    st.integers(-14 * 3600, 14 * 3600),
    st.sampled_from(["Europe/Paris", "Asia/Shanghai", "Etc/UTC", "America/St_Johns"]),
)
DATES = st.builds(
    Date, st.integers(-999_999_999, 999_999_999), st.integers(1, 12), st.integers(1, 28)
)
TIMES = st.builds(
    Time,
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 59),
    st.integers(0, 999_999_999),
    ZONES,
)
VALUES = st.one_of(
    DATES,
    TIMES,
    st.builds(DateTime, DATES, TIMES),
    st.builds(DaysDuration, st.integers(-(10**25), 10**25)),
    st.builds(MonthsDuration, st.integers(-(10**11), 10**11)),
)


@given(VALUES)
def test_printing_and_parsing_again_is_the_identity(value):
    again = parse_temporal(to_text(value))
    assert again is not None
    assert same(again, value)


@pytest.mark.parametrize(
    "text",
    [
        *("2017-02-29", "2017-13-01", "2017-00-10", "998-12-31", "01211-12-31", "+2012-12-02"),
        *("2012-12-25T", "1000000000-12-25", "-1000000000-12-25", "2012-1-2", "２０１２-12-25"),
        *("2012-12-25Q", "2012-12-25+15:00", " 2012-12-25", "2012-12-25\n", ""),
    ],
)
def test_what_is_no_date_is_refused(text):
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("23:59:60", "24:00:01", "24:01:00", "25:00:00", "00:60:00", "7:00:00", "07:1:00"),
        *("13:20:00@xyz/abc", "13:20:00@europe/paris", "13:20:00@Europe", "13:20:00@/etc/passwd"),
        *("13:20:00+14:01", "13:20:00-19:00", "13:20:00+5:00", "13:20:00+02:00@Europe/Paris"),
        *("07:20", "T11:30:00", "11:30:00T", "11:22:33.", ""),
    ],
)
def test_what_is_no_time_is_refused(text):
    assert parse_time(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("P", "PT", "P1", "P1H", "P1S", "1D", "P1Y1D", "P1DT", "PT1.5H", "P-1D", "--P1D", "+P1D"),
        *("P1M1Y", "PT1S1M", "p1d", "P1D ", "P1.5Y", "P9999999999999999999Y", "PT.5S"),
    ],
)
def test_what_is_no_duration_is_refused(text):
    assert parse_duration(text) is None


def test_midnight_at_the_end_of_a_day_belongs_to_the_next():
    assert parse_time("24:00:00") == Time(0, 0, 0)
    assert parse_date_time("2021-12-31T24:00:00") == DateTime(Date(2022, 1, 1), Time(0, 0, 0))
    assert parse_date_time("999999999-12-31T24:00:00") is None


def test_a_date_alone_is_the_date_time_of_its_midnight():
    assert parse_date_time("2018-12-08") == DateTime(Date(2018, 12, 8), Time(0, 0, 0))
    with_zone = parse_date_time("2012-03-07Z")
    assert with_zone is not None
    assert to_text(with_zone) == "2012-03-07T00:00:00Z"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("PT1000M0.5000S", "PT16H40M0.5S"),
        ("PT0.S", "PT0S"),
        ("-P0D", "PT0S"),
        ("-PT24H", "-P1D"),
        ("P0Y", "P0M"),
        ("P1Y27M", "P3Y3M"),
        ("-P100M", "-P8Y4M"),
    ],
)
def test_durations_are_normalized(text, canonical):
    value = parse_duration(text)
    assert value is not None
    assert to_text(value) == canonical


def test_fractions_beyond_nanoseconds_are_cut_off():
    assert parse_time("11:22:33.1234567899") == parse_time("11:22:33.123456789")
    found = parse_time("11:22:33.1234567899")
    assert found is not None
    assert to_text(found) == "11:22:33.123456789"
