"""Compiling `for`, `some`, `every` and filters."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

from .code import Closure, Code, Env, framed
from .compiler import Builders, Compiler
from .numbers import as_integer
from .operations import not_boolean
from .ranges import Steps, between, steps_of
from .run import Run
from .syntax import (
    And,
    Between,
    Comparison,
    Filter,
    For,
    In,
    InstanceOf,
    Iterator,
    Name,
    Node,
    Or,
    Quantified,
)
from .values import Value
from .warnings import Position

_Source: TypeAlias = Callable[[Any, Run], Steps | None]
_CONDITIONS = (Comparison, And, Or, Between, In, InstanceOf, Quantified)
PARTIAL = "partial"


def _source(compiler: Compiler, iterator: Iterator, env: Env) -> _Source:
    start = compiler.build(iterator.source, env, 3).call
    at = iterator.source.position
    if iterator.end is None:
        return lambda scope, run: steps_of(run, at, start(scope, run))
    end = compiler.build(iterator.end, env, 3).call
    return lambda scope, run: between(run, at, start(scope, run), end(scope, run))


def _sources(
    compiler: Compiler, iterators: tuple[Iterator, ...], env: Env
) -> tuple[list[tuple[_Source, int]], Env]:
    """Each iterator's source and place; a source sees the names of those before it."""
    sources = []
    for iterator in iterators:
        sources.append((_source(compiler, iterator, env), env.next_slot))
        env = env.with_local(iterator.name)
    return sources, env


def _for(compiler: Compiler, node: For, env: Env) -> Code:
    return framed(env, lambda inner: _for_in_frame(compiler, node, inner))


def _for_in_frame(compiler: Compiler, node: For, env: Env) -> Code:
    place = env.next_slot
    sources, env = _sources(compiler, node.iterators, env.with_local(PARTIAL))
    body = compiler.build(node.body, env, len(sources) + 1).call
    walk = _innermost(*sources[-1], body, place)
    for source, slot in reversed(sources[:-1]):
        walk = _around(source, slot, walk)

    def loop(scope: Any, run: Run) -> Value:
        results: list[Value] = []
        scope[place] = results
        return results if walk(scope, run) else None

    return Code(loop)


def _innermost(source: _Source, slot: int, body: Closure, place: int) -> Callable[[Any, Run], bool]:
    def walk(scope: Any, run: Run) -> bool:
        steps = source(scope, run)
        if steps is None:
            return False
        results = scope[place]
        budget = run.budget
        budget.grow(len(results), steps.count)
        for value in steps.values():
            budget.step()
            scope[slot] = value
            results.append(body(scope, run))
        return True

    return walk


def _around(
    source: _Source, slot: int, inner: Callable[[Any, Run], bool]
) -> Callable[[Any, Run], bool]:
    def walk(scope: Any, run: Run) -> bool:
        steps = source(scope, run)
        if steps is None:
            return False
        for value in steps.values():
            run.budget.step()
            scope[slot] = value
            if not inner(scope, run):
                return False
        return True

    return walk


def _quantified(compiler: Compiler, node: Quantified, env: Env) -> Code:
    return framed(env, lambda inner: _quantified_in_frame(compiler, node, inner))


def _quantified_in_frame(compiler: Compiler, node: Quantified, env: Env) -> Code:
    """Three-valued: a condition that is neither true nor false leaves the result open."""
    decisive = node.quantifier == "some"
    sources, env = _sources(compiler, node.iterators, env)
    condition = compiler.build(node.condition, env, len(sources) + 1).call
    at = node.condition.position

    def asked(scope: Any, run: Run) -> bool | None:
        value = condition(scope, run)
        if value is True or value is False:
            return value
        not_boolean(run, at, value)
        return None

    walk: Callable[[Any, Run], bool | None] = asked
    for source, slot in reversed(sources):
        walk = _quantify(source, slot, walk, decisive=decisive)
    return Code(walk)


def _quantify(
    source: _Source, slot: int, inner: Callable[[Any, Run], bool | None], *, decisive: bool
) -> Callable[[Any, Run], bool | None]:
    def walk(scope: Any, run: Run) -> bool | None:
        steps = source(scope, run)
        if steps is None:
            return None
        result: bool | None = not decisive
        for value in steps.values():
            run.budget.step()
            scope[slot] = value
            found = inner(scope, run)
            if found is decisive:
                return decisive
            if found is None:
                result = None
        return result

    return walk


# -- filters


def _filter(compiler: Compiler, node: Filter, env: Env) -> Code:
    return framed(env, lambda inner: _filter_in_frame(compiler, node, inner))


def _filter_in_frame(compiler: Compiler, node: Filter, env: Env) -> Code:
    source = _filtered(compiler, node.source, env)
    at = node.position
    slot = env.next_slot
    condition = compiler.build(node.condition, env.with_filter(), 2)
    if type(condition.constant) is Decimal:
        index = condition.constant
        return Code(lambda scope, run: element_at(run, at, source(scope, run), index))
    call = condition.call
    is_condition = isinstance(node.condition, _CONDITIONS)

    def filtered(scope: Any, run: Run) -> Value:
        value = source(scope, run)
        elements = value if type(value) is list else [] if value is None else [value]
        if not is_condition:
            # What a name or a call gives decides whether this is an index or a condition.
            scope[slot] = elements[0] if elements else None
            first = call(scope, run) if elements or value is None else None
            if type(first) is Decimal:
                return element_at(run, at, value, first)
        return kept(scope, run, elements)

    def kept(scope: Any, run: Run, elements: list[Value]) -> Value:
        budget = run.budget
        found: list[Value] = []
        for element in elements:
            budget.step()
            scope[slot] = element
            answer = call(scope, run)
            if answer is True:
                found.append(element)
            elif answer is not False and answer is not None:
                return not_boolean(run, at, answer)
        budget.size(len(found))
        return found

    return Code(filtered)


def _filtered(compiler: Compiler, node: Node, env: Env) -> Closure:
    """A filter's list; `partial` is read without a copy, for nothing of it escapes whole."""
    if isinstance(node, Name) and node.name == PARTIAL:
        for scope in reversed(env.scopes):
            if isinstance(scope, dict) and PARTIAL in scope:
                slot = scope[PARTIAL]
                return lambda frame, run: frame[slot]
    return compiler.build(node, env, 2).call


def element_at(run: Run, at: Position, value: Value, index: Decimal) -> Value:
    """The element of this index, from 1, or from -1 at the end; null with a warning."""
    elements = value if type(value) is list else [value]
    place = as_integer(index)
    if value is not None and place is not None and 0 < abs(place) <= len(elements):
        return elements[place - 1 if place > 0 else place]
    return run.null_at(
        at,
        "index_out_of_range",
        f"Expected an index from 1 to {len(elements)} or from -1 down, but got {index}.",
        f"索引应在 1 到 {len(elements)} 之间(或为负数倒数),实际为 {index}。",
    )


BUILDERS: Builders = {For: _for, Quantified: _quantified, Filter: _filter}
