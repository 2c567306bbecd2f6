"""The clock and the working days that the caller supplies."""

from service.core.feel import Run
from service.core.feel.temporal import Date, DateTime, Time

from .evaluation import feel, warned


class WeekendsOff:
    """A calendar of weeks without holidays."""

    def add(self, date: Date, n: int) -> Date:
        step = 1 if n > 0 else -1
        number = date.number
        while n:
            number += step
            found = Date.from_number(number)
            assert found is not None
            n -= step if found.weekday < 6 else 0
        result = Date.from_number(number)
        assert result is not None
        return result

    def between(self, a: Date, b: Date) -> int:
        days = (Date.from_number(number) for number in range(a.number + 1, b.number + 1))
        return sum(1 for day in days if day is not None and day.weekday < 6)


NOON = DateTime(Date(2026, 3, 6), Time(12, 0, 0, 0, 8 * 3600))


def _run() -> Run:
    return Run(lambda: NOON, WeekendsOff())


def test_now_and_today_are_those_of_the_callers_clock():
    assert feel("now()", run=_run()) == NOON
    assert feel("today()", run=_run()) == Date(2026, 3, 6)


def test_working_days_are_counted_in_the_callers_calendar():
    monday = Date(2026, 3, 9)
    assert feel("add working days(today(), 1)", run=_run()) == monday
    assert feel('add working days("2026-03-09", -1)', run=_run()) == Date(2026, 3, 6)
    assert feel('working days between(today(), @"2026-03-13")', run=_run()) == 5
    assert feel("working days between(a: now(), b: today())", run=_run()) == 0


def test_without_a_calendar_there_are_no_working_days():
    assert warned('add working days(@"2026-03-06", 1)') == ["no_calendar"]
    assert warned('working days between(@"2026-03-06", @"2026-03-07")') == ["no_calendar"]


def test_a_number_of_working_days_without_end_is_refused():
    assert warned('add working days(@"2026-03-06", 10001)') == ["out_of_range"]
    assert warned('add working days(@"2026-03-06", 0.5)') == ["out_of_range"]
    assert warned('add working days("tomorrow", 1)') == ["not_convertible"]
