"""What is wrong with a model, as records that editors can show at the right place."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..feel import SyntaxFault
from .model import Element

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault, or one warning.

    Attributes:
        rule: Which rule is broken, such as `missing_requirement`.
        severity: `error` (the model must not be used) or `warning`.
        element: The id of the element; "" where the file gives none.
        line: The line of the file, from 1.
        message, message_zh: One sentence, in English and Chinese.
        table: The id of the decision table, where the fault is in one.
        rule_number: The number of the table's rule, from 1; 0 where it is in none.
        column: The label of the table's column; "" where it is in none.
        at: Line and column within the FEEL text, from 1; zeros where there is no such place.
    """

    rule: str
    severity: str
    element: str
    line: int
    message: str
    message_zh: str
    table: str = ""
    rule_number: int = 0
    column: str = ""
    at: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table a text stands."""

    table: str = ""
    rule_number: int = 0
    column: str = ""


NO_CELL = Cell()


class Faults:
    """Collects the faults of one model, each once."""

    def __init__(self) -> None:
        self._found: dict[Fault, None] = {}

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._found)

    def add(
        self,
        rule: str,
        element: Element,
        english: str,
        chinese: str,
        cell: Cell = NO_CELL,
        *,
        severity: str = ERROR,
        at: tuple[int, int] = (0, 0),
    ) -> None:
        place = (cell.table, cell.rule_number, cell.column)
        head = (rule, severity, element.id, element.line)
        self._found[Fault(*head, english, chinese, *place, at)] = None

    def warn(
        self, rule: str, element: Element, english: str, chinese: str, cell: Cell = NO_CELL
    ) -> None:
        self.add(rule, element, english, chinese, cell, severity=WARNING)

    def syntax(self, element: Element, fault: SyntaxFault, cell: Cell = NO_CELL) -> None:
        """A text that is no FEEL."""
        place, place_zh = _named(cell)
        self.add(
            "syntax",
            element,
            place + fault.message,
            place_zh + fault.message_zh,
            cell,
            at=(fault.line, fault.column),
        )


def _named(cell: Cell) -> tuple[str, str]:
    if not cell.table and not cell.column:
        return "", ""
    rule = f"rule {cell.rule_number}, " if cell.rule_number else ""
    rule_zh = f"第 {cell.rule_number} 条规则," if cell.rule_number else ""
    return f"In {rule}column {cell.column}: ", f"{rule_zh}“{cell.column}”列:"
