"""One case: begun, taken through its steps, and held against what it should come to."""

from datetime import datetime, time
from functools import cache

from service.core.clock import CITY_ZONE
from service.core.feel import FeelError
from service.core.feel.border import from_state, from_wire, to_wire
from service.core.working_days import BeyondCalendar, Calendar
from service.features.calendar.seed import seeded_calendar
from service.features.decisions.evaluating import CityCalendar
from service.features.decisions.scenario_yaml import shown
from service.features.processes.scenarios.clocks import Clocks
from service.features.processes.scenarios.failed import Failed
from service.features.processes.scenarios.files import (
    KINDS,
    Case,
    CommandStep,
    ProcessScenario,
    Step,
)
from service.features.processes.scenarios.given import Ready
from service.features.processes.scenarios.playing import Playing
from service.features.processes.scenarios.standing import last_end, standing
from service.features.processes.scenarios.steps import take

#: Cases begin when the office opens.
_MORNING = time(9, 0)


@cache
def _calendar() -> Calendar:
    return seeded_calendar()


def beginning(ready: Ready, scenario: ProcessScenario, case: Case) -> Playing:
    """A case before its start, on the calendar that the service was installed with."""
    now = datetime.combine(case.today or scenario.today, _MORNING, CITY_ZONE)
    calendar = _calendar()
    return Playing(
        ready=ready,
        clocks=Clocks(calendar),
        calendar=CityCalendar(calendar),
        now=now,
        until=now,
        commands=scenario.commands,
        process=scenario.process,
    )


def play(playing: Playing, case: Case) -> None:
    """Take a case from its start to its end.

    Raises:
        Failed: Something that it expects is not there, or something is there that it does not.
    """
    where = "start", "启动"
    try:
        playing.start(case.start, case.start_at)
        for nth, step in enumerate(case.steps, 1):
            playing.settle(step)
            where = f"step {nth} ({_told(step)})", f"第{nth}步（{_told(step)}）"
            _require_answered(playing, step)
            take(playing, step)
        playing.settle()
        where = "end", "结束"
        _require_end(playing, case)
    except Failed as failed:
        english, chinese = where
        raise Failed(
            f"{english}: {failed.message}", f"{chinese}：{failed.message_zh}", failed.element
        ) from failed
    except BeyondCalendar as fault:
        raise Failed(f"{where[0]}: {fault}", f"{where[1]}：工作日历没有该年度。") from fault
    except FeelError as fault:
        raise Failed(f"{where[0]}: {fault.message}", f"{where[1]}：{fault.message_zh}") from fault


def _told(step: Step) -> str:
    """`task decide`"""
    kind = next(each for each in KINDS if hasattr(step, each))
    return f"{kind} {getattr(step, kind)}"


def _require_answered(playing: Playing, step: Step) -> None:
    """Commands are answered in the move that orders them: nothing else can happen before."""
    if playing.wanted and not isinstance(step, CommandStep):
        wanted = playing.wanted[0]
        raise Failed(
            f"Expected an answer to the command {wanted.type} of {wanted.element} first, "
            f"but there is no step for it.",
            f"应当先回答环节{wanted.element}的命令{wanted.type}，但没有这一步。",
            wanted.element,
        )


def _require_end(playing: Playing, case: Case) -> None:
    if playing.ended is None:
        stands, stands_zh = standing(playing)
        raise Failed(
            f"Expected the case to end with {case.ends}, but {stands}.",
            f"流程应当在{case.ends}结束，但{stands_zh}。",
        )
    if (end := last_end(playing)) != case.ends:
        raise Failed(
            f"Expected the case to end with {case.ends}, but it ends with {end}.",
            f"流程应当在{case.ends}结束，但在{end}结束。",
            end,
        )
    variables = {name: to_wire(from_state(x)) for name, x in playing.ended.variables.items()}
    for name, value in case.variables.items():
        expected, got = to_wire(from_wire(value)), variables.get(name)
        if got != expected:
            raise Failed(
                f"Expected {name} to be {shown(expected)}, but it is {shown(got)}.",
                f"变量{name}应当为{shown(expected)}，但为{shown(got)}。",
            )
