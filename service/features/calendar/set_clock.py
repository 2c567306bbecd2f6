"""Set the clock of a demo, so that deadlines can be seen to pass."""

from datetime import timedelta
from typing import ClassVar

from pydantic import AwareDatetime, BaseModel

from service.core.auth.actor import Duty
from service.core.clock import DemoClock
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.calendar.rules import NotADemo


class ClockView(BaseModel):
    """The time as rules see it, and how far it is ahead of the real one, in seconds."""

    now: AwareDatetime
    moved_s: float


class SetClock(Command[ClockView]):
    """Set the time as rules see it. It runs on from there. In a demo only.

    What the ledger knew and when is not touched: that is always the real time.
    """

    name = "calendar.set_clock"
    duties = frozenset({Duty.SYSTEM_ADMIN})
    title_zh = "设置演示时钟"
    title_en = "Set the clock"
    refusals = (NotADemo,)
    example: ClassVar = {"now": "2026-11-24T09:00:00+08:00"}

    now: AwareDatetime


class ClockSet(Event):
    """The demo's clock was moved."""

    type: ClassVar[str] = "calendar.clock_set"
    title_zh = "演示时钟已设置"
    title_en = "Clock set"

    now: AwareDatetime

    def subject(self) -> str:
        return "clock/demo"


@handles(SetClock)
async def set_clock(command: SetClock, context: Context) -> ClockView:
    """Move the clock, or refuse with `NotADemo` where the database is not one of a demo."""
    context.require_city()
    record = await context.connection.fetchrow("SELECT * FROM demo_clock FOR UPDATE")
    if record is None:
        raise NotADemo(
            "Expected the database of a demo, but this one holds real data.",
            "应当为演示数据库，但此数据库为正式数据。",
        )
    clock = DemoClock.read(record)
    moved: timedelta = command.now - (context.now - clock.moved)
    context.update(clock, moved=moved)
    context.announce(ClockSet(now=command.now))
    return ClockView(now=command.now, moved_s=moved.total_seconds())
