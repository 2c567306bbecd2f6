"""Compiling the FEEL texts of a model, each with the names that it may see."""

import re
from collections.abc import Iterable

from .. import feel
from ..feel import Expression, Run, SyntaxFault, Value
from ..safe_xml import Refusal
from .faults import NO_CELL, Cell, Faults
from .model import Element, Text
from .state import Code, Env, State, null_code
from .types import ANY_ITEM, ItemType, TypeTable, coerce

#: How many names all texts of a model may hold together; ten in each of fifteen thousand cells.
NAMES_MAX = 150_000

_NO_WORD = re.compile(r"\W")


class Scope:
    """The names that a text may see.

    Attributes:
        names: The declared ones.
        undeclared: Those that texts read all the same, with the first element that does;
            shared by all scopes of one node of the graph.
    """

    __slots__ = ("_heads", "names", "undeclared")

    def __init__(self, names: Iterable[str], undeclared: dict[str, Element] | None = None) -> None:
        self.names = frozenset(names)
        self.undeclared: dict[str, Element] = {} if undeclared is None else undeclared
        self._heads: list[tuple[str, str]] | None = None

    def with_names(self, *names: str) -> "Scope":
        return Scope(self.names.union(names), self.undeclared)

    def names_in(self, text: str) -> list[str]:
        """The names that can occur in a text, as their first word does."""
        if self._heads is None:
            self._heads = [(_NO_WORD.split(name, 1)[0], name) for name in self.names]
        return [name for head, name in self._heads if head in text]

    def reads(self, expression: Expression, element: Element) -> None:
        for name in sorted(expression.reads - self.names - {"?"}):
            self.undeclared.setdefault(name, element)


class Texts:
    """Compiles texts of one model and notes their faults.

    Its methods raise a Refusal where the texts and the names that they see are too many.
    """

    def __init__(self, language: str, types: TypeTable, faults: Faults) -> None:
        self._language = language
        self.types = types
        self.faults = faults
        self._left = NAMES_MAX

    def _charge(self, names: int) -> None:
        self._left -= names
        if self._left < 0:
            raise Refusal(
                "Expected a model of fewer texts and names, as each text is read with the names "
                "that it may see, but it is too large.",
                "模型中的表达式与名称过多,超出可编译的规模。",
            )

    def expression(self, text: Text, scope: Scope, cell: Cell = NO_CELL) -> Expression | None:
        """The compiled text; None, with a fault, where it is no FEEL."""
        return self._compiled(text, scope, cell, is_tests=False)

    def tests(self, text: Text, scope: Scope, cell: Cell = NO_CELL) -> Expression | None:
        """The compiled unary tests, which read `?`; None, with a fault, where they are no FEEL."""
        return self._compiled(text, scope, cell, is_tests=True)

    def _compiled(
        self, text: Text, scope: Scope, cell: Cell, *, is_tests: bool
    ) -> Expression | None:
        if not self._is_feel(text, cell):
            return None
        types = self.types.shapes_for(text.text)
        names = scope.names_in(text.text)
        self._charge(len(names) + len(scope.names) // 50 + (self.types.weight if types else 0) + 1)
        compile_ = feel.compile_unary_tests if is_tests else feel.compile
        try:
            expression = compile_(text.text, names, types=types)
        except SyntaxFault as fault:
            self.faults.syntax(text, fault, cell)
            return None
        scope.reads(expression, text)
        return expression

    def _is_feel(self, text: Text, cell: Cell) -> bool:
        language = text.language or self._language
        if not language or "feel" in language.lower():
            return True
        self.faults.add(
            "language",
            text,
            f"Expected an expression in FEEL, but its language is {language}.",
            f"表达式语言应为 FEEL,实际为 {language}。",
            cell,
        )
        return False

    def code(self, text: Text, scope: Scope, cell: Cell = NO_CELL) -> Code:
        """The text as code; an empty text is null."""
        if not text.text:
            return null_code
        expression = self.expression(text, scope, cell)
        return broken(text) if expression is None else code_of(expression, text)

    def typed(self, code: Code, reference: str, element: Element) -> Code:
        """The code with its value held to the type of this reference."""
        return typed(code, self.types.get(reference, element), element)


def code_of(expression: Expression, element: Element) -> Code:
    """A compiled text as code that says which element its warnings are about."""

    def evaluate(env: Env, state: State) -> Value:
        run = state.run
        before = len(run.warnings)
        value = expression(env, run)
        if len(run.warnings) != before:
            state.locate(element, before)
        return value

    return evaluate


def broken(element: Element) -> Code:
    """The code of a text that is no FEEL."""

    def evaluate(env: Env, state: State) -> Value:
        return state.null(
            element,
            "syntax",
            "Expected an expression of FEEL, but the text is none.",
            "该文本不是有效的 FEEL 表达式。",
        )

    return evaluate


def typed(code: Code, wanted: ItemType, element: Element) -> Code:
    """The code with its value held to the type."""
    if wanted is ANY_ITEM:
        return code

    def evaluate(env: Env, state: State) -> Value:
        return held(state, code(env, state), wanted, element)

    return evaluate


def held(state: State, value: Value, wanted: ItemType, element: Element) -> Value:
    """The value as this type, else null with a warning about the element."""
    run: Run = state.run
    before = len(run.warnings)
    value = coerce(run, value, wanted)
    if len(run.warnings) != before:
        state.locate(element, before)
    return value
