"""What an evaluation may use: steps, sizes, depth and time.

Every place where work can grow with the data charges here *before* it works or allocates, so a
hostile text ends with `BudgetExceeded` instead of a full memory or a standing process.
"""

from dataclasses import dataclass
from time import perf_counter

from .errors import BudgetExceeded

_STEPS_BETWEEN_CLOCK_READINGS = 500


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget of one run, and the bounds of a text to compile.

    Attributes:
        steps: Calls, iterations and comparisons of elements in all.
        size: Elements of one list or context, characters of one string.
        total: Elements and characters made in all, living or not.
        depth: Nesting of calls and values, in levels of Python's own stack.
        seconds: Wall time, counted from the first reading of the clock.
        nesting: Brackets and other nesting in a text.
        text: Characters of a text to compile.
    """

    steps: int = 1_000_000
    size: int = 100_000
    total: int = 400_000
    depth: int = 600
    seconds: float = 0.25
    nesting: int = 100
    text: int = 30_000


DEFAULT = Limits()


class Budget:
    """What is left of the limits of one run."""

    __slots__ = ("_deadline", "depth", "left", "limits", "next_reading", "total")

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self.limits = limits
        self.left = limits.steps
        self.next_reading = limits.steps - _STEPS_BETWEEN_CLOCK_READINGS
        self.total = limits.total
        self.depth = limits.depth
        self._deadline = 0.0

    def step(self, n: int = 1) -> None:
        """Charge n units of work about to be done.

        Raises:
            BudgetExceeded: The steps or the time are used up.
        """
        self.left -= n
        if self.left < self.next_reading:
            self.read_clock()

    def size(self, n: int) -> None:
        """Charge a string, list or context of n characters or elements about to be made.

        Raises:
            BudgetExceeded: It is too large, or too much has been made in all.
        """
        if n > self.limits.size:
            raise _exceeded("size", self.limits.size)
        self.total -= n
        if self.total < 0:
            raise _exceeded("total", self.limits.total)

    def grow(self, length: int, n: int) -> None:
        """Charge n more elements of a list that has some already.

        Raises:
            BudgetExceeded: It becomes too large, or too much has been made in all.
        """
        if length + n > self.limits.size:
            raise _exceeded("size", self.limits.size)
        self.total -= n
        if self.total < 0:
            raise _exceeded("total", self.limits.total)

    def enter(self, levels: int = 1) -> None:
        """Go down into a call or a nested value; `leave` by as many levels afterwards.

        Raises:
            BudgetExceeded: The nesting is too deep.
        """
        self.depth -= levels
        if self.depth < 0:
            raise _exceeded("depth", self.limits.depth)

    def leave(self, levels: int = 1) -> None:
        self.depth += levels

    def read_clock(self) -> None:
        """Look at the steps and the clock; called by `step` every some hundred steps."""
        if self.left < 0:
            raise _exceeded("steps", self.limits.steps)
        self.next_reading = self.left - _STEPS_BETWEEN_CLOCK_READINGS
        now = perf_counter()
        if not self._deadline:
            self._deadline = now + self.limits.seconds
        elif now > self._deadline:
            raise _exceeded("time", self.limits.seconds)


_WORDS = {
    "steps": ("steps", "步骤数"),
    "size": ("elements or characters in one value", "单个值的元素或字符数"),
    "total": ("elements and characters in all", "元素和字符总数"),
    "depth": ("levels of nesting", "嵌套层数"),
    "time": ("seconds", "秒数"),
}


def _exceeded(resource: str, limit: float) -> BudgetExceeded:
    english, chinese = _WORDS[resource]
    return BudgetExceeded(
        resource,
        f"Expected at most {limit} {english}, but the expression needs more.",
        f"表达式超出限额:{chinese}最多为 {limit}。",
    )
