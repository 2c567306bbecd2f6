"""Inputs of a request: JSON that can be evaluated, stored, and told in the audit."""

from collections.abc import Iterable
from itertools import chain
from typing import Annotated, Any

from pydantic import AfterValidator, Field

DEEPEST = 200
MOST_PARTS = 100_000
#: Whole numbers below it; decimal128 has 34 digits.
_WHOLE = 10**34


def _storable(inputs: dict[str, Any]) -> dict[str, Any]:
    """Refuse what no JSON column, no audit entry and no evaluation holds.

    Raises:
        ValueError: Too deep, too many parts, a whole number of more than 34 digits, or a text
            with a NUL or half of a surrogate pair.
    """
    level: list[Any] = [inputs]
    parts = 0
    for _ in range(DEEPEST + 1):
        level = list(chain.from_iterable(map(_parts, level)))
        parts += len(level)
        if parts > MOST_PARTS:
            raise ValueError(f"expected at most {MOST_PARTS} values and names, but there are more")
        if not level:
            return inputs
    raise ValueError(f"expected at most {DEEPEST} levels, but there are more")


def _parts(value: Any) -> Iterable[Any]:
    match value:
        case dict():
            return chain(value.keys(), value.values())
        case list():
            return value
        case str() if "\0" in value or any("\ud800" <= each <= "\udfff" for each in value):
            raise ValueError("expected text that can be stored, but it has a NUL or a surrogate")
        case int() if abs(value) >= _WHOLE:
            raise ValueError("expected a whole number of at most 34 digits, but it has more")
        case _:
            return ()


Inputs = Annotated[
    dict[str, Any], Field(max_length=1000, default_factory=dict), AfterValidator(_storable)
]
#: The same, where nothing at all would be a slip.
SomeInputs = Annotated[
    dict[str, Any], Field(min_length=1, max_length=1000), AfterValidator(_storable)
]
