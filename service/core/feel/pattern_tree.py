"""Regular expressions as trees, and the flags they are read with."""

from dataclasses import dataclass
from typing import TypeAlias

from .pattern_classes import CharacterClass


class PatternError(Exception):
    """A text that is no regular expression, or flags that do not exist."""


@dataclass(frozen=True, slots=True)
class Literal:
    character: str


@dataclass(frozen=True, slots=True)
class OneOf:
    characters: CharacterClass


@dataclass(frozen=True, slots=True)
class Anchor:
    is_start: bool


@dataclass(frozen=True, slots=True)
class BackReference:
    group: int


@dataclass(frozen=True, slots=True)
class Group:
    """Captured under its number; 0 where it is not captured."""

    number: int
    body: "Node"


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`most` is None where there is no upper bound."""

    body: "Node"
    least: int
    most: int | None
    is_lazy: bool


Node: TypeAlias = Literal | OneOf | Anchor | BackReference | Group | Sequence | Choice | Repeat


@dataclass(frozen=True, slots=True)
class Flags:
    """The letters s (dot is every character), m (lines), i (case), x (blanks), q (no pattern)."""

    dot_all: bool = False
    multiline: bool = False
    ignore_case: bool = False
    is_literal: bool = False
    skip_blanks: bool = False


def read_flags(letters: str) -> Flags:
    """Raises PatternError for a letter that is no flag."""
    if not set(letters) <= set("smixq"):
        raise PatternError("Expected flags of s, m, i, x and q.")
    return Flags(*(letter in letters for letter in "smiqx"))
