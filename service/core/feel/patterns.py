"""Matching, replacing and splitting by the regular expressions of XPath.

The matcher tries alternatives in order and remembers which instruction failed at which place, so
its work grows with pattern times text and never exponentially. Patterns that refer back to groups
cannot be remembered so; they, like all others, are charged to the budget step by step.
"""

from collections.abc import Iterator
from functools import lru_cache

from .pattern_program import Program, compile_pattern
from .pattern_search import Search, Slots
from .pattern_tree import PatternError, read_flags
from .run import Run

__all__ = ["Pattern", "PatternError", "pattern"]


@lru_cache(maxsize=64)
def pattern(text: str, flags: str = "") -> "Pattern":
    """The compiled pattern.

    Raises:
        PatternError: The text is no regular expression of XPath, or a flag is unknown.
    """
    return Pattern(compile_pattern(text, read_flags(flags)))


class Pattern:
    """A compiled regular expression; all its work is charged to a run's budget.

    Every method raises BudgetExceeded where the work or the result is too large.
    """

    def __init__(self, program: Program) -> None:
        self._program = program

    def matches(self, run: Run, text: str) -> bool:
        """Whether some part of the text matches."""
        return next(self._found(run, text), None) is not None

    def matches_nothing(self, run: Run) -> bool:
        """Whether the empty text matches, which `replace` and `split` refuse."""
        return self.matches(run, "")

    def find_all(self, run: Run, text: str) -> Iterator[str]:
        """The parts that match, one after the other."""
        for slots in self._found(run, text):
            run.budget.size(slots[1] - slots[0])
            yield text[slots[0] : slots[1]]

    def split(self, run: Run, text: str) -> list[str]:
        """The parts between the matches: one more than there are matches."""
        run.budget.size(len(text))
        parts: list[str] = []
        start = 0
        for slots in self._found(run, text):
            run.budget.size(1)
            parts.append(text[start : slots[0]])
            start = slots[1]
        return [*parts, text[start:]]

    def replace(self, run: Run, text: str, replacement: str) -> str:
        """The text with every match replaced; `$1` in the replacement is group 1, `$0` the match.

        Raises:
            PatternError: A `$` without a digit or a backslash before anything but `$` and itself.
        """
        pieces = self._replacement(replacement)
        result: list[str] = []
        start = length = 0
        for slots in self._found(run, text):
            made = [text[start : slots[0]], *(_piece(text, slots, piece) for piece in pieces)]
            length += sum(map(len, made))
            run.budget.size(sum(map(len, made)))
            result.extend(made)
            start = slots[1]
        run.budget.size(length + len(text) - start)
        return "".join([*result, text[start:]])

    def _replacement(self, text: str) -> list[str | int]:
        """Literal texts and numbers of groups."""
        if self._program.flags.is_literal:
            return [text]
        pieces: list[str | int] = []
        offset = 0
        while offset < len(text):
            character = text[offset]
            following = text[offset + 1 : offset + 2]
            if character == "$" and following and following in "0123456789":
                number, offset = self._group_number(text, offset + 1)
                pieces.append(number)
                continue
            if character == "\\" and following and following in "\\$":
                character, offset = following, offset + 1
            elif character in "\\$":
                raise PatternError(f"Expected {character} to be escaped in the replacement.")
            pieces.append(character)
            offset += 1
        return pieces

    def _group_number(self, text: str, offset: int) -> tuple[int, int]:
        """As many digits as still name a group; a number that names none is empty text."""
        number = int(text[offset])
        offset += 1
        while offset < len(text) and text[offset] in "0123456789":
            longer = number * 10 + int(text[offset])
            if longer > self._program.groups:
                break
            number = longer
            offset += 1
        return number, offset

    def _found(self, run: Run, text: str) -> Iterator[Slots]:
        """The slots of each match, from left to right, none overlapping."""
        search = Search(run, self._program, text)
        start = 0
        while start <= len(text):
            slots = search.first_from(start)
            if slots is None:
                return
            yield slots
            start = slots[1] if slots[1] > slots[0] else slots[1] + 1


def _piece(text: str, slots: Slots, piece: str | int) -> str:
    if isinstance(piece, str):
        return piece
    if 2 * piece + 1 >= len(slots) or slots[2 * piece + 1] < 0:
        return ""
    return text[slots[2 * piece] : slots[2 * piece + 1]]
