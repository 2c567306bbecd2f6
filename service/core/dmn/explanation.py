"""What an evaluation says about itself: which rules fired on which values, and why a null is."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..feel import Value
from ..feel.warnings import Warning


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that matched and counts in the result.

    Attributes:
        number: Its number in the table, from 1.
        id: Its id; "" where the file gives none.
        outputs: The values of its output cells, by the columns' names ("" for a single one).
        annotations: Its annotation columns by name, and its description under "description".
    """

    number: int
    id: str
    outputs: Mapping[str, Value]
    annotations: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableRun:
    """One evaluation of a decision table.

    Attributes:
        table: The id of the table.
        hit_policy: As it is written, such as `UNIQUE`.
        inputs: The values of the input columns, by label or else by the text of the expression.
        matched: The numbers of all rules that matched.
        fired: The rules that the hit policy lets count, in the order of the result.
        is_default: Whether no rule matched and the default outputs were taken.
    """

    table: str
    hit_policy: str
    inputs: Mapping[str, Value]
    matched: tuple[int, ...]
    fired: tuple[FiredRule, ...]
    is_default: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning of FEEL with the element of the model whose text it is about.

    Attributes:
        element: The id of the element; "" where the file gives none.
        line: The line of the file, from 1; 0 where no place is known.
        warning: The warning; its own line and column are those within the text.
    """

    element: str
    line: int
    warning: Warning

    @property
    def message(self) -> str:
        return self.warning.message

    @property
    def message_zh(self) -> str:
        return self.warning.message_zh


@dataclass(frozen=True, slots=True)
class DecisionRun:
    """One decision: what it saw, what it said, and why.

    Attributes:
        id, name: Of the decision.
        inputs: The values of what it requires, by name.
        output: Its value.
        tables: The tables that were evaluated for it, those of business knowledge among them.
        warnings: Why values are null.
    """

    id: str
    name: str
    inputs: Mapping[str, Value]
    output: Value
    tables: tuple[TableRun, ...]
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outputs that were asked for, by name, and how they came about."""

    outputs: Mapping[str, Value]
    decisions: tuple[DecisionRun, ...]
    warnings: tuple[Notice, ...]
