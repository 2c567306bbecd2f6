"""The calendar an installation starts with: every day of 2004 to 2026, from chinesecalendar."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar

from service.core.store.db import Connection
from service.core.working_days import Calendar
from service.features.calendar.tables import CalendarDay, DayKind

FIRST_YEAR, LAST_YEAR = 2004, 2026

_ZH = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利七十周年纪念日",
}


def seeded_days() -> Iterator[CalendarDay]:
    """Every day of the seeded years in order. The library knows no year after the last."""
    day = date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        is_off, name = chinese_calendar.get_holiday_detail(day)
        kind = kind_of(day, is_holiday=is_off and bool(name), is_make_up=not is_off)
        yield CalendarDay(version=1, day=day, kind=kind, holiday=_ZH.get(name or ""))
        day += timedelta(days=1)


def seeded_calendar() -> Calendar:
    """The seed as a calendar, without a database."""
    working = (row.day for row in seeded_days() if row.kind.is_working)
    return Calendar.of(1, working, range(FIRST_YEAR, LAST_YEAR + 1))


def kind_of(day: date, *, is_holiday: bool, is_make_up: bool) -> DayKind:
    """The kind of a day by the weekend rule and the two exceptions to it."""
    if is_holiday:
        return DayKind.HOLIDAY
    if day.weekday() < 5:
        return DayKind.WORKDAY
    return DayKind.MAKE_UP if is_make_up else DayKind.WEEKEND


async def seed_calendar(connection: Connection) -> None:
    """Store the seed as version 1, where there is no calendar yet."""
    if await connection.fetchval("SELECT EXISTS (SELECT FROM calendar_version)"):
        return
    await connection.execute(
        "INSERT INTO calendar_version (version, years, source) VALUES (1, $1, $2)",
        list(range(FIRST_YEAR, LAST_YEAR + 1)),
        "chinesecalendar",
    )
    await connection.copy_records_to_table(
        "calendar_day",
        columns=["version", "day", "kind", "holiday"],
        records=[(row.version, row.day, row.kind, row.holiday) for row in seeded_days()],
    )
