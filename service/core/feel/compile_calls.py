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

# Calls that are constants where their arguments are literals.
_FOLDABLE = frozenset(("date", "time", "date and time", "duration", "number"))
_LEVELS_OF_A_CALL = 3


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
    body, height = compiler.measured(lambda: compiler.build(node.body, inner))
    names = tuple(name for name, _ in node.parameters)
    types = tuple(
        None if wanted is None else resolved(wanted, compiler.types)[0]
        for _, wanted in node.parameters
    )
    spare: list[Value] = [None] * (layout.size - captured_size - len(names))
    in_frame = env.layout is not None

    def define(scope: Any, run: Run) -> Value:
        captured = scope[:captured_size] if in_frame else [scope]
        made = Function(
            names,
            types,
            _caller(captured, body.call, spare),
            height + _LEVELS_OF_A_CALL,
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
        code = Code(_builtin_call(builtin, arguments, at))
        if builtin.name in _FOLDABLE and all(isinstance(n, Literal) for n in node.arguments):
            return compiler.folded(code, *codes)
        return code
    called = function.call

    def call(scope: Any, run: Run) -> Value:
        target = called(scope, run)
        args = []
        for argument in arguments:
            args.append(argument(scope, run))
        run.position = at
        return apply(run, target, args)

    return Code(call)


def _builtin_call(builtin: Builtin, arguments: list[Closure], at: Any) -> Closure:
    """A call of a built-in function: the usual kinds of arguments need no matching."""
    invoke = prepared(builtin, len(arguments))
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
    at = node.position

    def call(scope: Any, run: Run) -> Value:
        target = function(scope, run)
        named = {}
        for name, argument in arguments:
            named[name] = argument(scope, run)
        run.position = at
        return apply_named(run, target, named)

    return Code(call)


BUILDERS: Builders = {
    FunctionLiteral: _function,
    Invocation: _invocation,
    NamedInvocation: _named,
}
