"""What compiled code is, and where names live while it runs.

A text becomes Python closures that take `(scope, run)`. At the top of a text the scope is the
caller's mapping itself, so a variable is one look-up. Inside constructs that introduce names it
is a *frame*: a list whose first element is that mapping and whose others are the local values,
at places known when the text is compiled.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from .run import Run
from .values import Value

# Any, not object: a scope is a mapping or a frame, and which is known when compiling.
Closure: TypeAlias = Callable[[Any, Run], Value]


class _NoConstant:
    __slots__ = ()


NO_CONSTANT: Final = _NoConstant()


@dataclass(frozen=True, slots=True)
class Code:
    """A compiled node.

    Attributes:
        call: Evaluates it.
        constant: Its value where that never changes, else NO_CONSTANT.
        variable: The name, where it is nothing but a variable of the caller's, read at the top
            of a text.
    """

    call: Closure
    constant: Value = NO_CONSTANT
    variable: str | None = None

    @property
    def is_constant(self) -> bool:
        return self.constant is not NO_CONSTANT


def constant(value: Value) -> Code:
    """Code that is always this value."""

    def always(scope: Any, run: Run) -> Value:
        return value

    return Code(always, value)


@dataclass(slots=True)
class Layout:
    """How many places the frames of one activation need; known when all of it is compiled."""

    size: int = 1


@dataclass(frozen=True, slots=True)
class FilterScope:
    """A filter's condition: the element's place, where members of the element are names."""

    slot: int


@dataclass(frozen=True, slots=True)
class Env:
    """What a name means at one place of a text.

    Attributes:
        layout: The frame's layout, or None at the top of a text.
        next_slot: The first free place of the frame.
        scopes: Local names with their places, and filters, the innermost last.
    """

    layout: Layout | None = None
    next_slot: int = 1
    scopes: tuple[dict[str, int] | FilterScope, ...] = field(default=())

    def with_local(self, name: str) -> "Env":
        """Inside a construct that introduces a name; only in a frame."""
        return self._grown(({name: self.next_slot},))

    def with_filter(self) -> "Env":
        """Inside a filter; only in a frame."""
        return self._grown((FilterScope(self.next_slot),))

    def opened(self) -> "Env":
        """Inside a construct that introduces names one after another, by `with_next`."""
        return Env(self.layout, self.next_slot, (*self.scopes, {}))

    def with_next(self, name: str) -> "Env":
        """After the next name of the scope that was opened; what is compiled stays as it is."""
        names = self.scopes[-1]
        assert isinstance(names, dict)
        names[name] = self.next_slot
        return self._grown(())

    def _grown(self, more: tuple[dict[str, int] | FilterScope, ...]) -> "Env":
        assert self.layout is not None
        following = self.next_slot + 1
        self.layout.size = max(self.layout.size, following)
        return Env(self.layout, following, (*self.scopes, *more))


def framed(env: Env, build: Callable[[Env], Code]) -> Code:
    """Code built inside a frame: the one that is there, or a new one around it."""
    if env.layout is not None:
        return build(env)
    layout = Layout()
    inner = build(Env(layout)).call
    spare = [None] * (layout.size - 1)

    def in_new_frame(scope: Any, run: Run) -> Value:
        return inner([scope, *spare], run)

    return Code(in_new_frame)
