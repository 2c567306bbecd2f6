"""The surroundings of one evaluation: clock, calendar, strictness, warnings and budget."""

from collections.abc import Callable
from time import time_ns
from typing import Protocol

from .budget import DEFAULT, Budget, Limits
from .errors import BudgetExceeded, EvaluationError, FeelError, SyntaxFault
from .temporal import Date, DateTime
from .temporal_arithmetic import at_instant
from .values import Value
from .warnings import NOWHERE, Position, Warning

__all__ = [
    "BudgetExceeded",
    "EvaluationError",
    "FeelError",
    "Run",
    "SyntaxFault",
    "Warning",
    "WorkingCalendar",
]

MOST_WARNINGS = 100
# Between a built-in function and the body it has called: its own parts, this and `apply`.
_LEVELS_OF_APPLY = 8


class WorkingCalendar(Protocol):
    """What `add working days` and `working days between` ask."""

    def add(self, date: Date, n: int) -> Date:
        """The n-th working day after the date (before it where n is negative)."""

    def between(self, a: Date, b: Date) -> int:
        """How many working days lie after a up to and including b."""


class Run:
    """One evaluation's surroundings; several expressions of one move may share it.

    Attributes:
        now: The clock behind `now()` and `today()`.
        calendar: The working days, where the caller has any.
        strict: Whether a null that would carry a warning is an `EvaluationError`.
        warnings: Why values are null, at most 100 of them, in the order they happened.
        budget: What is left to use.
        position: The place in the text that a built-in function is called from.
    """

    __slots__ = ("budget", "calendar", "now", "position", "strict", "warnings")

    def __init__(
        self,
        now: Callable[[], DateTime] | None = None,
        calendar: WorkingCalendar | None = None,
        *,
        strict: bool = False,
        limits: Limits = DEFAULT,
    ) -> None:
        self.now = now or _now
        self.calendar = calendar
        self.strict = strict
        self.warnings: list[Warning] = []
        self.budget = Budget(limits)
        self.position = NOWHERE

    def null(self, code: str, message_en: str, message_zh: str) -> Value:
        """Record why a value is null, at the current position, and return that null.

        Raises:
            EvaluationError: The run is strict.
        """
        return self.null_at(self.position, code, message_en, message_zh)

    def null_at(self, position: Position, code: str, message_en: str, message_zh: str) -> Value:
        """The same as `null`, at a position of the caller's."""
        if self.strict:
            raise EvaluationError(
                code, message_en, message_zh, line=position.line, column=position.column
            )
        if len(self.warnings) < MOST_WARNINGS:
            place = (position.line, position.column, position.start, position.end)
            self.warnings.append(Warning(code, message_en, message_zh, *place))
        return None

    def apply(self, function: Value, args: list[Value]) -> Value:
        """Call a function value with positional arguments, charged to the budget.

        Null with a warning where it is no function or the arguments do not fit.
        """
        from .invocation import apply

        self.budget.enter(_LEVELS_OF_APPLY)
        result = apply(self, function, args)
        self.budget.leave(_LEVELS_OF_APPLY)
        return result


def _now() -> DateTime:
    seconds, nanosecond = divmod(time_ns(), 1_000_000_000)
    now = at_instant(seconds, nanosecond, 0)
    assert now is not None
    return now
