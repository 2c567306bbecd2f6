"""Any value as text, as `string` gives it: strings bare at the top, quoted inside."""

import re
from decimal import Decimal

from ..run import Run
from ..temporal_arithmetic import is_temporal
from ..temporal_text import to_text
from ..values import Range, Value, kind_of

_PLAIN_KEY = re.compile(r"[^\W\d]\w*(?: \w+)*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def number_text(run: Run, number: Decimal) -> str:
    """The number without an exponent, with the digits it has after the point."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    run.budget.size(abs(exponent) + 40)
    if number == 0:
        number = number.copy_abs()
    return format(number, "f")


def quoted(text: str) -> str:
    """The text as a literal of the language."""
    return f'"{text.translate(_ESCAPES)}"'


def value_text(run: Run, value: Value) -> str:
    """The text of the value; the budget is charged for it before it is made.

    Raises:
        BudgetExceeded: It is too long or nested too deep.
    """
    if isinstance(value, str):
        run.budget.size(len(value))
        return value
    pieces: list[str] = []
    _write(run, value, pieces)
    run.budget.size(sum(map(len, pieces)))
    return "".join(pieces)


def _write(run: Run, value: Value, pieces: list[str]) -> None:
    run.budget.step()
    if isinstance(value, str):
        run.budget.size(len(value) + 2)
        pieces.append(quoted(value))
    elif isinstance(value, list):
        _write_list(run, value, pieces)
    elif isinstance(value, dict):
        _write_context(run, value, pieces)
    elif isinstance(value, Range):
        _write_range(run, value, pieces)
    else:
        run.budget.size(4)
        pieces.append(_simple(run, value))


def _simple(run: Run, value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return number_text(run, value)
    return to_text(value) if is_temporal(value) else kind_of(value)


def _write_list(run: Run, values: list[Value], pieces: list[str]) -> None:
    run.budget.enter(4)
    pieces.append("[")
    for place, value in enumerate(values):
        if place:
            pieces.append(", ")
        _write(run, value, pieces)
    pieces.append("]")
    run.budget.leave(4)


def _write_context(run: Run, context: dict[str, Value], pieces: list[str]) -> None:
    run.budget.enter(4)
    pieces.append("{")
    for place, (key, value) in enumerate(context.items()):
        run.budget.size(len(key) + 2)
        pieces.append(", " if place else "")
        pieces.append(key if _PLAIN_KEY.fullmatch(key) else quoted(key))
        pieces.append(": ")
        _write(run, value, pieces)
    pieces.append("}")
    run.budget.leave(4)


def _write_range(run: Run, value: Range, pieces: list[str]) -> None:
    run.budget.enter(4)
    if value.start is None or value.end is None:
        _write_open_range(run, value, pieces)
    else:
        pieces.append("[" if value.start_included else "(")
        _write(run, value.start, pieces)
        pieces.append("..")
        _write(run, value.end, pieces)
        pieces.append("]" if value.end_included else ")")
    run.budget.leave(4)


def _write_open_range(run: Run, value: Range, pieces: list[str]) -> None:
    """A range without one end is written as the comparison it is, such as `(>=5)`."""
    if value.end is None:
        pieces.append("(>=" if value.start_included else "(>")
        _write(run, value.start, pieces)
    else:
        pieces.append("(<=" if value.end_included else "(<")
        _write(run, value.end, pieces)
    pieces.append(")")
