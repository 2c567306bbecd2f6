"""Compiling literals, names, paths, lists, contexts and ranges."""

from typing import Any

from .at_literals import at_literal
from .builtins import BUILTINS
from .code import Closure, Code, Env, FilterScope, constant, framed
from .compile_calls import function_code
from .compile_loops import PARTIAL
from .compiler import Builders, Compiler
from .paths import member_of
from .ranges import made_range
from .run import Run
from .syntax import (
    AtLiteral,
    ContextLiteral,
    FunctionLiteral,
    ListLiteral,
    Literal,
    Name,
    Path,
    RangeLiteral,
)
from .values import Range, Value
from .warnings import Position


def _literal(compiler: Compiler, node: Literal, env: Env) -> Code:
    return constant(node.value)


def _at_literal(compiler: Compiler, node: AtLiteral, env: Env) -> Code:
    text, at = node.text, node.position

    def read(scope: Any, run: Run) -> Value:
        return at_literal(run, at, text)

    return compiler.folded(Code(read))


def _name(compiler: Compiler, node: Name, env: Env) -> Code:
    filters: list[int] = []
    for scope in reversed(env.scopes):
        if isinstance(scope, FilterScope):
            filters.append(scope.slot)
        elif node.name in scope:
            local = _local(node.name, scope[node.name])
            return Code(_through_filters(local, node.name, filters))
    if node.name == "item" and filters:
        return Code(_item(filters[0]))
    outer = _free(compiler, node, env, in_filter=bool(filters))
    if filters:
        return Code(_through_filters(outer.call, node.name, filters))
    return outer


def _local(name: str, slot: int) -> Closure:
    if name == PARTIAL:
        return lambda scope, run: _copied(scope[slot], run)
    return lambda scope, run: scope[slot]


def _copied(results: Value, run: Run) -> Value:
    """The results so far as they are now: the list itself goes on growing."""
    if type(results) is not list:
        return results
    run.budget.size(len(results))
    return list(results)


def _free(compiler: Compiler, node: Name, env: Env, *, in_filter: bool) -> Code:
    """A variable of the caller's, or a built-in function, which a variable may hide."""
    name, at = node.name, node.position
    builtin = BUILTINS.get(name)
    if builtin is not None and name not in compiler.names:
        return constant(builtin)
    if name in compiler.names or not in_filter:
        # In a filter a name that nobody declared is a member of the elements.
        compiler.reads.add(name)
    compiler.input_reads += name == "?"
    if env.layout is not None:

        def from_frame(scope: Any, run: Run) -> Value:
            try:
                return scope[0][name]
            except KeyError:
                return _unknown(run, at, name)

        return Code(from_frame)

    def variable(scope: Any, run: Run) -> Value:
        try:
            return scope[name]
        except KeyError:
            return _unknown(run, at, name)

    return Code(variable, variable=name)


def _unknown(run: Run, at: Position, name: str) -> Value:
    return run.null_at(
        at,
        "unknown_name",
        f"Expected a variable, but nothing is called `{name}`.",
        f"没有名为“{name}”的变量。",
    )


def _item(slot: int) -> Closure:
    def item(scope: Any, run: Run) -> Value:
        element = scope[slot]
        return element["item"] if type(element) is dict and "item" in element else element

    return item


def _through_filters(outer: Closure, name: str, filters: list[int]) -> Closure:
    """A name inside filters: a member of the innermost element that has it, else from outside."""
    if not filters:
        return outer
    slots = tuple(filters)

    def member(scope: Any, run: Run) -> Value:
        for slot in slots:
            element = scope[slot]
            if type(element) is dict and name in element:
                return element[name]
        return outer(scope, run)

    return member


def _path(compiler: Compiler, node: Path, env: Env) -> Code:
    source = compiler.build(node.source, env, 2).call
    member, at = node.member, node.position

    def path(scope: Any, run: Run) -> Value:
        value = source(scope, run)
        if type(value) is dict and member in value:
            return value[member]
        return member_of(run, at, value, member)

    return Code(path)


def _list(compiler: Compiler, node: ListLiteral, env: Env) -> Code:
    codes = [compiler.build(item, env) for item in node.items]
    calls = [code.call for code in codes]

    def elements(scope: Any, run: Run) -> Value:
        run.budget.size(len(calls))
        made: list[Value] = []
        for call in calls:
            made.append(call(scope, run))
        return made

    return Code(elements)


def _context(compiler: Compiler, node: ContextLiteral, env: Env) -> Code:
    return framed(env, lambda inner: _context_in_frame(compiler, node, inner))


def _context_in_frame(compiler: Compiler, node: ContextLiteral, env: Env) -> Code:
    entries: list[tuple[str, int, Closure]] = []
    env = env.opened()
    for key, value in node.entries:
        slot = env.next_slot
        if isinstance(value, FunctionLiteral):
            # A function may call itself by the name of its entry.
            env = env.with_next(key)
            code = function_code(compiler, value, env, slot)
        else:
            code = compiler.build(value, env)
            env = env.with_next(key)
        entries.append((key, slot, code.call))
    weight = 4 + 2 * len(entries)

    def context(scope: Any, run: Run) -> Value:
        run.budget.size(weight)
        made: dict[str, Value] = {}
        for key, slot, call in entries:
            made[key] = scope[slot] = call(scope, run)
        return made

    return Code(context)


def _range(compiler: Compiler, node: RangeLiteral, env: Env) -> Code:
    if node.operator:
        return _equality_range(compiler, node, env)
    ends = [None if n is None else compiler.build(n, env) for n in (node.start, node.end)]
    start, end = (None if code is None else code.call for code in ends)
    at, start_included, end_included = node.position, node.start_included, node.end_included

    def interval(scope: Any, run: Run) -> Value:
        return made_range(
            run,
            at,
            None if start is None else (start(scope, run),),
            start_included,
            None if end is None else (end(scope, run),),
            end_included,
        )

    return compiler.folded(Code(interval), *(code for code in ends if code is not None))


def _equality_range(compiler: Compiler, node: RangeLiteral, env: Env) -> Code:
    assert node.start is not None
    code = compiler.build(node.start, env)
    included, operator = node.start_included, node.operator

    def interval(scope: Any, run: Run) -> Value:
        value = code.call(scope, run)
        return Range(value, included, value, included, operator)

    return compiler.folded(Code(interval), code)


BUILDERS: Builders = {
    Literal: _literal,
    AtLiteral: _at_literal,
    Name: _name,
    Path: _path,
    ListLiteral: _list,
    ContextLiteral: _context,
    RangeLiteral: _range,
}
