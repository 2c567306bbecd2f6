"""Finish the load of a demo: from now on a start leaves it as it is."""

from pydantic import BaseModel

from service.core.auth.actor import Duty
from service.core.clock import DemoClock
from service.core.command import Context
from service.core.operation import Command, handles
from service.features.calendar.rules import NotADemo


class DemoView(BaseModel):
    """A demo whose sample city is there as a whole."""

    is_complete: bool


class FinishDemo(Command[DemoView]):
    """Mark the sample city as loaded to its end. Only its loader says this."""

    name = "calendar.finish_demo"
    duties = frozenset({Duty.PROCESS})
    is_for_diagrams = False
    title_zh = "完成演示数据装载"
    title_en = "Finish a demo"
    refusals = (NotADemo,)


@handles(FinishDemo)
async def finish_demo(command: FinishDemo, context: Context) -> DemoView:
    context.require_city()
    record = await context.connection.fetchrow("SELECT * FROM demo_clock FOR UPDATE")
    if record is None:
        raise NotADemo(
            "Expected the database of a demo, but this one is not.",
            "应当为演示数据库，但此数据库不是。",
        )
    context.update(DemoClock.read(record), is_complete=True)
    return DemoView(is_complete=True)
