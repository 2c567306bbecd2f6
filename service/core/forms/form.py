"""A form compiled: the data that people send are checked against it.

Patterns run on an engine without backtracking (a regular expression costs time in proportion to
the text), references cannot leave the form, and the work is bounded before it begins: values times
schemas, and characters times patterns. So no form, and no data, holds up whoever asks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

import jsonschema_rs

from .schema import Faulty, FormFault, pointer_of, read_schema
from .sentences import sentence

#: Bytes of the automaton of one pattern.
_PATTERN_BYTES = 100_000
#: Of data: characters, values, and how deep they nest.
CHARACTERS_MAX = 1_000_000
VALUES_MAX = 50_000
NESTING_MAX = 100
#: Values times schemas, and characters times patterns.
_WORK_MAX = 5_000_000
_MATCHING_MAX = 50_000_000
#: Values times schemas up to which every fault is looked for (one costs up to 6 µs); beyond it,
#: the first alone.
_LISTED_MAX = 100_000
#: Faults that are told; more help nobody.
FAULTS_MAX = 50

Fault = tuple[str, str, str]
"""JSON pointer into the data, and a sentence in English and Chinese."""

_TOO_MUCH = (
    "",
    "Expected less data, but this is more than the form can take.",
    "数据过多，超出表单可以接受的范围。",
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that can be used.

    Attributes:
        schema: As it was written, for whoever draws the form.
    """

    schema: Mapping[str, Any]
    _validator: jsonschema_rs.Draft202012Validator
    _schemas: int
    _patterns: int

    @property
    def title(self) -> str:
        return str(self.schema["title"])

    def faults(self, data: Any) -> list[Fault]:
        """What is wrong with data, in the order of their places; empty where they fit.

        Of much data only the first fault is told.

        Args:
            data: Values of JSON; numbers may be decimals.
        """
        measured = _measure(data)
        if measured is None or not self._is_light(*measured):
            return [_TOO_MUCH]
        if self._validator.is_valid(data):
            return []
        found = (
            (pointer_of(error.instance_path), *sentence(error.kind))
            for error in self._errors(data, is_small=measured[0] * self._schemas <= _LISTED_MAX)
        )
        return sorted(dict.fromkeys(islice(found, FAULTS_MAX)))

    def _is_light(self, values: int, characters: int) -> bool:
        is_light = values * self._schemas <= _WORK_MAX
        return is_light and characters * self._patterns <= _MATCHING_MAX

    def _errors(self, data: Any, *, is_small: bool) -> Iterable[jsonschema_rs.ValidationError]:
        if is_small:
            return self._validator.iter_errors(data)
        try:
            self._validator.validate(data)
        except jsonschema_rs.ValidationError as error:
            return [error]
        return []


def compile_form(text: str) -> Form:
    """The form of a file `forms/*.schema.json`.

    Raises:
        Faulty: It cannot be used; its faults say why and where.
    """
    sized = read_schema(text)
    try:
        validator = jsonschema_rs.Draft202012Validator(
            sized.schema,
            validate_formats=True,
            ignore_unknown_formats=False,
            pattern_options=jsonschema_rs.RegexOptions(size_limit=_PATTERN_BYTES),
            offline=True,
        )
    except jsonschema_rs.ValidationError as error:
        raise Faulty(_uncompiled(error)) from None
    return Form(sized.schema, validator, sized.schemas, sized.patterns)


def _uncompiled(error: jsonschema_rs.ValidationError) -> FormFault:
    pointer = pointer_of(error.instance_path)
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Format):
        return FormFault(
            pointer,
            "Expected a regular expression without lookaround and backreferences and not too "
            "large, but it is none.",
            "应当为不含环视、反向引用且规模有限的正则表达式。",
        )
    english, chinese = sentence(error.kind)
    return FormFault(pointer, english, chinese)


def _measure(data: Any) -> tuple[int, int] | None:
    """How many values and characters there are; None where one bound is passed."""
    values = characters = depth = 0
    level = [data]
    while level:
        values, depth = values + len(level), depth + 1
        if values > VALUES_MAX or depth > NESTING_MAX:
            return None
        below: list[Any] = []
        for each in level:
            if isinstance(each, str):
                characters += len(each)
            elif isinstance(each, Mapping):
                characters += sum(map(len, each))
                below += each.values()
            elif isinstance(each, list):
                below += each
            elif not isinstance(each, int | float | Decimal | None):
                raise TypeError(f"Expected a value of JSON, but it is a {type(each).__name__}.")
        if characters > CHARACTERS_MAX:
            return None
        level = below
    return values, characters
