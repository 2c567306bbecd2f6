"""Compiling function definitions and calls."""

from typing import Any

from .builtins.signature import Builtin
from .code import Closure, Code, Env, Layout
from .compiler import Builders, Compiler
from .invocation import apply, apply_named, prepared
from .run import Run
from .syntax import FunctionLiteral, Invocation, Literal, NamedInvocation
from .types import resolved
from .values import Function, Value
from .warnings import Position

# Calls that are constants where their arguments are literals.
_FOLDABLE = frozenset(("date", "time", "date and time", "duration", "number"))
# Calls that ask whether their first argument is null: that it is needs no explanation.
_EXPECT_NULL = frozenset(("is defined", "get or else"))
# What lies between a call and the start of the body it runs, where `apply` is needed.
_LEVELS_OF_APPLY = 3
_WEIGHT_OF_A_FUNCTION = 8


def _function(compiler: Compiler, node: FunctionLiteral, env: Env) -> Code:
    return function_code(compiler, node, env, None)


def function_code(compiler: Compiler, node: FunctionLiteral, env: Env, itself: int | None) -> Code:
    """A function value that keeps the local values of the place where it is made.

    Args:
        compiler, node, env: As of every builder.
        itself: The place under which the function knows itself, for recursion.
    """
    captured_size = env.next_slot if env.layout is not None else 1
    layout = Layout(captured_size)
    inner = Env(layout, captured_size, env.scopes)
    for name, _ in node.parameters:
        inner = inner.with_local(name)
    body = compiler.activation(lambda: compiler.build(node.body, inner))
    names = tuple(name for name, _ in node.parameters)
    types = tuple(
        None if wanted is None else resolved(wanted, compiler.types)[0]
        for _, wanted in node.parameters
    )
    spare: list[Value] = [None] * (layout.size - captured_size - len(names))
    in_frame = env.layout is not None

    def define(scope: Any, run: Run) -> Value:
        run.budget.size(captured_size + _WEIGHT_OF_A_FUNCTION)
        captured = scope[:captured_size] if in_frame else [scope]
        made = Function(
            names,
            types,
            _caller(captured, body.call, spare),
            None if any(types) else (captured, body.call, spare),
        )
        if itself is not None:
            captured[itself] = made
        return made

    return Code(define)


def _caller(captured: list[Value], body: Closure, spare: list[Value]) -> Any:
    def call(run: Run, args: list[Value]) -> Value:
        return body([*captured, *args, *spare], run)

    return call


def _invocation(compiler: Compiler, node: Invocation, env: Env) -> Code:
    function = compiler.build(node.function, env)
    codes = [compiler.build(argument, env) for argument in node.arguments]
    arguments = [code.call for code in codes]
    at = node.position
    builtin = function.constant
    if isinstance(builtin, Builtin):
        if builtin.name in _EXPECT_NULL and arguments:
            arguments[0] = _quiet(arguments[0])
        code = Code(_builtin_call(builtin, arguments, at, compiler.depth))
        if builtin.name in _FOLDABLE and all(isinstance(n, Literal) for n in node.arguments):
            return compiler.folded(code, *codes)
        return code
    called, levels = function.call, compiler.depth

    def call(scope: Any, run: Run) -> Value:
        target = called(scope, run)
        args = []
        for argument in arguments:
            args.append(argument(scope, run))
        run.position = at
        if type(target) is Function and target.closure and len(args) == len(target.parameters):
            # What `apply` would do, without its levels of the stack: recursion goes deeper.
            captured, body, spare = target.closure
            budget = run.budget
            budget.step()
            budget.enter(levels)
            result = body([*captured, *args, *spare], run)
            budget.leave(levels)
            return result
        return _applied(run, levels, target, args)

    return Code(call)


def _applied(run: Run, levels: int, target: Value, args: list[Value]) -> Value:
    run.budget.enter(levels + _LEVELS_OF_APPLY)
    result = apply(run, target, args)
    run.budget.leave(levels + _LEVELS_OF_APPLY)
    return result


def _quiet(argument: Closure) -> Closure:
    """The argument without warnings, even where the run is strict."""

    def quietly(scope: Any, run: Run) -> Value:
        strict, count = run.strict, len(run.warnings)
        run.strict = False
        try:
            return argument(scope, run)
        finally:
            run.strict = strict
            del run.warnings[count:]

    return quietly


def _builtin_call(builtin: Builtin, arguments: list[Closure], at: Position, levels: int) -> Closure:
    """A call of a built-in function: the usual kinds of arguments need no matching."""
    invoke = prepared(builtin, len(arguments), levels)
    if len(arguments) == 1:
        argument = arguments[0]

        def call_one(scope: Any, run: Run) -> Value:
            args = [argument(scope, run)]
            run.position = at
            return invoke(run, args)

        return call_one

    def call(scope: Any, run: Run) -> Value:
        args = []
        for argument in arguments:
            args.append(argument(scope, run))
        run.position = at
        return invoke(run, args)

    return call


def _named(compiler: Compiler, node: NamedInvocation, env: Env) -> Code:
    function = compiler.build(node.function, env).call
    arguments = [(name, compiler.build(value, env).call) for name, value in node.arguments]
    at, levels = node.position, compiler.depth + _LEVELS_OF_APPLY

    def call(scope: Any, run: Run) -> Value:
        target = function(scope, run)
        named = {}
        for name, argument in arguments:
            named[name] = argument(scope, run)
        run.position = at
        run.budget.enter(levels)
        result = apply_named(run, target, named)
        run.budget.leave(levels)
        return result

    return Code(call)


BUILDERS: Builders = {
    FunctionLiteral: _function,
    Invocation: _invocation,
    NamedInvocation: _named,
}
