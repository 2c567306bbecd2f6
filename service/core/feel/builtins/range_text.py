"""Ranges written as text for `range`: two literal end points between brackets (DMN 1.5, table 72).

End points are numbers, strings, at-literals, or a conversion function of one string; no names and
no other expressions.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from ..errors import SyntaxFault
from ..lexer import AT, NUMBER, SYMBOL, TEXT, WORD, Token, tokens_of
from ..temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_temporal,
    parse_time,
)
from ..values import Range, Value, compare

_LONGEST = 2_000
_OPENING = {"[": True, "(": False, "]": False}
_CLOSING = {"]": True, ")": False, "[": False}
_FUNCTIONS: Mapping[tuple[str, ...], Callable[[str], Value]] = {
    ("date",): parse_date,
    ("time",): parse_time,
    ("date", "and", "time"): parse_date_time,
    ("duration",): parse_duration,
}


def parse_range(text: str) -> Range | None:
    """The range a text such as `[1..10)` means; None where it means none.

    Both end points have to be there and of one kind, the first not after the second.
    """
    try:
        tokens = tokens_of(text) if len(text) <= _LONGEST else []
    except SyntaxFault:
        return None
    symbols = [token.text if token.kind == SYMBOL else "" for token in tokens]
    if len(tokens) < 6 or symbols[0] not in _OPENING or symbols[-2] not in _CLOSING:
        return None
    if symbols.count("..") != 1:
        return None
    middle = symbols.index("..")
    start = _end_point(tokens[1:middle])
    end = _end_point(tokens[middle + 1 : -2])
    order = compare(start, end)
    if order is None or order > 0:
        return None
    return Range(start, _OPENING[symbols[0]], end, _CLOSING[symbols[-2]])


def _end_point(tokens: Sequence[Token]) -> Value:
    kinds = [token.kind for token in tokens]
    if kinds == [NUMBER]:
        return tokens[0].value
    if kinds == [SYMBOL, NUMBER] and tokens[0].text == "-":
        number = tokens[1].value
        return -number if isinstance(number, Decimal) else None
    if kinds == [TEXT]:
        return tokens[0].text
    if kinds == [AT]:
        return parse_temporal(tokens[0].text)
    if kinds[-3:] == [SYMBOL, TEXT, SYMBOL] and (tokens[-3].text, tokens[-1].text) == ("(", ")"):
        function = _FUNCTIONS.get(tuple(token.text for token in tokens[:-3] if token.kind == WORD))
        if function is not None and kinds[:-3] == [WORD] * (len(tokens) - 3):
            return function(tokens[-2].text)
    return None
