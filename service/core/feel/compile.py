"""Compile once, evaluate many times."""

from collections.abc import Iterable, Mapping

from . import compile_calls, compile_loops, compile_names, compile_operators, compile_tests
from .budget import DEFAULT, Limits
from .code import Closure, Env
from .compiler import Compiler
from .errors import BudgetExceeded
from .parser import parse, parse_unary_tests
from .run import Run
from .syntax import Node
from .types import Type
from .values import Value

_BUILDERS = {
    **compile_names.BUILDERS,
    **compile_operators.BUILDERS,
    **compile_loops.BUILDERS,
    **compile_calls.BUILDERS,
    **compile_tests.BUILDERS,
}


class Expression:
    """A compiled text: call it with variables to get its value.

    Attributes:
        text: What was compiled.
        tree: Its syntax tree.
        reads: The free variables: what it may ask the caller's mapping for.
        height: How deep one evaluation nests at most, calls of functions apart.
        limits: The budget of a call that brings no run.
    """

    __slots__ = ("_code", "height", "limits", "reads", "text", "tree")

    def __init__(
        self,
        text: str,
        tree: Node,
        code: Closure,
        reads: Iterable[str],
        height: int,
        limits: Limits,
    ) -> None:
        self.text = text
        self.tree = tree
        self.reads = frozenset(reads)
        self.height = height
        self.limits = limits
        self._code = code

    def __call__(self, values: Mapping[str, Value], run: Run | None = None) -> Value:
        """The value over these variables; null, with a warning in the run, where there is none.

        Raises:
            BudgetExceeded: The evaluation needs more than the run has left.
            EvaluationError: The run is strict, and a null would carry a warning.
        """
        if run is None:
            run = Run(limits=self.limits)
        budget = run.budget
        depth = budget.depth
        budget.enter(self.height)
        try:
            return self._code(values, run)
        except RecursionError:
            # The caller stands so deep in the stack that the budgeted depth has no room.
            raise BudgetExceeded(
                "depth",
                "Expected less nesting, but the stack is full.",
                "嵌套过深,调用栈已满。",
            ) from None
        finally:
            budget.depth = depth

    def __repr__(self) -> str:
        return f"<FEEL {self.text!r}>"


def compile(
    text: str,
    names: Iterable[str] = (),
    *,
    limits: Limits = DEFAULT,
    types: Mapping[str, Type] | None = None,
) -> Expression:
    """Compile an expression.

    Args:
        text: The expression.
        names: Variables that will be there; they may hold spaces and symbols, and they hide
            built-in functions of the same name. Other names are read as far as they go without.
        limits: Bounds of the text, and the budget of calls that bring no run.
        types: Types that a model defines, by name.

    Raises:
        SyntaxFault: The text is no expression.
    """
    known = tuple(names)
    tree = parse(text, known, limits=limits, types=types)
    return compile_tree(text, tree, known, limits=limits, types=types)


def compile_unary_tests(
    text: str,
    names: Iterable[str] = (),
    *,
    limits: Limits = DEFAULT,
    types: Mapping[str, Type] | None = None,
) -> Expression:
    """Compile the tests of a cell, as `compile`; they read the input's value under `?`.

    The value is true, false, or null where the tests cannot be answered.
    """
    known = (*names, "?")
    tree = parse_unary_tests(text, known, limits=limits, types=types)
    return compile_tree(text, tree, known, limits=limits, types=types)


def compile_tree(
    text: str,
    tree: Node,
    names: Iterable[str] = (),
    *,
    limits: Limits = DEFAULT,
    types: Mapping[str, Type] | None = None,
) -> Expression:
    """Compile a tree that has been parsed, or made."""
    compiler = Compiler(_BUILDERS, names, types or {})
    code = compiler.build(tree, Env())
    return Expression(text, tree, code.call, compiler.reads, compiler.height, limits)
