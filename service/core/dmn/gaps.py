"""Gaps and overlaps of decision tables, where cells are made of literals.

A gap is a combination of inputs that no rule matches; an overlap is one that two rules match
where the hit policy wants one, or equal outputs. Both are warnings: what no rule matches may
never occur. Gaps are looked for where every column is finite or numeric.
"""

from collections.abc import Iterator, Sequence

from .atoms import Domain, Piece, all_pieces, finite_pieces
from .faults import Cell, Faults
from .model import HitPolicy, Table
from .regions import Region

#: How much of a table is looked at; a larger one is said not to be checked.
RULES_MAX = 600
STEPS_MAX = 20_000
#: How many gaps and overlaps of one table are told.
TOLD_MAX = 20

_WANT_ONE = (HitPolicy.UNIQUE, HitPolicy.ANY)
_WANT_SOME = (*_WANT_ONE, HitPolicy.PRIORITY, HitPolicy.FIRST)


def check_table(
    table: Table,
    columns: Sequence[Sequence[Region | None]],
    domains: Sequence[Domain],
    faults: Faults,
) -> None:
    """Warn of the table's overlaps and gaps."""
    if len(table.rules) > RULES_MAX:
        _not_checked(table, faults)
        return
    if table.hit_policy in _WANT_ONE:
        _warn_of_overlaps(table, columns, faults)
    has_default = any(output.default is not None for output in table.outputs)
    if table.hit_policy in _WANT_SOME and not has_default and table.inputs:
        _warn_of_gaps(table, columns, domains, faults)


def _not_checked(table: Table, faults: Faults) -> None:
    faults.warn(
        "table_not_checked",
        table,
        "Expected a table small enough to look for gaps and overlaps, "
        "but it has too many rules or combinations.",
        "规则或组合过多,未能完整检查空缺和重叠。",
    )


def _warn_of_overlaps(
    table: Table, columns: Sequence[Sequence[Region | None]], faults: Faults
) -> None:
    together = [(1 << len(table.rules)) - 1] * len(table.rules)
    for regions in columns:
        pieces = all_pieces(regions)
        if pieces is None:
            _not_checked(table, faults)
            return
        meeting = _meeting(pieces, len(together))
        together = [known & found for known, found in zip(together, meeting, strict=True)]
    for told, (first, second) in enumerate(_pairs(table, together)):
        if told == TOLD_MAX:
            return
        faults.warn(
            "overlap",
            table.rules[second],
            f"Expected rules that do not overlap, but rules {first + 1} and {second + 1} "
            "match the same inputs.",
            f"第 {first + 1} 条与第 {second + 1} 条规则重叠:同一输入可同时命中两条。",
            Cell(table.id, second + 1),
        )


def _meeting(pieces: Sequence[int], rules: int) -> list[int]:
    """For each rule those that let a value of this column through together with it."""
    found = [0] * rules
    for piece in set(pieces):
        rest = piece
        while rest:
            bit = rest & -rest
            rest ^= bit
            found[bit.bit_length() - 1] |= piece
    return found


def _pairs(table: Table, together: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rules that may match together and must not: under ANY those of equal outputs may."""
    texts = [[cell.text for cell in rule.outputs] for rule in table.rules]
    for second, others in enumerate(together):
        for first in range(second):
            is_fine = table.hit_policy is HitPolicy.ANY and texts[first] == texts[second]
            if others >> first & 1 and not is_fine:
                yield first, second


def _warn_of_gaps(
    table: Table,
    columns: Sequence[Sequence[Region | None]],
    domains: Sequence[Domain],
    faults: Faults,
) -> None:
    pieces: list[list[Piece]] = []
    for regions, domain in zip(columns, domains, strict=True):
        found = finite_pieces(regions, domain)
        if found is None:
            return
        pieces.append(found)
    search = _Search(pieces, (1 << len(table.rules)) - 1)
    for told, combination in enumerate(search.gaps()):
        if told == TOLD_MAX:
            return
        shown = zip((domain.label for domain in domains), combination, strict=True)
        words = [f"{label} {piece}" for label, piece in shown if piece]
        faults.warn(
            "gap",
            table,
            f"Expected a rule for every input, but none matches {' and '.join(words)}.",
            f"存在空缺:没有规则命中 {'、'.join(words)}。",
            Cell(table.id),
        )
    if search.gave_up:
        _not_checked(table, faults)


class _Search:
    """Looks for combinations that no rule matches, column by column, each situation once."""

    def __init__(self, pieces: list[list[Piece]], every: int) -> None:
        self._pieces = pieces
        self._every = every
        self._seen: set[tuple[int, int]] = set()
        self._steps = 0
        self.gave_up = False

    def gaps(self) -> Iterator[list[str]]:
        """Gaps as the pieces of their columns, "" for a column that does not matter."""
        yield from self._below(0, self._every, [])

    def _below(self, column: int, alive: int, chosen: list[str]) -> Iterator[list[str]]:
        if not alive:
            yield chosen + [""] * (len(self._pieces) - column)
            return
        if column == len(self._pieces) or (column, alive) in self._seen:
            return
        self._seen.add((column, alive))
        for piece in self._pieces[column]:
            self._steps += 1
            if self._steps > STEPS_MAX:
                self.gave_up = True
                return
            yield from self._below(column + 1, alive & piece.rules, [*chosen, piece.shown])
