"""Plays the year of the sample city, from the first working day to the reference date."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from service.features.calendar.seed import seeded_calendar
from service.sample_city.city import REFERENCE_DATE
from service.sample_city.history.days import Almanac, live
from service.sample_city.history.guides import GuideShelf
from service.sample_city.history.item_rows import item_rows
from service.sample_city.history.item_stories import ItemStory
from service.sample_city.history.matter_rows import matter_rows
from service.sample_city.history.matter_stories import MatterStory
from service.sample_city.playing.house import at_work
from service.sample_city.playing.staff import Staff
from service.settings import Settings

#: The morning on which the year begins.
BEGINS_ON: Final = date(2026, 1, 5)


async def play_year(
    settings: Settings, documents: Mapping[str, UUID], report: Callable[[str], None]
) -> None:
    """Have everybody do what they did in the year, over the API, on the clock of the demo.

    Args:
        documents: The papers of the city by their numbers.
    """
    # A load that breaks off is begun anew: nothing of it need be on the disk before the end.
    hasty = settings.model_copy(update={"database_url": _hasty(settings.database_url or "")})
    async with at_work(hasty, BEGINS_ON) as house:
        staff = await Staff.of(house.people)
        almanac = Almanac(seeded_calendar(), REFERENCE_DATE)
        papers = {
            body.no: str(documents[body.latest_doc or body.setup_doc]) for body in staff.city.bodies
        }
        report(f"  {await GuideShelf(house).fill()} service guides")
        items, matters = item_rows(), matter_rows()
        stories = [
            *(ItemStory(house, almanac, staff, papers[row.body], row).told() for row in items),
            *(MatterStory(house, staff, papers[row.body], row).told() for row in matters),
        ]
        report(f"  playing the year: {len(items)} items of the ledger, {len(matters)} matters")
        await live(house, almanac, stories, lambda day: report(f"    {day:%Y-%m}"))


def _hasty(url: str) -> str:
    """An address whose transactions do not wait for the disk."""
    return f"{url}{'&' if '?' in url else '?'}synchronous_commit=off"
