"""Texts of diagrams as expressions and times."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from service.core.engine.expressions import ExpressionFault, due, formula, timer, value
from service.core.engine.extensions import Text
from service.core.engine.timers import Cycle, Interval, cycle_of, interval_of, moment_of


def text(words: str, language: str = "") -> Text:
    return Text(words, "task", 7, language)


def test_text_behind_an_equals_sign_is_feel_and_all_other_text_is_itself():
    assert value(text("=1 + x"))({"x": Decimal(2)}) == 3
    assert value(text("1 + x"))({}) == "1 + x"
    assert value(text("1 + x")).constant == "1 + x"
    assert value(text("=x + y")).reads == {"x", "y"}


def test_where_only_an_expression_is_allowed_the_sign_may_be_missing():
    assert formula(text("x > 1"))({"x": Decimal(2)}) is True
    assert formula(text("= x > 1"))({"x": Decimal(2)}) is True


@pytest.mark.parametrize("words", ["=", "= ", "x = = 1", "${x}", "x == 1", "=1 +"])
def test_a_syntax_error_names_the_element_and_the_line(words):
    with pytest.raises(ExpressionFault) as fault:
        formula(text(words))
    finding = fault.value.finding
    assert (finding.rule, finding.element, finding.line) == ("expression_syntax", "task", 7)
    assert finding.message
    assert finding.message_zh


def test_feel_is_known_by_its_names_and_every_other_language_is_refused():
    for name in ("", "feel", "https://www.omg.org/spec/DMN/20191111/FEEL/"):
        formula(text("1", name))
    formula(text("1", "http://www.omg.org/spec/FEEL/20140401"))
    for name in ("javascript", "http://www.w3.org/1999/XPath"):
        with pytest.raises(ExpressionFault) as fault:
            formula(text("1", name))
        assert fault.value.finding.rule == "expression_language"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("date", "2030-01-01T09:00:00+08:00"),
        ("date", "2030-01-01"),
        ("duration", "PT5S"),
        ("duration", "-PT5S"),
        ("duration", "P1Y2M10DT2H30M"),
        ("cycle", "R3/PT1S"),
        ("cycle", "R/P1D"),
        ("cycle", "R2/2020-01-01T00:00:00Z/PT1H"),
        ("duration", '=duration("PT" + string(n) + "S")'),
    ],
)
def test_a_timer_is_iso_text_or_feel(kind, words):
    timer(kind, text(words))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("date", "tomorrow"),
        ("date", "2030-02-30"),
        ("date", "PT5S"),
        ("duration", "'PT5S'"),
        ("duration", "5"),
        ("duration", "P"),
        ("duration", "PT"),
        ("duration", ""),
        ("cycle", "PT5S"),
        ("cycle", "R3/PT0S"),
        ("cycle", "R0/PT1S"),
        ("cycle", "R3/-PT1S"),
        ("cycle", "0 0 9 * * ?"),
    ],
)
def test_a_timer_of_another_form_is_refused(kind, words):
    with pytest.raises(ExpressionFault) as fault:
        timer(kind, text(words))
    assert fault.value.finding.rule == "bad_timer"


def test_a_month_later_is_the_last_day_of_a_shorter_month_by_the_clock_of_the_city():
    january = datetime(2027, 1, 30, 16, 30, tzinfo=UTC)  # the 31st in the city
    assert Interval(1, timedelta(0)).after(january) == datetime(2027, 2, 27, 16, 30, tzinfo=UTC)
    with pytest.raises(OverflowError):
        Interval(12 * 9000, timedelta(0)).after(january)


def test_weeks_fractions_and_signs_of_durations_are_exact():
    assert interval_of("P1W") == Interval(0, timedelta(days=7))
    assert interval_of("PT0.5S") == Interval(0, timedelta(seconds=0.5))
    assert interval_of("-P1YT1H") == Interval(-12, timedelta(hours=-1))
    assert interval_of("P1Y2M10DT2H30M") == Interval(14, timedelta(days=10, hours=2, minutes=30))


def test_a_time_without_an_offset_is_the_time_of_the_city():
    assert moment_of("2030-01-01T09:00:00") == datetime(2030, 1, 1, 1, tzinfo=UTC)
    assert moment_of("2030-01-01T09:00:00Z") == datetime(2030, 1, 1, 9, tzinfo=UTC)
    assert moment_of("2030-01-01") == datetime(2029, 12, 31, 16, tzinfo=UTC)


def test_feel_values_and_their_texts_are_due_at_the_same_time():
    for kind, words in (("date", "2030-01-01T09:00:00+08:00"), ("duration", "P3D")):
        computed = value(text(f'=@"{words}"'))
        assert due(kind, computed({})) == due(kind, words)
    assert due("duration", Decimal(5)) is None
    assert due("date", True) is None
    hour = Interval(0, timedelta(hours=1))
    assert cycle_of(value(text('=duration("PT1H")'))({})) == Cycle(None, None, hour)
    assert cycle_of("R2/PT1H") == Cycle(2, None, hour)
