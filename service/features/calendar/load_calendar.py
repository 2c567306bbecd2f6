"""Load the calendar of a year: what the State Council's notice says, as a small table.

Every November the office loads the next year. Nothing is overwritten: a correction is one more
version, and a deadline can say by which version it was computed (I16).
"""

import csv
import io
from datetime import date, timedelta
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from service.core.auth.actor import Duty
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.core.values import Line
from service.features.calendar.rules import CalendarUnreadable
from service.features.calendar.seed import kind_of
from service.features.calendar.tables import CalendarDay, CalendarVersion, DayKind

_LOCK = 0x63616C  # "cal": versions are numbered one after the other
_COLUMNS = ["day", "kind", "holiday"]
Year = Annotated[int, Field(ge=2004, le=2100)]


class CalendarLoaded(BaseModel):
    """What a loading made: its version, and how many working days the year has now."""

    version: int
    year: int
    working_days: int


class LoadCalendar(Command[CalendarLoaded]):
    """Load the holidays and make-up days (调休) of one year.

    `csv` has the columns day, kind and holiday and a line for each exception to the weekend
    rule: kind HOLIDAY for a day off, MAKE_UP for a weekend day that works.
    """

    name = "calendar.load_calendar"
    duties = frozenset({Duty.OFFICE_DIRECTOR, Duty.OFFICE_INTAKE, Duty.SYSTEM_ADMIN})
    title_zh = "导入工作日历"
    title_en = "Load a calendar"
    status = 201
    refusals = (CalendarUnreadable,)
    example: ClassVar = {
        "year": 2027,
        "source": "国务院办公厅关于2027年部分节假日安排的通知",
        "csv": "day,kind,holiday\n2027-01-01,HOLIDAY,元旦\n",
    }

    year: Year
    source: Line
    csv: Annotated[str, Field(max_length=20_000)]


class CalendarChanged(Event):
    """A year has a new calendar; deadlines that follow it may move."""

    type: ClassVar[str] = "calendar.calendar_changed"
    title_zh = "工作日历已变更"
    title_en = "Calendar changed"

    version: int
    year: int

    def subject(self) -> str:
        return f"calendar/{self.year}"


@handles(LoadCalendar)
async def load_calendar(command: LoadCalendar, context: Context) -> CalendarLoaded:
    """Insert a version with every day of the year, or refuse the whole file."""
    context.require_city()
    exceptions = _read(command.csv, command.year)
    await context.connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
    version: int = await context.connection.fetchval(
        "SELECT coalesce(max(version), 0) + 1 FROM calendar_version"
    )
    context.insert(
        CalendarVersion(
            version=version,
            years=[command.year],
            source=command.source,
            command_id=context.command_id,
        )
    )
    working_days = 0
    for day in _days_of(command.year):
        kind, holiday = exceptions.get(day, (None, None))
        kind = kind or kind_of(day, is_holiday=False, is_make_up=False)
        working_days += kind.is_working
        context.insert(CalendarDay(version=version, day=day, kind=kind, holiday=holiday))
    context.announce(CalendarChanged(version=version, year=command.year))
    return CalendarLoaded(version=version, year=command.year, working_days=working_days)


def _read(text: str, year: int) -> dict[date, tuple[DayKind, str | None]]:
    """The exceptions in a file.

    Raises:
        CalendarUnreadable: Some line is not one; every such line is named.
    """
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")))
    header = [name.strip() for name in next(reader, [])]
    if header != _COLUMNS:
        raise _unreadable([{"line": 1, "message": f"expected the columns {', '.join(_COLUMNS)}"}])
    exceptions: dict[date, tuple[DayKind, str | None]] = {}
    errors = []
    for line, cells in enumerate(reader, start=2):
        if not any(cells):
            continue
        try:
            day, kind, holiday = _exception(cells, year)
            if day in exceptions:
                raise ValueError(f"expected {day} once, but it stands here again")
            exceptions[day] = kind, holiday
        except ValueError as fault:
            errors.append({"line": line, "message": str(fault)})
    if errors:
        raise _unreadable(errors)
    return exceptions


def _exception(cells: list[str], year: int) -> tuple[date, DayKind, str | None]:
    if len(cells) != len(_COLUMNS):
        raise ValueError(f"expected {len(_COLUMNS)} cells, but there are {len(cells)}")
    day = date.fromisoformat(cells[0].strip())
    if day.year != year:
        raise ValueError(f"expected a day of {year}, but it is {day}")
    kind = cells[1].strip()
    if kind == DayKind.HOLIDAY:
        return day, DayKind.HOLIDAY, cells[2].strip()[:40] or None
    if kind == DayKind.MAKE_UP and day.weekday() >= 5:
        return day, DayKind.MAKE_UP, cells[2].strip()[:40] or None
    raise ValueError(
        f"expected HOLIDAY, or MAKE_UP on a weekend day, but it is {kind[:40]} on {day:%a}"
    )


def _unreadable(errors: list[dict[str, object]]) -> CalendarUnreadable:
    first = errors[0]
    return CalendarUnreadable(
        f"Expected a calendar, but line {first['line']}: {first['message']}.",
        f"文件应当为工作日历，但第{first['line']}行有误。",
        errors=errors[:50],
    )


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
