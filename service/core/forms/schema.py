"""What a form may say: a schema of bounded size that names nothing outside itself.

Every keyword must have a meaning here, so that a misspelt one is not passed over in silence;
hints for whoever draws the form begin with `x-`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: Characters of a form, and how deep it may nest.
TEXT_MAX = 200_000
DEPTH_MAX = 40
#: Schemas in it, each counted where it stands and where a `$ref` brings it in.
SCHEMAS_MAX = 1_000
_UNFOLDED_DEPTH_MAX = 200
PATTERN_MAX = 500
FORMATS = ("date", "date-time", "time", "duration", "email", "uri", "uuid")
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_ONE = (
    *("additionalProperties", "propertyNames", "unevaluatedProperties", "items", "contains"),
    *("unevaluatedItems", "not", "if", "then", "else"),
)
_MANY = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("$defs", "properties", "patternProperties", "dependentSchemas")
_PLAIN = (
    *("$schema", "$ref", "$comment", "title", "description", "default", "examples", "deprecated"),
    *("readOnly", "writeOnly", "type", "enum", "const", "multipleOf", "maximum", "minimum"),
    *("exclusiveMaximum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "format"),
    *("maxItems", "minItems", "uniqueItems", "maxContains", "minContains", "maxProperties"),
    *("minProperties", "required", "dependentRequired"),
)
KEYWORDS = frozenset((*_ONE, *_MANY, *_NAMED, *_PLAIN))
_DEFS = "#/$defs/"


@dataclass(frozen=True, slots=True)
class FormFault:
    """Why a form cannot be used.

    Attributes:
        pointer: JSON pointer to the place in the form; "" for the whole.
        message, message_zh: One sentence.
        line: Of the text, from 1; 0 where no line is known.
    """

    pointer: str
    message: str
    message_zh: str
    line: int = 0


class Faulty(Exception):
    """A form that cannot be used; `faults` say why."""

    def __init__(self, *faults: FormFault) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Sized:
    """A schema that may be compiled: how many schemas apply at most, and how many patterns."""

    schema: dict[str, Any]
    schemas: int
    patterns: int


def read_schema(text: str) -> Sized:
    """The schema of a form.

    Raises:
        Faulty: It is no JSON, too large, names what is outside, or holds what has no meaning.
    """
    schema = _parsed(text)
    faults = list(_head(schema))
    places = list(_places(schema))
    for pointer, part in places:
        faults += _faults(pointer, part, schema)
    if faults:
        raise Faulty(*faults)
    counted = _unfolded(schema, schema, (), {})
    if counted is None:
        raise Faulty(
            FormFault(
                "",
                "Expected references that end, but one leads back to itself.",
                "表单中的 $ref 不得循环引用。",
            )
        )
    if counted > SCHEMAS_MAX:
        raise Faulty(_too_large(f"{SCHEMAS_MAX} schemas", f"{SCHEMAS_MAX} 个子模式"))
    patterns = sum(
        ("pattern" in part) + len(part.get("patternProperties", ())) for _, part in places
    )
    return Sized(schema, counted, patterns)


def pointer_of(path: list[str | int]) -> str:
    """A path as JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > TEXT_MAX:
        raise Faulty(_too_large(f"{TEXT_MAX} characters", f"{TEXT_MAX} 个字符"))
    try:
        schema = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as fault:
        raise Faulty(_no_json(fault.msg, fault.lineno)) from None
    except ValueError as fault:
        raise Faulty(_no_json(str(fault), 0)) from None
    except RecursionError:
        raise Faulty(_too_large(f"{DEPTH_MAX} levels", f"{DEPTH_MAX} 层嵌套")) from None
    if _is_deep(schema):
        raise Faulty(_too_large(f"{DEPTH_MAX} levels", f"{DEPTH_MAX} 层嵌套"))
    if not isinstance(schema, dict):
        raise Faulty(_no_json("it is no object", 1))
    return schema


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"“{twice[:80]}” stands there twice")
    return made


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEPTH_MAX):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def _head(schema: dict[str, Any]) -> Iterator[FormFault]:
    if schema.get("type") != "object":
        yield FormFault(
            "/type",
            "Expected a form of type object, but it says otherwise.",
            "表单的 type 应当为 object。",
        )
    title = schema.get("title")
    if not isinstance(title, str) or not title.strip():
        yield FormFault("/title", "Expected a title, but the form has none.", "表单缺少 title。")
    if schema.get("$schema", DRAFT) != DRAFT:
        yield FormFault(
            "/$schema",
            f"Expected a schema of {DRAFT}, but it says another.",
            f"表单的 $schema 应当为 {DRAFT}。",
        )


