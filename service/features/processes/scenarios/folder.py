"""Playing all cases of a folder: what fails, what could not be played, what no case passes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from time import process_time

from service.features.decisions.finding import Finding
from service.features.decisions.scenario_yaml import UNREADABLE, read_scenario, unreadable
from service.features.processes.scenarios.case import beginning, play
from service.features.processes.scenarios.coverage import uncovered
from service.features.processes.scenarios.failed import Failed
from service.features.processes.scenarios.files import Case, ProcessScenario
from service.features.processes.scenarios.given import Given, Ready

#: All cases of a folder together, by the processor's clock: a busy machine fails no test.
_SECONDS = 10.0


def check_processes(
    flow: str, texts: Mapping[str, str], given: Given, at: Callable[[str], None] = lambda _: None
) -> Iterator[Finding]:
    """Play every case of a folder.

    A case that fails is a failed test. One that names what is in no folder at hand is not played
    and a warning: `dingbian check` on all folders plays it. What no case passes is a warning,
    unless some case was not played.
    """
    checking = _Checking(flow, given, process_time() + _SECONDS)
    for path, text in texts.items():
        at(path)
        yield from checking.file(path, text)
    if checking.is_complete:
        yield from uncovered(given.folders[flow], checking.passed)


@dataclass(slots=True)
class _Checking:
    flow: str
    given: Given
    deadline: float
    passed: set[tuple[str, str]] = field(default_factory=set)
    is_complete: bool = True

    def file(self, path: str, text: str) -> Iterator[Finding]:
        try:
            scenario = read_scenario(text, ProcessScenario)
        except UNREADABLE as fault:
            self.is_complete = False
            yield unreadable(path, fault, "process")
            return
        if scenario.process not in self.given.folders[self.flow].processes:
            yield _unknown(path, scenario.process)
            return
        for case in scenario.cases:
            if process_time() > self.deadline:
                self.is_complete = False
                yield _too_slow(path, case)
                return
            if found := self._case(path, scenario, case):
                yield found

    def _case(self, path: str, scenario: ProcessScenario, case: Case) -> Finding | None:
        try:
            ready = self.given.ready(scenario.process, case.aside)
        except ValueError as fault:
            return _failed(path, case, Failed(str(fault), f"流程图无法编译：{fault}"))
        if ready.lacking:
            self.is_complete = False
            return _not_played(path, case, ready)
        playing = beginning(ready, scenario, case)
        try:
            play(playing, case)
        except Failed as failed:
            return _failed(path, case, failed)
        finally:
            self.passed |= playing.passed
        return None


def _failed(path: str, case: Case, failed: Failed) -> Finding:
    return Finding(
        path=path,
        rule="scenario",
        severity="test",
        element=failed.element,
        message=f"{case.name}: {failed.message}",
        message_zh=f"{case.name}：{failed.message_zh}",
    )


def _not_played(path: str, case: Case, ready: Ready) -> Finding:
    named = ", ".join(ready.lacking)
    return Finding(
        path=path,
        rule="scenario_not_played",
        severity="warning",
        message=f"{case.name}: Expected what it calls in the folders at hand, but {named} is not; "
        f"the case was not played.",
        message_zh=f"{case.name}：所调用的流程和决策应当在所检查的目录中，但{named}不在，本例未执行。",
    )


def _unknown(path: str, process: str) -> Finding:
    return Finding(
        path=path,
        rule="scenario_without_process",
        severity="error",
        message=f"Expected the id of a sound process of this release, but {process} is not one.",
        message_zh=f"应当为本版本中无误的流程标识，但{process}不是。",
    )


def _too_slow(path: str, case: Case) -> Finding:
    return Finding(
        path=path,
        rule="scenarios_too_slow",
        severity="error",
        message=f"Expected all cases to take {_SECONDS:.0f} seconds at most, but they take longer: "
        f"{case.name} was not played.",
        message_zh=f"全部用例应当在{_SECONDS:.0f}秒内完成，但超时：{case.name}未执行。",
    )
