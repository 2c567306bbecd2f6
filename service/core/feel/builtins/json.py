"""`from json` and `to json`, which Camunda adds. Temporal values become their texts."""

import json
import re
from decimal import Decimal
from typing import NoReturn

from ..numbers import number
from ..run import Run
from ..temporal_arithmetic import is_temporal
from ..temporal_text import to_text
from ..values import STRING, Value, kind_of
from .refusals import not_a
from .signature import Builtin, Signature, parameter

MOST_NESTED = 100

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")


class _NotJson(Exception):
    """The value of this kind, or this word, is none of JSON."""


def _from_json(run: Run, text: str) -> Value:
    run.budget.size(len(text))
    run.budget.step(1 + len(text) // 10)
    try:
        text.encode("utf-8")
        if _nesting(text) > MOST_NESTED:
            raise _NotJson
        value = json.loads(text, parse_float=number, parse_int=number, parse_constant=_refuse_word)
        json.dumps(value, default=str, ensure_ascii=False).encode("utf-8")
    except (ValueError, ArithmeticError, _NotJson):
        return not_a(run, "JSON", "JSON", text)
    return value


def _refuse_word(word: str) -> NoReturn:
    raise _NotJson(word)


def _nesting(text: str) -> int:
    deepest = depth = 0
    for bracket in _BRACKETS.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _to_json(run: Run, value: Value) -> Value:
    pieces: list[str] = []
    try:
        _write(run, value, pieces)
    except _NotJson as error:
        return run.null(
            "not_convertible",
            f"Expected a value that JSON has, but got a {error}.",
            f"JSON 中没有这种值：{error}。",
        )
    return "".join(pieces)


def _write(run: Run, value: Value, pieces: list[str]) -> None:
    run.budget.step()
    if isinstance(value, list | dict):
        _write_nested(run, value, pieces)
        return
    piece = _simple(value)
    run.budget.size(len(piece))
    pieces.append(piece)


def _write_nested(run: Run, value: list[Value] | dict[str, Value], pieces: list[str]) -> None:
    run.budget.enter(4)
    run.budget.size(2 * len(value) + 2)
    pieces.append("[" if isinstance(value, list) else "{")
    for place, item in enumerate(value):
        pieces.append("," if place else "")
        if isinstance(value, dict):
            key = _simple(item)
            run.budget.size(len(key))
            pieces.extend((key, ":"))
            item = value[str(item)]
        _write(run, item, pieces)
    pieces.append("]" if isinstance(value, list) else "}")
    run.budget.leave(4)


def _simple(value: Value) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if is_temporal(value):
        return f'"{to_text(value)}"'
    raise _NotJson(kind_of(value))


FUNCTIONS: tuple[Builtin, ...] = (
    Builtin("from json", (Signature((parameter("value", STRING),)),), _from_json),
    Builtin("to json", (Signature((parameter("value"),)),), _to_json),
)
