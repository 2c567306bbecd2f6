"""The one clock is the database's, so that every process agrees; only a demo can move it.

Each command and each query learns its instant from the statement that opens it. What the
ledger *knew* and when is `clock_timestamp()` itself, so a moved clock cannot rewrite history.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, ClassVar
from zoneinfo import ZoneInfo

from pydantic import PlainSerializer
from sqlalchemy import CheckConstraint
from sqlmodel import Field

from service.core.store.rows import Row

CITY_ZONE = ZoneInfo("Asia/Shanghai")

#: The instant as rules see it, as an SQL expression.
NOW_SQL = "(clock_timestamp() + coalesce((SELECT moved FROM demo_clock), interval '0'))"


def city_day(instant: datetime) -> date:
    """The calendar day of an instant in the city, where day boundaries lie."""
    return instant.astimezone(CITY_ZONE).date()


class DemoClock(Row):
    """How far a demo's clock is ahead of the real one.

    The row marks the database of a demo; it is made with the sample city, never later. What an
    interrupted start left behind is not complete, and is loaded anew.
    """

    table: ClassVar[str] = "demo_clock"
    key: ClassVar[tuple[str, ...]] = ("is_set",)

    is_set: bool = True
    is_complete: bool = False
    moved: Annotated[timedelta, PlainSerializer(lambda moved: f"{moved.total_seconds()} seconds")]


class DemoClockTable(DemoClock, table=True):
    __tablename__ = "demo_clock"
    moved: timedelta
    __table_args__ = (CheckConstraint("is_set", name="is_set"),)

    is_set: bool = Field(default=True, primary_key=True)
