"""Finding equal elements without comparing each with each."""

from collections.abc import Iterable
from decimal import Decimal

from ..run import Run
from ..temporal_arithmetic import is_temporal
from ..values import Value, same


class Seen:
    """The different values met so far.

    Plain values are found by their hash; lists, contexts, ranges and functions one by one, each
    comparison charged to the budget.
    """

    def __init__(self, run: Run) -> None:
        self._run = run
        self._plain: dict[tuple[type, Value], None] = {}
        self._compound: list[Value] = []

    def add(self, value: Value) -> bool:
        """Whether the value is new."""
        if value is None or isinstance(value, bool | Decimal | str) or is_temporal(value):
            key = (type(value), value)
            if key in self._plain:
                return False
            self._plain[key] = None
            return True
        self._run.budget.step(len(self._compound))
        if any(same(self._run, value, known) for known in self._compound):
            return False
        self._compound.append(value)
        return True


def distinct(run: Run, values: Iterable[Value]) -> list[Value]:
    """The first of each group of equal values, in order."""
    seen = Seen(run)
    return [value for value in values if seen.add(value)]
