"""String functions (DMN 1.5, table 74) and those that Camunda adds. Positions count code points."""

import base64
import uuid
from collections.abc import Callable
from decimal import Decimal

from ..patterns import Pattern, PatternError, pattern
from ..run import Run
from ..values import LIST, NULL, NUMBER, STRING, Value
from .positions import stretch
from .refusals import wrong_item
from .signature import Builtin, Signature, parameter

_CHARACTERS_PER_STEP = 100


def _made(run: Run, length: int) -> None:
    run.budget.size(length)
    run.budget.step(1 + length // _CHARACTERS_PER_STEP)


def _read(run: Run, length: int) -> None:
    run.budget.step(1 + length // _CHARACTERS_PER_STEP)


def _substring(run: Run, text: str, position: Value, count: Value) -> Value:
    places = stretch(run, position, count, len(text))
    if places is None:
        return None
    start, end = places
    _made(run, end - start)
    return text[start:end]


def _length(run: Run, text: str) -> Value:
    return Decimal(len(text))


def _upper(run: Run, text: str) -> Value:
    _made(run, 3 * len(text))
    return text.upper()


def _lower(run: Run, text: str) -> Value:
    _made(run, 3 * len(text))
    return text.lower()


def _before(run: Run, text: str, match: str) -> Value:
    """The text before the first match; empty where there is none."""
    _made(run, len(text))
    found = text.find(match)
    return text[:found] if found >= 0 else ""


def _after(run: Run, text: str, match: str) -> Value:
    """The text after the first match; empty where there is none."""
    _made(run, len(text))
    found = text.find(match)
    return text[found + len(match) :] if found >= 0 else ""


def _contains(run: Run, text: str, match: str) -> Value:
    _read(run, len(text))
    return match in text


def _starts_with(run: Run, text: str, match: str) -> Value:
    return text.startswith(match)


def _ends_with(run: Run, text: str, match: str) -> Value:
    return text.endswith(match)


def _with_pattern(run: Run, text: Value, flags: Value, use: Callable[[Pattern], Value]) -> Value:
    """What `use` makes of the compiled pattern; null where XPath has an error."""
    letters = flags if isinstance(flags, str) else ""
    _read(run, len(str(text)))
    try:
        return use(pattern(str(text), letters))
    except PatternError as error:
        return run.null("bad_pattern", str(error), f"正则表达式有误：{error}")


def _matches(run: Run, text: str, wanted: str, flags: Value) -> Value:
    return _with_pattern(run, wanted, flags, lambda found: found.matches(run, text))


def _replace(run: Run, text: str, wanted: str, replacement: str, flags: Value) -> Value:
    def use(found: Pattern) -> Value:
        return (
            _empty_match(run)
            if found.matches_nothing(run)
            else found.replace(run, text, replacement)
        )

    return _with_pattern(run, wanted, flags, use)


def _split(run: Run, text: str, delimiter: str) -> Value:
    def use(found: Pattern) -> Value:
        return _empty_match(run) if found.matches_nothing(run) else found.split(run, text)

    return _with_pattern(run, delimiter, None, use)


def _extract(run: Run, text: str, wanted: str) -> Value:
    return _with_pattern(run, wanted, None, lambda found: list(found.find_all(run, text)))


def _empty_match(run: Run) -> Value:
    return run.null(
        "bad_pattern",
        "Expected a pattern that needs at least one character, but it matches the empty string.",
        "正则表达式不得匹配空字符串。",
    )


def _join(
    run: Run, items: list[Value], delimiter: Value, prefix: Value = "", suffix: Value = ""
) -> Value:
    """The strings of a list, one after the other; nulls are left out."""
    between = delimiter if isinstance(delimiter, str) else ""
    run.budget.step(len(items))
    parts: list[str] = []
    for item in items:
        if isinstance(item, str):
            parts.append(item)
        elif item is not None:
            return wrong_item(run, "strings", "字符串", item)
    parts_length = sum(map(len, parts)) + len(between) * max(len(parts) - 1, 0)
    _made(run, parts_length + len(str(prefix)) + len(str(suffix)))
    return f"{prefix}{between.join(parts)}{suffix}"


def _trim(run: Run, text: str) -> Value:
    _made(run, len(text))
    return text.strip()


def _is_blank(run: Run, text: str) -> Value:
    _read(run, len(text))
    return not text.strip()


def _uuid(run: Run) -> Value:
    return str(uuid.uuid4())


def _to_base64(run: Run, text: str) -> Value:
    _made(run, 6 * len(text))
    return base64.b64encode(text.encode("utf-8", "surrogatepass")).decode("ascii")


def _function(name: str, call: Callable[..., Value], *names: str) -> Builtin:
    """A function of strings only."""
    return Builtin(name, (Signature(tuple(parameter(each, STRING) for each in names)),), call)


_STRING, _INPUT = parameter("string", STRING), parameter("input", STRING)
_PATTERN = parameter("pattern", STRING)
_FLAGS = parameter("flags", STRING, NULL, optional=True)
_SUBSTRING = (
    _STRING,
    parameter("start position", NUMBER),
    parameter("length", NUMBER, NULL, optional=True),
)
_REPLACE = (_INPUT, _PATTERN, parameter("replacement", STRING), _FLAGS)
_LIST, _DELIMITER = parameter("list", LIST), parameter("delimiter", STRING, NULL)
_JOINS = (
    Signature((_LIST, parameter("delimiter", STRING, NULL, optional=True))),
    Signature((_LIST, _DELIMITER, parameter("prefix", STRING), parameter("suffix", STRING))),
)

FUNCTIONS: tuple[Builtin, ...] = (
    Builtin("substring", (Signature(_SUBSTRING),), _substring),
    _function("string length", _length, "string"),
    _function("upper case", _upper, "string"),
    _function("lower case", _lower, "string"),
    _function("substring before", _before, "string", "match"),
    _function("substring after", _after, "string", "match"),
    _function("contains", _contains, "string", "match"),
    _function("starts with", _starts_with, "string", "match"),
    _function("ends with", _ends_with, "string", "match"),
    Builtin("matches", (Signature((_INPUT, _PATTERN, _FLAGS)),), _matches),
    Builtin("replace", (Signature(_REPLACE),), _replace),
    _function("split", _split, "string", "delimiter"),
    _function("extract", _extract, "string", "pattern"),
    Builtin("string join", _JOINS, _join),
    _function("trim", _trim, "string"),
    _function("is blank", _is_blank, "string"),
    _function("to base64", _to_base64, "value"),
    Builtin("uuid", (Signature(()),), _uuid),
)
