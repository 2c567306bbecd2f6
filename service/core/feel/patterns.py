"""Matching, replacing and splitting by the regular expressions of XPath.

The matcher tries alternatives in order and remembers which instruction failed at which place, so
its work grows with pattern times text and never exponentially. Patterns that refer back to groups
cannot be remembered so; they, like all others, are charged to the budget step by step.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from .pattern_classes import case_variants
from .pattern_program import Instruction, Op, Program, compile_pattern
from .pattern_syntax import PatternError, read_flags
from .run import Run

__all__ = ["Pattern", "PatternError", "pattern"]

_CHARGED_AT_ONCE = 250
_CELLS_PER_CHARGE = 64

Slots = list[int]


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

    @property
    def matches_nothing(self) -> bool:
        """Whether the empty text matches, which `replace` and `split` refuse."""
        return self.matches(Run(), "")

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
        search = _Search(run, self._program, text)
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


class _Search:
    """The search of one text by one program."""

    def __init__(self, run: Run, program: Program, text: str) -> None:
        self._charge: Callable[[int], None] = run.budget.step
        self._program = program
        self._text = text
        self._width = len(program.code)
        cells = 0 if program.refers_back else self._width * (len(text) + 1)
        run.budget.size(cells // _CELLS_PER_CHARGE)
        run.budget.step(1 + self._width // 8)
        # A cell holds the number of the match it was last visited for.
        self._visited = bytearray(cells)
        self._round = 0

    def first_from(self, start: int) -> Slots | None:
        """The slots of the leftmost match that begins at `start` or later."""
        self._round += 1
        if self._round == 256:
            self._visited = bytearray(len(self._visited))
            self._round = 1
        text, program = self._text, self._program
        while start <= len(text):
            if program.is_anchored and start > 0:
                return None
            if program.prefix:
                start = text.find(program.prefix, start)
                if start < 0:
                    return None
            slots = self._match_at(start)
            if slots is not None:
                return slots
            start += 1
        return None

    def _match_at(self, start: int) -> Slots | None:
        """Depth first: what is still to be tried lies on a stack, with the slots to restore."""
        code, text, visited, width = self._program.code, self._text, self._visited, self._width
        remembers = not self._program.refers_back
        this_round = self._round
        slots = [-1] * self._program.slots
        waiting: list[tuple[int, int]] = [(0, start)]
        steps = 0
        while waiting:
            place, offset = waiting.pop()
            if place < 0:
                slots[-place - 1] = offset
                continue
            while True:
                steps += 1
                if steps == _CHARGED_AT_ONCE:
                    self._charge(steps)
                    steps = 0
                instruction = code[place]
                op = instruction.op
                if op == Op.LITERAL:
                    if offset >= len(text) or text[offset] != instruction.argument:
                        break
                    offset += 1
                elif op == Op.ONE_OF:
                    if offset >= len(text) or text[offset] not in instruction.argument:  # type: ignore[operator]
                        break
                    offset += 1
                elif op in (Op.SPLIT, Op.SPLIT_LAZY):
                    if remembers:
                        cell = offset * width + place
                        if visited[cell] == this_round:
                            break
                        visited[cell] = this_round
                    if op == Op.SPLIT:
                        waiting.append((instruction.other, offset))
                    else:
                        waiting.append((place + 1, offset))
                        place = instruction.other
                        continue
                elif op == Op.JUMP:
                    place = instruction.other
                    continue
                elif op == Op.SAVE:
                    slot = int(instruction.argument)  # type: ignore[arg-type]
                    waiting.append((-slot - 1, slots[slot]))
                    slots[slot] = offset
                elif op == Op.MATCH:
                    self._charge(steps)
                    slots[0], slots[1] = start, offset
                    return slots[: 2 * self._program.groups + 2]
                else:
                    moved = self._at(instruction, offset, slots)
                    if moved is None:
                        break
                    offset = moved
                place += 1
        self._charge(steps)
        return None

    def _at(self, instruction: Instruction, offset: int, slots: Slots) -> int | None:
        """The rarer instructions: where the text goes on, or None where they fail."""
        text, flags = self._text, self._program.flags
        if instruction.op == Op.START:
            is_line = flags.multiline and 0 < offset < len(text) and text[offset - 1] == "\n"
            return offset if offset == 0 or is_line else None
        if instruction.op == Op.END:
            is_line = flags.multiline and offset < len(text) and text[offset] == "\n"
            return offset if offset == len(text) or is_line else None
        number = int(instruction.argument)  # type: ignore[arg-type]
        if instruction.op == Op.PROGRESS:
            # Remembered failures end empty rounds by themselves.
            return None if self._program.refers_back and slots[number] == offset else offset
        start, end = slots[2 * number], slots[2 * number + 1]
        if end < 0:
            return offset
        again = text[offset : offset + end - start]
        self._charge(1 + len(again) // 16)
        is_same = again == text[start:end] or (
            flags.ignore_case and _same_but_case(again, text[start:end])
        )
        return offset + len(again) if is_same else None


def _same_but_case(left: str, right: str) -> bool:
    return len(left) == len(right) and all(
        a in case_variants(b) for a, b in zip(left, right, strict=True)
    )
