"""Why a value is null, with its place in the text."""

from dataclasses import dataclass
from typing import NamedTuple


class Position(NamedTuple):
    """A stretch of a text.

    Attributes:
        line, column: Where it begins, both from 1.
        start, end: Offsets of its first character and of the one after its last.
    """

    line: int
    column: int
    start: int
    end: int


NOWHERE = Position(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Warning:
    """One reason for a null.

    Attributes:
        code: For programs, such as `wrong_type` or `unknown_name`.
        message, message_zh: For people, in English and Chinese.
        line, column: Where, both from 1; 0 where no place is known.
        start, end: The offsets of the stretch of the text.
    """

    code: str
    message: str
    message_zh: str
    line: int = 0
    column: int = 0
    start: int = 0
    end: int = 0
