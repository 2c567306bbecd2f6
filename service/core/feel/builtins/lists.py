"""Functions from lists to lists (DMN 1.5, table 75), and Camunda's `partition`, `is empty` …"""

from collections.abc import Callable
from decimal import Decimal

from ..run import Run
from ..values import FUNCTION, LIST, NULL, NUMBER, Value, same
from .distinct import Seen, distinct
from .positions import index_of, stretch, whole
from .refusals import out_of_range
from .signature import Builtin, Signature, parameter

Values = list[Value]


def _made(run: Run, count: int) -> None:
    run.budget.size(count)
    run.budget.step(count)


def _contains(run: Run, values: Values, element: Value) -> Value:
    run.budget.step(len(values))
    return any(same(run, value, element) for value in values)


def _sublist(run: Run, values: Values, position: Value, count: Value) -> Value:
    places = stretch(run, position, count, len(values))
    if places is None:
        return None
    start, end = places
    _made(run, end - start)
    return values[start:end]


def _append(run: Run, values: Values, *items: Value) -> Value:
    _made(run, len(values) + len(items))
    return [*values, *items]


def _concatenate(run: Run, *lists: Values) -> Value:
    _made(run, sum(map(len, lists)))
    return [value for values in lists for value in values]


def _insert_before(run: Run, values: Values, position: Value, item: Value) -> Value:
    place = index_of(run, position, len(values))
    if place is None:
        return None
    _made(run, len(values) + 1)
    return [*values[:place], item, *values[place:]]


def _remove(run: Run, values: Values, position: Value) -> Value:
    place = index_of(run, position, len(values))
    if place is None:
        return None
    _made(run, len(values) - 1)
    return [*values[:place], *values[place + 1 :]]


def _replace_at(run: Run, values: Values, position: Value, item: Value) -> Value:
    place = index_of(run, position, len(values))
    if place is None:
        return None
    _made(run, len(values))
    return [*values[:place], item, *values[place + 1 :]]


def _replace_where(run: Run, values: Values, match: Value, item: Value) -> Value:
    """`match` is asked with each element and the new item; anything but a boolean is null."""
    _made(run, len(values))
    result: Values = []
    for value in values:
        answer = run.apply(match, [value, item])
        if type(answer) is not bool:
            return _no_boolean(run, "match")
        result.append(item if answer else value)
    return result


def _no_boolean(run: Run, name: str) -> Value:
    return run.null(
        "wrong_type",
        f"Expected `{name}` to answer true or false, but it does not.",
        f"函数 {name} 应返回布尔值。",
    )


def _reverse(run: Run, values: Values) -> Value:
    _made(run, len(values))
    return values[::-1]


def _index_of(run: Run, values: Values, match: Value) -> Value:
    _made(run, len(values))
    return [Decimal(place) for place, value in enumerate(values, 1) if same(run, value, match)]


def _union(run: Run, *lists: Values) -> Value:
    _made(run, sum(map(len, lists)))
    return distinct(run, (value for values in lists for value in values))


def _distinct_values(run: Run, values: Values) -> Value:
    _made(run, len(values))
    return distinct(run, values)


def _duplicate_values(run: Run, values: Values) -> Value:
    _made(run, len(values))
    seen, repeated = Seen(run), Seen(run)
    return [value for value in values if not seen.add(value) and repeated.add(value)]


def _flatten(run: Run, values: Values) -> Value:
    """Without recursion: lists may share parts, so the result can be far larger than the memory."""
    result: Values = []
    waiting = [iter(values)]
    while waiting:
        run.budget.step()
        for value in waiting[-1]:
            if type(value) is list:
                waiting.append(iter(value))
                break
            run.budget.size(1)
            run.budget.step()
            result.append(value)
        else:
            waiting.pop()
    run.budget.size(len(result))
    return result


def _partition(run: Run, values: Values, size: Value) -> Value:
    width = whole(size)
    if width < 1:
        return out_of_range(run, "a size", "大小", "of at least 1", size)
    _made(run, 2 * len(values))
    return [values[start : start + width] for start in range(0, len(values), width)]


def _is_empty(run: Run, values: Values) -> Value:
    return not values


def _sort(run: Run, values: Values, precedes: Value) -> Value:
    """Stable; an element stays before another unless `precedes(other, element)` is true."""
    _made(run, len(values))
    is_boolean = True

    class Key:
        __slots__ = ("value",)

        def __init__(self, value: Value) -> None:
            self.value = value

        def __lt__(self, other: "Key") -> bool:
            nonlocal is_boolean
            answer = run.apply(precedes, [self.value, other.value]) if is_boolean else False
            is_boolean = is_boolean and type(answer) is bool
            return answer is True

    result = sorted(values, key=Key)
    return result if is_boolean else _no_boolean(run, "precedes")


def _function(name: str, call: Callable[..., Value], *parameters: str) -> Builtin:
    """A function whose parameters are lists, positions or anything, as their names say."""
    kinds = {"list": (LIST,), "position": (NUMBER,), "size": (NUMBER,), "precedes": (FUNCTION,)}
    taken = tuple(parameter(each, *kinds.get(each, ())) for each in parameters)
    return Builtin(name, (Signature(taken),), call)


_LIST = parameter("list", LIST)
_LISTS = (_LIST, parameter("lists", LIST, variadic=True))
_SUBLIST = (
    _LIST,
    parameter("start position", NUMBER),
    parameter("length", NUMBER, NULL, optional=True),
)
_AT = Signature((_LIST, parameter("position", NUMBER), parameter("newItem")), _replace_at)
_WHERE = Signature((_LIST, parameter("match", FUNCTION), parameter("newItem")), _replace_where)

FUNCTIONS: tuple[Builtin, ...] = (
    _function("list contains", _contains, "list", "element"),
    Builtin("sublist", (Signature(_SUBLIST),), _sublist),
    Builtin("append", (Signature((_LIST, parameter("item", variadic=True))),), _append),
    Builtin("concatenate", (Signature(_LISTS),), _concatenate),
    _function("insert before", _insert_before, "list", "position", "newItem"),
    _function("remove", _remove, "list", "position"),
    Builtin("list replace", (_AT, _WHERE), _replace_at),
    _function("reverse", _reverse, "list"),
    _function("index of", _index_of, "list", "match"),
    Builtin("union", (Signature(_LISTS),), _union),
    _function("distinct values", _distinct_values, "list"),
    _function("duplicate values", _duplicate_values, "list"),
    _function("flatten", _flatten, "list"),
    _function("partition", _partition, "list", "size"),
    _function("is empty", _is_empty, "list"),
    _function("sort", _sort, "list", "precedes"),
)
