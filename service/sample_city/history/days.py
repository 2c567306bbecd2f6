"""The days of a history: many stories at once, on a clock that only goes forward."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from typing import Final

from service.core.working_days import Calendar
from service.sample_city.playing.house import House

#: What happens to one thing: it gives the day on which it goes on, and then goes on.
Story = AsyncIterator[date]
#: The house works on these files on two days of the week: fewer mornings, the same history.
_BUSY: Final = (1, 3)


@dataclass(frozen=True, slots=True)
class Almanac:
    """Days on which something is done.

    Attributes:
        last: The reference date; nothing happens after it.
    """

    calendar: Calendar
    last: date
    _known: dict[date, date] = field(default_factory=dict)

    def busy(self, on: date) -> date:
        """This day or the next one on which the house works on files, the last day at most."""
        if on not in self._known:
            day = on
            while day < self.last and not self._is_busy(day):
                day += timedelta(days=1)
            self._known[on] = min(day, self.last)
        return self._known[on]

    def _is_busy(self, day: date) -> bool:
        return day.weekday() in _BUSY and self.calendar.is_working(day)


async def live(
    house: House, almanac: Almanac, stories: Iterable[Story], turned: Callable[[date], None]
) -> None:
    """Tell all stories, day by day, in the order in which they were given.

    Args:
        turned: Told of every new month, by the day on which it is noticed.
    """
    waiting: list[tuple[date, int, Story]] = []
    for place, story in enumerate(stories):
        waiting.append((almanac.busy(await anext(story)), place, story))
    heapify(waiting)
    while waiting:
        day, place, story = heappop(waiting)
        if day > house.today:
            if day.month != house.today.month:
                turned(day)
            await house.wake(day)
        following = await anext(story, None)
        if following is not None:
            heappush(waiting, (max(almanac.busy(following), day), place, story))
    await house.wake(almanac.last)
