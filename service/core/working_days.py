"""Working days: counting them by a calendar that the office loads year by year.

The day of an event is not counted, and a period ends at the end of its last day (domain.md
§3.0). A year that nobody has loaded follows the weekend rule; who shows a day to people says
so with `Calendar.unloaded`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from service.core.clock import CITY_ZONE

_FARTHEST_YEARS = 200


class BeyondCalendar(ValueError):
    """The count leaves the years that a calendar can say anything about."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are working days, in one version of the calendar.

    `years` maps each loaded year to its working days, as sorted ordinals.
    """

    version: int = 0
    years: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, version: int, working: Iterable[date], loaded: Iterable[int]) -> "Calendar":
        """A calendar from the working days of its loaded years."""
        by_year: dict[int, list[int]] = {year: [] for year in loaded}
        for day in working:
            by_year[day.year].append(day.toordinal())
        return cls(version, {year: tuple(sorted(days)) for year, days in by_year.items()})

    def is_working(self, day: date) -> bool:
        days = self._days(day.year)
        place = bisect_left(days, day.toordinal())
        return place < len(days) and days[place] == day.toordinal()

    def add(self, day: date, n: int) -> date:
        """The n-th working day after a day, or before it where n is negative.

        With n = 0 it is the day itself, or the next working day where it is none.

        Raises:
            BeyondCalendar: It lies more than 200 years away or outside the years 1 to 9999.
        """
        if n == 0:
            return day if self.is_working(day) else self.add(day, 1)
        step, left, year = (1, n, day.year) if n > 0 else (-1, -n, day.year)
        days = self._days(year)
        if step > 0:
            days = days[bisect_right(days, day.toordinal()) :]
        else:
            days = days[: bisect_left(days, day.toordinal())]
        while left > len(days):
            left -= len(days)
            year += step
            if abs(year - day.year) > _FARTHEST_YEARS or not 1 <= year <= 9999:
                raise BeyondCalendar(f"Expected a day near {day}, but {n} working days lead away.")
            days = self._days(year)
        return date.fromordinal(days[left - 1] if step > 0 else days[-left])

    def count(self, from_on: date, until_on: date) -> int:
        """How many working days the half-open period [from, until) has; negative if reversed.

        Raises:
            BeyondCalendar: The period is longer than 200 years.
        """
        if until_on < from_on:
            return -self.count(until_on, from_on)
        if until_on.year - from_on.year > _FARTHEST_YEARS:
            raise BeyondCalendar(f"Expected a period of at most {_FARTHEST_YEARS} years.")
        total = 0
        for year in range(from_on.year, until_on.year + 1):
            days = self._days(year)
            total += bisect_left(days, until_on.toordinal())
            total -= bisect_left(days, from_on.toordinal())
        return total

    def unloaded(self, *days: date) -> list[int]:
        """The years between these days that follow the weekend rule, nobody having loaded them."""
        first, last = min(days).year, max(days).year
        return [year for year in range(first, last + 1) if year not in self.years]

    def _days(self, year: int) -> tuple[int, ...]:
        return self.years.get(year) or _weekdays(year)


def due_at(day: date) -> datetime:
    """The instant at which a deadline's last day is over: 00:00 in the city on the day after."""
    return datetime.combine(day + timedelta(days=1), time(), CITY_ZONE).astimezone(UTC)


def _weekdays(year: int) -> tuple[int, ...]:
    first = date(year, 1, 1).toordinal()
    last = date(year, 12, 31).toordinal()
    return tuple(n for n in range(first, last + 1) if n % 7 not in (6, 0))
