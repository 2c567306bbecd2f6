"""Functions of contexts (DMN 1.5, table 81); paths of keys for `get value` as in Camunda."""

from ..run import Run
from ..values import CONTEXT, LIST, STRING, Value, kind_of
from .refusals import wrong_item
from .signature import Builtin, Signature, parameter

Context = dict[str, Value]


def _unknown_key(run: Run, key: str) -> Value:
    return run.null(
        "unknown_key",
        f'Expected a context with an entry "{key}", but it has none.',
        f"上下文中没有条目“{key}”。",
    )


def _get(run: Run, context: Context, key: str) -> Value:
    return context[key] if key in context else _unknown_key(run, key)


def _get_path(run: Run, context: Context, keys: list[Value]) -> Value:
    value: Value = context if keys else None
    for key in keys:
        if not isinstance(key, str):
            return wrong_item(run, "strings", "字符串", key)
        if not isinstance(value, dict) or key not in value:
            return _unknown_key(run, key)
        value = value[key]
    return value


def _entries(run: Run, context: Context) -> Value:
    run.budget.size(3 * len(context))
    run.budget.step(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


def _from_entries(run: Run, entries: list[Value]) -> Value:
    run.budget.size(len(entries))
    run.budget.step(len(entries))
    result: Context = {}
    for entry in entries:
        key = entry.get("key") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(key, str) or "value" not in entry:
            return wrong_item(
                run, "contexts with a key and a value", "含 key 与 value 的上下文", entry
            )
        if key in result:
            return run.null(
                "repeated_key",
                f'Expected each key once, but "{key}" occurs again.',
                f"键“{key}”重复出现。",
            )
        result[key] = entry["value"]
    return result


def _put(run: Run, context: Context, key: str, value: Value) -> Value:
    run.budget.size(len(context) + 1)
    run.budget.step(len(context))
    return {**context, key: value}


def _put_path(run: Run, context: Context, keys: list[Value], value: Value) -> Value:
    """The last key is set; the keys before it have to lead through contexts that are there."""
    if not keys:
        return run.null(
            "empty_list", "Expected at least one key, but got none.", "键的列表不得为空。"
        )
    path: list[tuple[Context, str]] = []
    inner: Value = context
    for key in keys:
        if not isinstance(key, str):
            return wrong_item(run, "strings", "字符串", key)
        if not isinstance(inner, dict):
            kind = kind_of(inner)
            message = f'Expected a context to put "{key}" into, but it is a {kind}.'
            return run.null("wrong_type", message, f"“{key}”的上级应为上下文,实际为 {kind}。")
        path.append((inner, key))
        inner = inner.get(key)
    result = value
    for outer, key in reversed(path):
        result = _put(run, outer, key, result)
    return result


def _merge(run: Run, contexts: list[Value]) -> Value:
    result: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return wrong_item(run, "contexts", "上下文", context)
        run.budget.step(len(context) + 1)
        run.budget.size(len(context))
        result.update(context)
    run.budget.size(len(result))
    return result


_CONTEXT = parameter("context", CONTEXT)
_M = parameter("m", CONTEXT)
_KEY, _KEYS = parameter("key", STRING), parameter("keys", LIST)
_VALUE = parameter("value")
_PUT = (
    Signature((_CONTEXT, _KEY, _VALUE), _put),
    Signature((_CONTEXT, _KEYS, _VALUE), _put_path),
)
_MERGE = (Signature((parameter("contexts", LIST),)),)

FUNCTIONS: tuple[Builtin, ...] = (
    Builtin(
        "get value",
        (
            Signature((_M, _KEY), _get),
            Signature((_M, _KEYS), _get_path),
            Signature((_CONTEXT, _KEY), _get),
            Signature((_CONTEXT, _KEYS), _get_path),
        ),
        _get,
    ),
    Builtin("get entries", (Signature((_M,)), Signature((_CONTEXT,))), _entries),
    Builtin("context", (Signature((parameter("entries", LIST),)),), _from_entries),
    Builtin("context put", _PUT, _put),
    Builtin("context merge", _MERGE, _merge),
)
