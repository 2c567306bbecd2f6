"""The matcher: runs a program over a text, depth first, within a budget."""

from collections.abc import Callable

from .pattern_classes import case_variants
from .pattern_program import Instruction, Op, Program
from .run import Run

_CHARGED_AT_ONCE = 250
_CELLS_PER_CHARGE = 64

Slots = list[int]


class Search:
    """The search of one text by one program."""

    def __init__(self, run: Run, program: Program, text: str) -> None:
        self._step: Callable[[int], None] = run.budget.step
        self._uncharged = 0
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
            self.charge()
            if slots is not None:
                return slots
            start += 1
        return None

    def _match_at(self, start: int) -> Slots | None:
        """What is still to be tried lies on a stack, with the slots to restore in between."""
        slots = [-1] * self._program.slots
        waiting: list[tuple[int, int]] = [(0, start)]
        while waiting:
            place, offset = waiting.pop()
            if place < 0:
                slots[-place - 1] = offset
                continue
            end = self._follow(place, offset, slots, waiting)
            if end is not None:
                slots[0], slots[1] = start, end
                return slots[: 2 * self._program.groups + 2]
        return None

    def _follow(
        self, place: int, offset: int, slots: Slots, waiting: list[tuple[int, int]]
    ) -> int | None:
        """Follow one path to the end of a match, or None to where it fails."""
        code, text = self._program.code, self._text
        while True:
            self._uncharged += 1
            if self._uncharged >= _CHARGED_AT_ONCE:
                self.charge()
            instruction = code[place]
            op, argument = instruction.op, instruction.argument
            place += 1
            if op == Op.LITERAL:
                if offset >= len(text) or text[offset] != argument:
                    return None
                offset += 1
            elif op == Op.ONE_OF:
                if offset >= len(text) or text[offset] not in argument:  # type: ignore[operator]
                    return None
                offset += 1
            elif op in (Op.SPLIT, Op.SPLIT_LAZY):
                if self._is_known_to_fail(place - 1, offset):
                    return None
                first, second = place, instruction.other
                if op == Op.SPLIT_LAZY:
                    first, second = second, first
                waiting.append((second, offset))
                place = first
            elif op == Op.JUMP:
                place = instruction.other
            elif op == Op.SAVE:
                slot = int(argument)  # type: ignore[arg-type]
                waiting.append((-slot - 1, slots[slot]))
                slots[slot] = offset
            elif op == Op.MATCH:
                return offset
            else:
                moved = self._at(instruction, offset, slots)
                if moved is None:
                    return None
                offset = moved

    def _is_known_to_fail(self, place: int, offset: int) -> bool:
        """Whether the search was here before in this round; remembers that it is here now."""
        if self._program.refers_back:
            return False
        cell = offset * self._width + place
        if self._visited[cell] == self._round:
            return True
        self._visited[cell] = self._round
        return False

    def charge(self) -> None:
        """Charge the steps taken so far to the budget."""
        self._step(self._uncharged)
        self._uncharged = 0

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
        self._uncharged += 1 + len(again) // 16
        is_same = again == text[start:end] or (
            flags.ignore_case and _same_but_case(again, text[start:end])
        )
        return offset + len(again) if is_same else None


def _same_but_case(left: str, right: str) -> bool:
    return len(left) == len(right) and all(
        a in case_variants(b) for a, b in zip(left, right, strict=True)
    )
