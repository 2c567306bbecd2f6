"""`in`: whether a value passes a test that is a value (DMN 1.5 table 55)."""

from .ranges import contains
from .run import Run
from .values import Range, Value, equal, same
from .warnings import Position


def passes(run: Run, at: Position, value: Value, test: Value) -> bool | None:
    """Whether the value equals the test, lies in it, or is one of it."""
    if type(test) is Range and type(value) is not Range:
        return contains(run, at, test, value)
    if type(test) is list:
        return _is_one_of(run, at, value, test)
    return equal(run, value, test)


def _is_one_of(run: Run, at: Position, value: Value, tests: list[Value]) -> bool:
    if type(value) is list and same(run, value, tests):
        return True
    run.budget.step(len(tests))
    for test in tests:
        if type(test) is Range and type(value) is not Range:
            if contains(run, at, test, value):
                return True
        elif same(run, value, test):
            return True
    return False
