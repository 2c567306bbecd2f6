"""The calendar as stored: a row a day, in versions that are never changed."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field

from service.core.store.rows import AppendOnlyRow, code_column, one_of


class DayKind(StrEnum):
    """Why a day works or not."""

    WORKDAY = "WORKDAY"
    WEEKEND = "WEEKEND"
    HOLIDAY = "HOLIDAY"
    """法定节假日, and the days that others are moved to"""
    MAKE_UP = "MAKE_UP"
    """调休: a weekend day that works"""

    @property
    def is_working(self) -> bool:
        return self in (DayKind.WORKDAY, DayKind.MAKE_UP)


class CalendarVersion(AppendOnlyRow):
    """One loading of whole years. For each year the newest version that has it counts."""

    table: ClassVar[str] = "calendar_version"
    key: ClassVar[tuple[str, ...]] = ("version",)

    version: int
    years: list[int]
    source: str
    #: The command that loaded it; None for the seed.
    command_id: UUID | None


class CalendarVersionTable(CalendarVersion, table=True):
    __tablename__ = "calendar_version"

    version: int = Field(primary_key=True)
    years: list[int] = Field(sa_type=ARRAY(Integer))


class CalendarDay(AppendOnlyRow):
    """One day in one version."""

    table: ClassVar[str] = "calendar_day"
    key: ClassVar[tuple[str, ...]] = ("version", "day")

    version: int
    day: date
    kind: DayKind
    holiday: str | None


class CalendarDayTable(CalendarDay, table=True):
    __tablename__ = "calendar_day"
    __table_args__ = (one_of("kind", DayKind),)

    version: int = Field(primary_key=True, foreign_key="calendar_version.version")
    day: date = Field(primary_key=True)
    kind: DayKind = code_column()
