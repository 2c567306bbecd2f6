"""Read the calendar of a year, day by day."""

from datetime import date

from pydantic import BaseModel

from service.core.auth.policy import EVERYBODY
from service.core.operation import Query, answers
from service.core.query import Reading
from service.features.calendar.load_calendar import Year
from service.features.calendar.seed import kind_of
from service.features.calendar.tables import DayKind


class DayView(BaseModel):
    """One day and why it works or not."""

    day: date
    kind: DayKind
    is_working: bool
    holiday: str | None


class CalendarView(BaseModel):
    """The days of one year. `version` is null where nobody has loaded the year: then the days
    follow the weekend rule, and a warning says so."""

    year: int
    version: int | None
    source: str | None
    warning: str | None
    days: list[DayView]


class ReadCalendar(Query[CalendarView]):
    """Every day of a year in the newest version of the calendar."""

    name = "calendar.read_calendar"
    duties = EVERYBODY
    title_zh = "查询工作日历"
    title_en = "Read a calendar"

    year: Year


def warning_for(years: list[int]) -> str | None:
    """What people are told where a year follows the weekend rule."""
    if not years:
        return None
    named = "、".join(map(str, years))
    return (
        f"{named}年工作日历尚未导入，按周末规则计算，不含调休。"
        f" No calendar is loaded for {', '.join(map(str, years))}: the weekend rule applies."
    )


@answers(ReadCalendar)
async def read_calendar(query: ReadCalendar, reading: Reading) -> CalendarView:
    rows = await reading.connection.fetch(
        """SELECT v.version, v.source, d.day, d.kind, d.holiday
           FROM (SELECT * FROM calendar_version WHERE $1 = ANY (years)
                 ORDER BY version DESC LIMIT 1) v
           JOIN calendar_day d ON d.version = v.version
            AND d.day >= make_date($1, 1, 1) AND d.day < make_date($1 + 1, 1, 1)
           ORDER BY d.day""",
        query.year,
    )
    days = [
        DayView(
            day=row["day"],
            kind=DayKind(row["kind"]),
            is_working=DayKind(row["kind"]).is_working,
            holiday=row["holiday"],
        )
        for row in rows
    ]
    return CalendarView(
        year=query.year,
        version=rows[0]["version"] if rows else None,
        source=rows[0]["source"] if rows else None,
        warning=None if rows else warning_for([query.year]),
        days=days or _by_weekend_rule(query.year),
    )


def _by_weekend_rule(year: int) -> list[DayView]:
    first, after = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
    days = []
    for day in map(date.fromordinal, range(first, after)):
        kind = kind_of(day, is_holiday=False, is_make_up=False)
        days.append(DayView(day=day, kind=kind, is_working=kind.is_working, holiday=None))
    return days
