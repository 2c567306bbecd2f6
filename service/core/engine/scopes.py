"""Variables live in scopes, as Camunda 8 has them, never on tokens.

Every element instance is a scope. A variable is looked up from the element outwards. A result is
written to the nearest scope that has the name, else to the outermost one: two parallel branches
therefore write to the same place, and neither loses what the other has written. A called process
is a scope of its own: nothing is looked up or written beyond it.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from service.core.feel.border import from_state, to_state
from service.core.feel.values import Value

from .state import ElementInstance, State

Json = Any


class Change(NamedTuple):
    """A variable that has a new value.

    Attributes:
        scope: The element instance whose scope holds it.
        name: The variable.
        value: Its value, encoded as in the state.
        old: What it was before, likewise; None where it is new.
    """

    scope: int
    name: str
    value: Json
    old: Json


class Scopes:
    """The scopes of one instance, with what has been changed since `changes` was last emptied."""

    def __init__(self, state: State, walls: frozenset[str] = frozenset()) -> None:
        """Walls are the nodes whose scope ends the look-up: the processes."""
        self._state = state
        self._walls = walls
        self.changes: list[Change] = []

    def path(self, number: int) -> Iterator[ElementInstance]:
        """The scopes that an element instance sees, innermost first."""
        for instance in self._state.path(number):
            yield instance
            if instance.node in self._walls:
                return

    def view(self, number: int, extra: Mapping[str, Value] | None = None) -> "View":
        """What an expression at this element instance can read; `extra` hides all else."""
        return View([dict(extra or {})], [each.variables for each in self.path(number)])

    def set_local(self, number: int, name: str, value: Value) -> None:
        """Write into this very scope, hiding the name of outer ones."""
        self._write(self._state.instances[number], name, to_state(value))

    def merge(self, number: int, values: Mapping[str, Value]) -> None:
        """Write each to the nearest scope that has the name, else to the outermost one."""
        path = list(self.path(number))
        for name, value in values.items():
            holder = next((each for each in path if name in each.variables), path[-1])
            self._write(holder, name, to_state(value))

    def _write(self, holder: ElementInstance, name: str, encoded: Json) -> None:
        known = name in holder.variables
        old = holder.variables.get(name)
        if known and old == encoded and type(old) is type(encoded):
            return
        holder.variables[name] = encoded
        self.changes.append(Change(holder.id, name, encoded, old))


class View(Mapping[str, Value]):
    """The variables that can be seen from one place; each is decoded when first read."""

    __slots__ = ("_decoded", "_layers")

    def __init__(self, extra: list[dict[str, Value]], layers: list[dict[str, Json]]) -> None:
        self._decoded = extra[0]
        self._layers = layers

    def __getitem__(self, name: str) -> Value:
        if name in self._decoded:
            return self._decoded[name]
        for layer in self._layers:
            if name in layer:
                value = self._decoded[name] = from_state(layer[name])
                return value
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self._decoded or any(name in layer for layer in self._layers)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._decoded, *(n for layer in self._layers for n in layer)]))

    def __len__(self) -> int:
        return sum(1 for _ in self)
