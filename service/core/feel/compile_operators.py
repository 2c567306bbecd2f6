"""Compiling operators: arithmetic, comparison, three-valued logic and branches."""

import operator as python
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from .code import Closure, Code, Env
from .compiler import Builders, Compiler
from .numbers import CONTEXT
from .operations import arithmetic, incomparable, negated, not_boolean, ordered
from .run import Run
from .syntax import And, Arithmetic, Between, Comparison, If, Negation, Or
from .values import Value, equal
from .warnings import Position

_NUMERIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
}
ORDER: dict[str, tuple[Callable[[Any, Any], bool], tuple[int, ...]]] = {
    "<": (python.lt, (-1,)),
    "<=": (python.le, (-1, 0)),
    ">": (python.gt, (1,)),
    ">=": (python.ge, (0, 1)),
}


def _negation(compiler: Compiler, node: Negation, env: Env) -> Code:
    operand, at = compiler.build(node.operand, env), node.position

    def negation(scope: Any, run: Run) -> Value:
        return negated(run, at, operand.call(scope, run))

    return compiler.folded(Code(negation), operand)


def _arithmetic(compiler: Compiler, node: Arithmetic, env: Env) -> Code:
    first = compiler.build(node.first, env)
    rest = [(operator, compiler.build(operand, env)) for operator, operand in node.rest]
    if len(rest) == 1:
        made = _two(node.position, rest[0][0], first.call, rest[0][1].call)
    else:
        made = _chain(node.position, first.call, [(o, c.call) for o, c in rest])
    return compiler.folded(Code(made), first, *(code for _, code in rest))


def _two(at: Position, operator: str, left: Closure, right: Closure) -> Closure:
    fast = _NUMERIC.get(operator)
    if fast is None:
        return lambda scope, run: arithmetic(run, at, operator, left(scope, run), right(scope, run))

    def two(scope: Any, run: Run) -> Value:
        a = left(scope, run)
        b = right(scope, run)
        if type(a) is Decimal and type(b) is Decimal:
            try:
                return fast(a, b)
            except ArithmeticError:
                pass
        return arithmetic(run, at, operator, a, b)

    return two


def _chain(at: Position, first: Closure, rest: list[tuple[str, Closure]]) -> Closure:
    """A sum or product of any length, without nesting."""

    def chain(scope: Any, run: Run) -> Value:
        total = first(scope, run)
        for operator, operand in rest:
            total = arithmetic(run, at, operator, total, operand(scope, run))
        return total

    return chain


def _comparison(compiler: Compiler, node: Comparison, env: Env) -> Code:
    left = compiler.build(node.left, env)
    right = compiler.build(node.right, env)
    if node.operator in ("=", "!="):
        made = _equality(node, left, right)
    else:
        made = _ordering(node, left, right)
    return compiler.folded(Code(made), left, right)


def _equality(node: Comparison, left: Code, right: Code) -> Closure:
    at, wanted = node.position, node.operator == "="
    a, b = left.call, right.call
    if type(right.constant) in (str, Decimal):
        return _equality_with_constant(at, wanted, a, right.constant)

    def equality(scope: Any, run: Run) -> Value:
        x, y = a(scope, run), b(scope, run)
        found = equal(run, x, y)
        return incomparable(run, at, x, y) if found is None else found is wanted

    return equality


def _equality_with_constant(at: Position, wanted: bool, a: Closure, value: Value) -> Closure:
    kind = type(value)

    def equality(scope: Any, run: Run) -> Value:
        x = a(scope, run)
        if type(x) is kind:
            return (x == value) is wanted
        return not wanted if x is None else incomparable(run, at, x, value)

    return equality


def _ordering(node: Comparison, left: Code, right: Code) -> Closure:
    at = node.position
    fast, results = ORDER[node.operator]
    a, b = left.call, right.call

    def slow(run: Run, x: Value, y: Value) -> Value:
        found = ordered(run, at, x, y)
        return None if found is None else found in results

    if type(right.constant) is Decimal:
        number = right.constant

        def against_number(scope: Any, run: Run) -> Value:
            x = a(scope, run)
            return fast(x, number) if type(x) is Decimal else slow(run, x, number)

        return against_number

    def ordering(scope: Any, run: Run) -> Value:
        x, y = a(scope, run), b(scope, run)
        if type(x) is Decimal and type(y) is Decimal:
            return fast(x, y)
        return slow(run, x, y)

    return ordering


def _between(compiler: Compiler, node: Between, env: Env) -> Code:
    value, low, high = (compiler.build(n, env) for n in (node.value, node.low, node.high))
    at = node.position

    def between(scope: Any, run: Run) -> Value:
        x = value.call(scope, run)
        above = ordered(run, at, x, low.call(scope, run))
        below = ordered(run, at, x, high.call(scope, run))
        if (above is not None and above < 0) or (below is not None and below > 0):
            return False
        return None if above is None or below is None else True

    return compiler.folded(Code(between), value, low, high)


def _and(compiler: Compiler, node: And, env: Env) -> Code:
    return _logic(compiler, node, env, decisive=False)


def _or(compiler: Compiler, node: Or, env: Env) -> Code:
    return _logic(compiler, node, env, decisive=True)


def _logic(compiler: Compiler, node: And | Or, env: Env, *, decisive: bool) -> Code:
    """Three-valued logic (DMN 1.5 table 50): what is neither true nor false counts as null."""
    parts = [compiler.build(item, env) for item in node.items]
    items = [(part.call, item.position) for part, item in zip(parts, node.items, strict=True)]
    other = not decisive

    def logic(scope: Any, run: Run) -> Value:
        result: bool | None = other
        for call, at in items:
            value = call(scope, run)
            if value is decisive:
                return decisive
            if value is not other:
                result = None
                if value is not None:
                    not_boolean(run, at, value)
        return result

    return compiler.folded(Code(logic), *parts)


def _if(compiler: Compiler, node: If, env: Env) -> Code:
    """False and null take `else`; what is no condition at all makes the whole null."""
    branches = [
        (compiler.build(condition, env).call, compiler.build(result, env).call, condition.position)
        for condition, result in node.branches
    ]
    otherwise = compiler.build(node.otherwise, env).call

    def choice(scope: Any, run: Run) -> Value:
        for condition, result, at in branches:
            value = condition(scope, run)
            if value is True:
                return result(scope, run)
            if value is not False and value is not None:
                return not_boolean(run, at, value)
        return otherwise(scope, run)

    return Code(choice)


BUILDERS: Builders = {
    Negation: _negation,
    Arithmetic: _arithmetic,
    Comparison: _comparison,
    Between: _between,
    And: _and,
    Or: _or,
    If: _if,
}
