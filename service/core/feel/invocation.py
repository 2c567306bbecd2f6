"""Calling function values: arguments are matched, converted and charged."""

from collections.abc import Callable, Sequence

from .builtins.signature import NOT_GIVEN, Builtin, Parameter, Signature
from .run import Run
from .types import coerce
from .values import KINDS, LIST, Function, Value, kind_of

_NO_FIT = object()


def apply(run: Run, function: Value, args: Sequence[Value]) -> Value:
    """Call with positional arguments; null with a warning where that cannot be done."""
    if type(function) is Builtin:
        return _apply_builtin(run, function, args)
    if type(function) is Function:
        return _apply_function(run, function, args)
    kind = kind_of(function)
    return run.null(
        "not_a_function",
        f"Expected a function to call, but it is a {kind}.",
        f"此处应为函数,实际为 {kind}。",
    )


def apply_named(run: Run, function: Value, named: dict[str, Value]) -> Value:
    """Call with arguments by name; null with a warning where a name is unknown or missing."""
    if type(function) is Function:
        if named.keys() == set(function.parameters):
            return _apply_function(run, function, [named[name] for name in function.parameters])
        return _wrong_names(run, named, function.parameters)
    if type(function) is not Builtin:
        return apply(run, function, ())
    for signature in function.signatures:
        args = _in_order(signature.parameters, named)
        fitted = None if args is None else _fit(signature.parameters, args)
        if fitted is not None:
            return _call(run, function, signature, fitted)
    names = sorted({p.name for s in function.signatures for p in s.parameters})
    return _wrong_names(run, named, names)


def _apply_function(run: Run, function: Function, args: Sequence[Value]) -> Value:
    if len(args) != len(function.parameters):
        return run.null(
            "wrong_arguments",
            f"Expected {len(function.parameters)} arguments, but got {len(args)}.",
            f"函数需要 {len(function.parameters)} 个参数,实际给出 {len(args)} 个。",
        )
    given = list(args)
    for place, wanted in enumerate(function.types):
        if wanted is None:
            continue
        given[place] = coerce(run, given[place], wanted)
        if given[place] is None and args[place] is not None:
            return None
    run.budget.step()
    return function.call(run, given)


def _apply_builtin(run: Run, function: Builtin, args: Sequence[Value]) -> Value:
    for signature in function.signatures:
        fitted = _fit(signature.parameters, args)
        if fitted is not None:
            return _call(run, function, signature, fitted)
    kinds = ", ".join(kind_of(a) for a in args)
    return run.null(
        "wrong_arguments",
        f"Expected arguments that `{function.name}` takes, but got ({kinds}).",
        f"函数 {function.name} 不接受这样的参数:({kinds})。",
    )


def prepared(builtin: Builtin, count: int, levels: int) -> "Callable[[Run, list[Value]], Value]":
    """A call with so many positional arguments, direct where their kinds fit as they are.

    Args:
        builtin: What is called.
        count: The number of arguments.
        levels: How deep the call lies in its activation; charged while it lasts.
    """
    direct = _direct(builtin, count)

    def call(run: Run, args: list[Value]) -> Value:
        budget = run.budget
        budget.enter(levels)
        if direct is not None:
            budget.step()
            for wanted, arg in zip(direct[1], args, strict=True):
                if wanted and KINDS.get(type(arg)) not in wanted:
                    result = _apply_builtin(run, builtin, args)
                    break
            else:
                result = direct[0](run, *args)
        else:
            result = _apply_builtin(run, builtin, args)
        budget.leave(levels)
        return result

    return call


def _direct(
    builtin: Builtin, count: int
) -> tuple[Callable[..., Value], list[frozenset[str]]] | None:
    """What to call and the kinds it takes, where the first form has so many parameters."""
    first = builtin.signatures[0]
    if len(first.parameters) != count or any(p.variadic for p in first.parameters):
        return None
    return first.call or builtin.call, [p.kinds for p in first.parameters]


def _call(run: Run, function: Builtin, signature: Signature, args: list[Value]) -> Value:
    run.budget.step()
    return (signature.call or function.call)(run, *args)


def _fit(parameters: tuple[Parameter, ...], args: Sequence[Value]) -> list[Value] | None:
    """The arguments as these parameters take them, or None where they do not fit."""
    variadic = bool(parameters) and parameters[-1].variadic
    if len(args) > len(parameters) and not variadic:
        return None
    fitted: list[Value] = []
    for place, parameter in enumerate(parameters):
        if place >= len(args):
            if parameter.variadic:
                break
            if not parameter.optional:
                return None
            fitted.append(NOT_GIVEN)
            continue
        stretch = args[place:] if parameter.variadic else args[place : place + 1]
        for arg in stretch:
            converted = _convert(parameter.kinds, arg)
            if converted is _NO_FIT:
                return None
            fitted.append(converted)
    return fitted


def _convert(kinds: frozenset[str], arg: Value) -> Value:
    if arg is NOT_GIVEN or not kinds:
        return arg
    kind = kind_of(arg)
    if kind in kinds:
        return arg
    if type(arg) is list and len(arg) == 1 and kind_of(arg[0]) in kinds:
        return arg[0]
    if LIST in kinds and arg is not None:
        return [arg]
    return _NO_FIT


def _in_order(parameters: tuple[Parameter, ...], named: dict[str, Value]) -> list[Value] | None:
    """Named arguments in the order of the parameters, or None where the names do not fit."""
    if not named.keys() <= {parameter.name for parameter in parameters}:
        return None
    args: list[Value] = []
    for parameter in parameters:
        if parameter.name in named:
            value = named[parameter.name]
            args.extend(value if parameter.variadic and type(value) is list else [value])
        elif parameter.optional:
            args.append(NOT_GIVEN)
        elif not parameter.variadic:
            return None
    return args


def _wrong_names(run: Run, named: dict[str, Value], known: Sequence[str]) -> Value:
    return run.null(
        "wrong_arguments",
        f"Expected arguments named {', '.join(known)}, but got {', '.join(named)}.",
        f"参数名应为 {'、'.join(known)},实际为 {'、'.join(named)}。",
    )
