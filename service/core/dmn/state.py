"""What one evaluation carries along, and the shape of compiled expressions."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from ..feel import Run, Value
from .explanation import DecisionRun, Notice, TableRun
from .model import Element

Env: TypeAlias = dict[str, Value]


class State:
    """One evaluation of a model.

    Attributes:
        run: Clock, budget and warnings, shared with everything else the caller evaluates.
        tables: The tables evaluated for the decision that is being made.
        decisions: The decisions made so far.
    """

    __slots__ = ("_first", "_places", "decisions", "run", "tables")

    def __init__(self, run: Run) -> None:
        self.run = run
        self.tables: list[TableRun] = []
        self.decisions: list[DecisionRun] = []
        self._first = len(run.warnings)
        self._places: dict[int, Element] = {}

    def locate(self, element: Element, since: int) -> None:
        """Say that the warnings from `since` on are about this element, unless already said."""
        for place in range(since, len(self.run.warnings)):
            self._places.setdefault(place, element)

    def null(self, element: Element, code: str, english: str, chinese: str) -> Value:
        """A null with a warning about an element of the model."""
        before = len(self.run.warnings)
        value = self.run.null(code, english, chinese)
        self.locate(element, before)
        return value

    def notices(self, since: int | None = None) -> tuple[Notice, ...]:
        """The warnings from that one on, each with its element."""
        found = []
        for place in range(self._first if since is None else since, len(self.run.warnings)):
            element = self._places.get(place, _NOWHERE)
            found.append(Notice(element.id, element.line, self.run.warnings[place]))
        return tuple(found)

    def made(
        self, element: Element, name: str, inputs: Mapping[str, Value], output: Value, since: int
    ) -> None:
        """Note a decision with the tables evaluated for it and the warnings since then."""
        tables = tuple(self.tables)
        self.tables.clear()
        self.decisions.append(
            DecisionRun(element.id, name, inputs, output, tables, self.notices(since))
        )


_NOWHERE = Element()

#: A compiled expression: called with the variables it may see and the evaluation.
Code: TypeAlias = Callable[[Env, State], Value]

#: What a function value calls.
Call: TypeAlias = Callable[[Run, list[Value]], Value]

# How deep one call of a model's function nests in Python's own stack, its expression apart.
_LEVELS_OF_A_CALL = 16


def charged(call: Call) -> Call:
    """The same, with its nesting charged to the budget."""

    def charging(run: Run, args: list[Value]) -> Value:
        run.budget.enter(_LEVELS_OF_A_CALL)
        value = call(run, args)
        run.budget.leave(_LEVELS_OF_A_CALL)
        return value

    return charging


def null_code(env: Env, state: State) -> Value:
    """The code of an expression that is missing."""
    return None
