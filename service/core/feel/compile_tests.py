"""Compiling `in`, `instance of` and the unary tests of a cell."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from .code import Closure, Code, Env
from .compile_operators import ORDER
from .compiler import Builders, Compiler
from .membership import passes
from .operations import incomparable, ordered
from .run import Run
from .syntax import CompareTest, In, InstanceOf, Name, RangeLiteral, Test, UnaryTests, ValueTest
from .types import is_instance, resolved
from .values import Value, equal
from .warnings import Position

INPUT = "?"
_Asked: TypeAlias = Callable[[Any, Run, Value], bool | None]


def _compare_test(compiler: Compiler, test: CompareTest, env: Env) -> _Asked:
    code, at = compiler.build(test.operand, env, 2), test.position
    operand = code.call
    if test.operator in ("=", "!="):
        return _equality_test(operand, at, test.operator == "=")
    fast, results = ORDER[test.operator]
    number = code.constant
    if type(number) is Decimal:

        def compared_with_number(scope: Any, run: Run, value: Value) -> bool | None:
            if type(value) is Decimal:
                return fast(value, number)
            ordered(run, at, value, number)
            return None

        return compared_with_number

    def compared(scope: Any, run: Run, value: Value) -> bool | None:
        found = ordered(run, at, value, operand(scope, run))
        return None if found is None else found in results

    return compared


def _equality_test(operand: Closure, at: Position, wanted: bool) -> _Asked:
    def compared(scope: Any, run: Run, value: Value) -> bool | None:
        other = operand(scope, run)
        found = equal(run, value, other)
        if found is None:
            incomparable(run, at, value, other)
            return None
        return found is wanted

    return compared


def _value_test(compiler: Compiler, test: ValueTest, env: Env, *, is_cell: bool) -> _Asked:
    before = compiler.input_reads
    code = compiler.build(test.expression, env, 2)
    call, at = code.call, test.position
    if isinstance(code.constant, Decimal | str):
        constant, kind = code.constant, type(code.constant)

        def equals(scope: Any, run: Run, value: Value) -> bool | None:
            return value == constant if type(value) is kind else equal(run, value, constant)

        return equals
    is_range = isinstance(test.expression, RangeLiteral)
    asks_input = is_cell and compiler.input_reads > before

    def tested(scope: Any, run: Run, value: Value) -> bool | None:
        found = call(scope, run)
        if asks_input and (found is True or found is False or found is None):
            return found
        if found is None and is_range:
            return None  # a range that cannot be made contains nothing that could be said
        if is_cell and type(found) is bool and type(value) is not bool:
            return found
        return passes(run, at, value, found)

    return tested


def _test(compiler: Compiler, test: Test, env: Env, *, is_cell: bool) -> _Asked:
    if isinstance(test, CompareTest):
        return _compare_test(compiler, test, env)
    return _value_test(compiler, test, env, is_cell=is_cell)


def _any(tests: list[_Asked]) -> _Asked:
    """Whether one of the tests is passed; open where none is and one has no answer."""
    if len(tests) == 1:
        return tests[0]

    def one_of(scope: Any, run: Run, value: Value) -> bool | None:
        result: bool | None = False
        for test in tests:
            found = test(scope, run, value)
            if found is True:
                return True
            if found is None:
                result = None
        return result

    return one_of


def _in(compiler: Compiler, node: In, env: Env) -> Code:
    value = compiler.build(node.value, env).call
    asked = _any([_test(compiler, test, env, is_cell=False) for test in node.tests])

    def within(scope: Any, run: Run) -> Value:
        return asked(scope, run, value(scope, run))

    return Code(within)


def _unary_tests(compiler: Compiler, node: UnaryTests, env: Env) -> Code:
    value = compiler.build(Name(INPUT, position=node.position), env).call
    if not node.tests:
        return Code(lambda scope, run: True)
    asked = _any([_test(compiler, test, env, is_cell=True) for test in node.tests])
    if not node.negated:
        return Code(lambda scope, run: asked(scope, run, value(scope, run)))

    def negated(scope: Any, run: Run) -> Value:
        found = asked(scope, run, value(scope, run))
        return None if found is None else not found

    return Code(negated)


def _instance_of(compiler: Compiler, node: InstanceOf, env: Env) -> Code:
    value = compiler.build(node.value, env).call
    wanted, unknown = resolved(node.type, compiler.types)
    at = node.position

    def instance_of(scope: Any, run: Run) -> Value:
        if unknown:
            return run.null_at(
                at,
                "unknown_type",
                f"Expected a type, but nothing is called `{unknown}`.",
                f"没有名为“{unknown}”的类型。",
            )
        return is_instance(run, value(scope, run), wanted)

    return Code(instance_of)


BUILDERS: Builders = {InstanceOf: _instance_of, In: _in, UnaryTests: _unary_tests}
