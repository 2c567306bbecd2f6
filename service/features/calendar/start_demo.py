"""Start a demo: mark an empty database as one, and set its clock."""

from datetime import timedelta
from typing import ClassVar

from pydantic import AwareDatetime

from service.core.auth.actor import Duty
from service.core.clock import DemoClock
from service.core.command import Context
from service.core.operation import Command, handles
from service.core.store.outbox import Event
from service.features.calendar.rules import NotADemo
from service.features.calendar.set_clock import ClockView

#: Whether anybody or anything was ever recorded.
HOLDS_DATA = """
SELECT EXISTS (SELECT FROM body) OR EXISTS (SELECT FROM actor) OR EXISTS (SELECT FROM document)
"""


class StartDemo(Command[ClockView]):
    """Mark an empty database as that of a demo and set its clock.

    Only the loader of the sample city says this, never a request.
    """

    name = "calendar.start_demo"
    duties = frozenset({Duty.PROCESS})
    is_for_diagrams = False
    title_zh = "启动演示"
    title_en = "Start a demo"
    refusals = (NotADemo,)

    now: AwareDatetime


class DemoStarted(Event):
    """The database is that of a demo: what it holds is fictitious."""

    type: ClassVar[str] = "calendar.demo_started"
    title_zh = "演示已启动"
    title_en = "Demo started"

    now: AwareDatetime

    def subject(self) -> str:
        return "clock/demo"


@handles(StartDemo)
async def start_demo(command: StartDemo, context: Context) -> ClockView:
    """Insert the clock, or refuse with `NotADemo` where the database holds anything."""
    context.require_city()
    if await context.connection.fetchval(HOLDS_DATA):
        raise NotADemo(
            "Expected an empty database for the demo, but this one holds data.",
            "演示应当使用空数据库，但此数据库已有数据。",
        )
    moved: timedelta = command.now - context.now
    context.insert(DemoClock(moved=moved))
    context.announce(DemoStarted(now=command.now))
    return ClockView(now=command.now, moved_s=moved.total_seconds())
