"""What a hit policy makes of the rules that matched (DMN 1.5 §8.2.10)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..feel import Value
from ..feel.builtins import BUILTINS
from ..feel.values import equal
from .model import Aggregation, HitPolicy, Table
from .state import State

#: The values of a rule's output cells, in the order of the columns.
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a table, and which of the matched rules it is made of, by their place."""

    value: Value
    fired: tuple[int, ...]


#: Where a value stands among a column's output values, from 0; None for a column without any.
Rank = Callable[[Value, State], int]


class HitPolicies:
    """Applies the hit policy of one table.

    `values_of` makes a row the value of a rule: the cell itself, or a context of all cells.
    """

    def __init__(
        self,
        table: Table,
        values_of: Callable[[Row], Value],
        ranks: Sequence[Rank | None],
    ) -> None:
        self._table = table
        self._value_of = values_of
        self._ranks = ranks

    @property
    def stops_at_first(self) -> bool:
        return self._table.hit_policy is HitPolicy.FIRST

    @property
    def without_match(self) -> Value:
        """The result where no rule matches and there is no default."""
        if self._table.hit_policy is not HitPolicy.COLLECT:
            return None
        if self._table.aggregation is None:
            return []
        return Decimal(0) if self._table.aggregation is Aggregation.COUNT else None

    def outcome(self, rows: Sequence[Row], matched: Sequence[int], state: State) -> Outcome:
        """The result of at least one matched rule.

        Args:
            rows: Their output cells.
            matched: Their numbers in the table, for warnings.
        """
        everyone = tuple(range(len(rows)))
        match self._table.hit_policy:
            case HitPolicy.UNIQUE if len(rows) > 1:
                return self._refused(state, "not_unique", _NOT_UNIQUE, matched)
            case HitPolicy.ANY if not _are_equal(rows, state):
                return self._refused(state, "not_any", _NOT_ANY, matched)
            case HitPolicy.UNIQUE | HitPolicy.FIRST | HitPolicy.ANY:
                return Outcome(self._value_of(rows[0]), everyone)
            case HitPolicy.PRIORITY:
                best = self._by_priority(rows, state)[0]
                return Outcome(self._value_of(rows[best]), (best,))
            case HitPolicy.OUTPUT_ORDER:
                order = tuple(self._by_priority(rows, state))
                return Outcome([self._value_of(rows[place]) for place in order], order)
            case HitPolicy.RULE_ORDER:
                return Outcome([self._value_of(row) for row in rows], everyone)
            case HitPolicy.COLLECT:
                return Outcome(self._collected(rows, state), everyone)

    def _refused(
        self, state: State, code: str, sentences: tuple[str, str], matched: Sequence[int]
    ) -> Outcome:
        numbers = ", ".join(map(str, matched))
        english, chinese = (sentence.format(numbers) for sentence in sentences)
        return Outcome(state.null(self._table, code, english, chinese), ())

    def _by_priority(self, rows: Sequence[Row], state: State) -> list[int]:
        """Places of the rows, the highest priority first; the columns count from left to right."""
        keys = [
            tuple(rank(cell, state) for cell, rank in zip(row, self._ranks, strict=True) if rank)
            for row in rows
        ]
        return sorted(range(len(rows)), key=lambda place: keys[place])

    def _collected(self, rows: Sequence[Row], state: State) -> Value:
        aggregation = self._table.aggregation
        if aggregation is None:
            return [self._value_of(row) for row in rows]
        if aggregation is Aggregation.COUNT:
            return state.run.apply(BUILTINS["count"], [[self._value_of(row) for row in rows]])
        function = BUILTINS[aggregation.value.lower()]
        columns = zip(*rows, strict=True)
        results = tuple(state.run.apply(function, [list(column)]) for column in columns)
        return self._value_of(results)


def _are_equal(rows: Sequence[Row], state: State) -> bool:
    first = list(rows[0])
    return all(equal(state.run, first, list(row)) is True for row in rows[1:])


_NOT_UNIQUE = (
    "Expected one rule to match in a table with the hit policy UNIQUE, but rules {} do.",
    "唯一命中策略的决策表只能有一条规则命中,实际命中第 {} 条。",
)
_NOT_ANY = (
    "Expected equal outputs of all rules that match in a table with the hit policy ANY, "
    "but rules {} differ.",
    "任意命中策略要求命中的规则输出相同,实际第 {} 条的输出不同。",
)
