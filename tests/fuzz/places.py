"""What has begun and not ended, as the oracle sees it: places in places."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

Then: TypeAlias = Callable[[], None]
Value: TypeAlias = "int | list[int | None] | None"
# What can happen from outside: (`do` or `event`, where, the element).
Point: TypeAlias = tuple[str, str, str]
Happens: TypeAlias = Callable[[int], None]


@dataclass(eq=False)
class Place:
    """An activity, or a process, that has begun.

    Attributes:
        path: Where it is, by the elements around it and how often each has been entered.
        variables: Those that live here.
        is_wall: Whether variables further out are out of sight.
        threads: What has to end before it is done.
        waits: What can happen to it: kind and element → what then.
        catches: The edges that catch what is thrown inside, by kind and id.
    """

    element: str
    path: str
    around: "Place | None"
    variables: dict[str, Value] = field(default_factory=dict)
    is_wall: bool = False
    threads: int = 1
    done: Then = lambda: None
    entered: Counter[str] = field(default_factory=Counter)
    inside: "dict[Place, None]" = field(default_factory=dict)
    waits: dict[tuple[str, str], Happens] = field(default_factory=dict)
    catches: dict[tuple[str, str], Then] = field(default_factory=dict)

    def seen(self) -> "list[Place]":
        """The places whose variables can be seen, innermost first."""
        found, place = [self], self
        while not place.is_wall and place.around is not None:
            place = place.around
            found.append(place)
        return found

    def read(self, name: str) -> Value:
        return next(p.variables[name] for p in self.seen() if name in p.variables)

    def write(self, name: str, value: Value) -> None:
        places = self.seen()
        holder = next((p for p in places if name in p.variables), places[-1])
        holder.variables[name] = value

    def end_thread(self) -> None:
        self.threads -= 1
        if not self.threads:
            self.done()