def _places(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema in a form, where it stands."""
    waiting: list[tuple[str, Any]] = [("", schema)]
    while waiting:
        pointer, part = waiting.pop()
        if isinstance(part, dict):
            yield pointer, part
            waiting += [(pointer + where, inner) for where, inner in _inside(part)]


def _inside(part: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The schemas right below one; what is misshapen the compiler tells of."""
    for keyword, value in part.items():
        if keyword in _ONE:
            yield f"/{keyword}", value
        elif keyword in _MANY and isinstance(value, list):
            yield from ((f"/{keyword}/{n}", inner) for n, inner in enumerate(value))
        elif keyword in _NAMED and isinstance(value, dict):
            yield from ((pointer_of([keyword, name]), inner) for name, inner in value.items())


def _faults(pointer: str, part: dict[str, Any], whole: dict[str, Any]) -> Iterator[FormFault]:
    for keyword in part:
        if keyword not in KEYWORDS and not keyword.startswith("x-"):
            yield FormFault(
                pointer + pointer_of([keyword]),
                f"Expected a keyword of JSON Schema 2020-12 that forms know, or a hint that begins "
                f"with x-, but “{keyword[:80]}” is neither.",
                f"“{keyword[:80]}”不是表单可用的 JSON Schema 2020-12 关键字，"
                "提示信息应以 x- 开头。",
            )
    reference = part.get("$ref")
    if reference is not None and _target(reference, whole) is None:
        yield FormFault(
            f"{pointer}/$ref",
            f"Expected a reference to {_DEFS}… of the form itself, but it is “{reference!s:.80}”.",
            f"$ref 只能引用本表单的 {_DEFS}…，实际为“{reference!s:.80}”。",
        )
    if part.get("format", FORMATS[0]) not in FORMATS:
        known = ", ".join(FORMATS)
        yield FormFault(
            f"{pointer}/format",
            f"Expected one of the formats {known}, but it is “{part['format']!s:.80}”.",
            f"format 应当为 {known} 之一，实际为“{part['format']!s:.80}”。",
        )
    for pattern in (part.get("pattern"), *_keys(part.get("patternProperties"))):
        if isinstance(pattern, str) and len(pattern) > PATTERN_MAX:
            yield FormFault(
                pointer,
                f"Expected patterns of at most {PATTERN_MAX} characters, but one is longer.",
                f"正则表达式不得超过 {PATTERN_MAX} 个字符。",
            )


def _keys(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []


def _target(reference: Any, whole: dict[str, Any]) -> Any:
    """The schema that a reference names; None where there is none."""
    if not isinstance(reference, str) or not reference.startswith(_DEFS):
        return None
    name = reference.removeprefix(_DEFS).replace("~1", "/").replace("~0", "~")
    definitions = whole.get("$defs")
    return definitions.get(name) if isinstance(definitions, dict) else None


def _unfolded(
    part: Any, whole: dict[str, Any], above: tuple[str, ...], known: dict[str, int], depth: int = 0
) -> int | None:
    """How many schemas a schema stands for, its references followed; None where they never end.

    Definitions count where they are referred to.
    """
    if not isinstance(part, dict):
        return 1
    if depth > _UNFOLDED_DEPTH_MAX:
        return SCHEMAS_MAX + 1
    parts = [inner for where, inner in _inside(part) if not where.startswith("/$defs")]
    reference = part.get("$ref")
    count = 1
    if reference is not None:
        if reference in above:
            return None
        if reference not in known:
            target = _target(reference, whole)
            found = _unfolded(target, whole, (*above, reference), known, depth + 1)
            if found is None:
                return None
            known[reference] = found
        count += known[reference]
    for inner in parts:
        below = _unfolded(inner, whole, above, known, depth + 1)
        if below is None:
            return None
        count += below
    return count


def _too_large(english: str, chinese: str) -> FormFault:
    return FormFault(
        "",
        f"Expected a form of at most {english}, but it has more.",
        f"表单最多 {chinese}，实际超出。",
    )


def _no_json(why: str, line: int) -> FormFault:
    return FormFault(
        "", f"Expected a JSON object, but: {why}.", f"表单应当为 JSON 对象，但：{why}。", line
    )
