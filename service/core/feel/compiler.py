"""The walk over a tree that compiles it: one builder for each kind of node."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from .code import Code, Env, constant
from .errors import FeelError
from .run import Run
from .syntax import Node
from .types import Type

Builder: TypeAlias = Callable[["Compiler", Any, Env], Code]
Builders: TypeAlias = dict[type, Builder]


class Compiler:
    """Builds closures from nodes.

    Attributes:
        names: Variables that the caller said it has.
        types: Types that a model defines.
        reads: The free variables met so far.
        input_reads: How often `?` was met so far.
        height: The deepest nesting of closures met so far, in levels of Python's stack.
    """

    def __init__(self, builders: Builders, names: Iterable[str], types: Mapping[str, Type]) -> None:
        self._builders = builders
        self._depth = 0
        self.names = frozenset(names)
        self.types = types
        self.reads: set[str] = set()
        self.input_reads = 0
        self.height = 0

    def build(self, node: Node, env: Env, levels: int = 1) -> Code:
        """Compile a node that is called from the one being compiled, so many levels down."""
        self._depth += levels
        self.height = max(self.height, self._depth)
        code = self._builders[type(node)](self, node, env)
        self._depth -= levels
        return code

    @property
    def depth(self) -> int:
        """How many levels the node being compiled lies below the start of its activation."""
        return self._depth

    def activation(self, build: Callable[[], Code]) -> Code:
        """What is built, as the body of a function: its levels are counted from its start."""
        outer, self._depth = self._depth, 0
        code = build()
        self._depth = outer
        return code

    def folded(self, code: Code, *parts: Code) -> Code:
        """A constant, where all parts are constants and the result is no explained null."""
        if not all(part.is_constant for part in parts):
            return code
        run = Run()
        try:
            value = code.call({}, run)
        except FeelError:
            return code
        return code if run.warnings else constant(value)
