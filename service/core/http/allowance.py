"""How much the public may ask of one process, so that the office's own work never waits for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from service.core.errors import TooManyRequests


@dataclass(slots=True)
class Allowance:
    """A bucket of questions that fills at a steady rate and holds two seconds' worth."""

    per_s: float
    #: Seconds that never run backwards.
    clock: Callable[[], float] = time.monotonic
    _left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self._left, self._at = self.per_s * 2, self.clock()

    def take(self) -> None:
        """Take one question out.

        Raises:
            TooManyRequests: There is none left.
        """
        now = self.clock()
        self._left = min(self._left + (now - self._at) * self.per_s, self.per_s * 2)
        self._at = now
        if self._left < 1:
            raise TooManyRequests(
                f"Expected at most {self.per_s:g} public requests a second, but there are more.",
                f"公开查询每秒应当不超过{self.per_s:g}次，但已超过。",
            )
        self._left -= 1
