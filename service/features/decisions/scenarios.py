"""Table tests: files beside a model that say what it must answer.

decision: level
today: 2026-11-24        # what today() is; now() is its midnight in the city
cases:
  - name: 六个职数报编委
    inputs: {posts: 6}
    expect: commission

They run on the calendar that the service was installed with, so that a year loaded later changes
no test.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from time import process_time
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from service.core.clock import CITY_ZONE
from service.core.dmn import DmnModel
from service.core.feel import FeelError
from service.core.feel.border import from_wire, to_wire
from service.features.calendar.seed import seeded_calendar
from service.features.decisions.evaluating import CityCalendar, run_at
from service.features.decisions.finding import Finding
from service.features.decisions.model_files import CheckedModel
from service.features.decisions.scenario_yaml import UNREADABLE, read_scenario, shown, unreadable

#: All tests of a release together, by the processor's clock: a busy machine fails no test.
_SECONDS = 10.0


class Case(BaseModel):
    """One test: these inputs must give this value."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    inputs: dict[str, Any] = {}
    expect: Any


class Scenario(BaseModel):
    """The tests of one decision."""

    model_config = ConfigDict(extra="forbid")

    decision: str
    today: date = date(2026, 1, 1)
    cases: Annotated[list[Case], Field(min_length=1, max_length=1000)]


@cache
def _calendar() -> CityCalendar:
    return CityCalendar(seeded_calendar())


def check_scenarios(
    texts: Mapping[str, str],
    models: Mapping[str, CheckedModel],
    at: Callable[[str], None] = lambda _: None,
) -> Iterator[Finding]:
    """Run every test; an unreadable file is an error, a test that fails is its own severity.

    Together they may take ten seconds; then an error says so, and the rest is not run.
    `at` is told the path at which the work is.
    """
    deadline = process_time() + _SECONDS
    by_key = {
        key: checked.model
        for checked in models.values()
        for key in checked.keys
        if checked.model is not None and checked.model.is_sound
    }
    for path, text in texts.items():
        at(path)
        try:
            scenario = read_scenario(text, Scenario)
        except UNREADABLE as fault:
            yield unreadable(path, fault, "decision")
            continue
        model = by_key.get(scenario.decision)
        if model is None:
            yield _finding(path, "error", "scenario_without_decision", *_unknown(scenario.decision))
            continue
        for case in scenario.cases:
            if process_time() > deadline:
                yield _finding(path, "error", "scenarios_too_slow", *_too_slow(case))
                return
            if failed := _run(model, scenario, case):
                yield _finding(path, "test", "scenario", *failed)


def _run(model: DmnModel, scenario: Scenario, case: Case) -> tuple[str, str] | None:
    """Why a test fails, in two languages; None where it holds."""
    key = scenario.decision
    run = run_at(datetime.combine(scenario.today, time(), CITY_ZONE), _calendar())
    try:
        inputs = model.decode(case.inputs)
        expected = to_wire(from_wire(case.expect))
        got = to_wire(model.evaluate(key, inputs, run).outputs[key])
    except FeelError as fault:
        return f"{case.name}: {fault.message}", f"{case.name}：{fault.message_zh}"
    if got == expected:
        return None
    return (
        f"{case.name}: Expected {key} to be {shown(expected)}, but it is {shown(got)}.",
        f"{case.name}：{key}应当为{shown(expected)}，但结果为{shown(got)}。",
    )


def _too_slow(case: Case) -> tuple[str, str]:
    return (
        f"Expected all tests to take {_SECONDS:.0f} seconds at most, but they take longer: "
        f"{case.name} was not run.",
        f"全部测试应当在{_SECONDS:.0f}秒内完成，但超时：{case.name}未执行。",
    )


def _unknown(key: str) -> tuple[str, str]:
    return (
        f"Expected the id of a sound decision of this release, but {key} is not one.",
        f"应当为本版本中无误的决策标识，但{key}不是。",
    )


def _finding(path: str, severity: Any, rule: str, message: str, message_zh: str) -> Finding:
    return Finding(path=path, rule=rule, severity=severity, message=message, message_zh=message_zh)
