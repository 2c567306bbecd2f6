"""Gaps and overlaps of decision tables, where every cell is made of literals.

A gap is a combination of inputs that no rule matches; an overlap is one that two rules match
where the hit policy wants one, or equal outputs. Both are warnings: what no rule matches may
never occur. Numbers are checked as far as they are written; strings only where their column
says which values it may have.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .faults import Cell, Faults
from .model import HitPolicy, Table
from .regions import ALL_NUMBERS, Everything, Interval, Numbers, Region, Words, kind_of_region, meet

#: How much of a table is looked at; a larger one is said to be too large.
RULES_MAX = 600
STEPS_MAX = 20_000
#: How many gaps and overlaps of one table are told.
TOLD_MAX = 20

_WANT_ONE = (HitPolicy.UNIQUE, HitPolicy.ANY)
_WANT_SOME = (*_WANT_ONE, HitPolicy.PRIORITY, HitPolicy.FIRST)


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that a column may have: a region, and whether its numbers are whole."""

    label: str
    region: Region | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Values that the cells of a column do not tell apart, and the rules that let them through."""

    shown: str
    rules: int


def check_table(
    table: Table,
    columns: Sequence[Sequence[Region | None]],
    domains: Sequence[Domain],
    faults: Faults,
) -> None:
    """Warn of the table's overlaps and gaps."""
    if len(table.rules) > RULES_MAX:
        faults.warn(
            "table_not_checked",
            table,
            f"Expected at most {RULES_MAX} rules to look for gaps and overlaps, "
            f"but the table has {len(table.rules)}.",
            f"规则超过 {RULES_MAX} 条(实际 {len(table.rules)} 条),未检查空缺和重叠。",
        )
        return
    if table.hit_policy in _WANT_ONE:
        _warn_of_overlaps(table, columns, faults)
    has_default = any(output.default is not None for output in table.outputs)
    if table.hit_policy in _WANT_SOME and not has_default and table.inputs:
        _warn_of_gaps(table, columns, domains, faults)


def _warn_of_overlaps(
    table: Table, columns: Sequence[Sequence[Region | None]], faults: Faults
) -> None:
    for told, (first, second) in enumerate(_overlaps(table, columns)):
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


def _overlaps(
    table: Table, columns: Sequence[Sequence[Region | None]]
) -> Iterator[tuple[int, int]]:
    rows = list(zip(*columns, strict=True)) if columns else [()] * len(table.rules)
    for second, below in enumerate(rows):
        for first in range(second):
            if _is_fine(table, first, second):
                continue
            pairs = zip(rows[first], below, strict=True)
            if all(a is not None and b is not None and meet(a, b) for a, b in pairs):
                yield first, second


def _is_fine(table: Table, first: int, second: int) -> bool:
    """Whether two rules may match together: under ANY they may where their outputs are equal."""
    if table.hit_policy is HitPolicy.UNIQUE:
        return False
    texts = [[cell.text for cell in table.rules[n].outputs] for n in (first, second)]
    return texts[0] == texts[1]


def _warn_of_gaps(
    table: Table,
    columns: Sequence[Sequence[Region | None]],
    domains: Sequence[Domain],
    faults: Faults,
) -> None:
    pieces: list[list[Piece]] = []
    for regions, domain in zip(columns, domains, strict=True):
        found = _pieces(regions, domain)
        if found is None:
            return
        pieces.append(found)
    search = _Search(pieces, (1 << len(table.rules)) - 1)
    for told, combination in enumerate(search.gaps()):
        if told == TOLD_MAX:
            break
        labels = [domain.label for domain in domains]
        words = [f"{la} {piece}" for la, piece in zip(labels, combination, strict=True) if piece]
        faults.warn(
            "gap",
            table,
            f"Expected a rule for every input, but none matches {' and '.join(words)}.",
            f"存在空缺:没有规则命中 {'、'.join(words)}。",
            Cell(table.id),
        )
    if search.gave_up:
        faults.warn(
            "table_not_checked",
            table,
            "Expected a table small enough to look for gaps, but it has too many combinations.",
            "组合过多,未能完整检查空缺。",
        )


def _pieces(regions: Sequence[Region | None], domain: Domain) -> list[Piece] | None:
    """The column's domain cut where its cells cut it; None where that cannot be said."""
    every = (1 << len(regions)) - 1
    if all(isinstance(region, Everything) for region in regions):
        return [Piece("", every)]
    if any(region is None for region in regions):
        return None
    kinds = {kind for kind in map(kind_of_region, regions) if kind is not None}
    if len(kinds) != 1:
        return None
    kind = kinds.pop()
    atoms = _number_atoms(regions, domain) if kind is Decimal else _word_atoms(kind, domain)
    return None if atoms is None else _merged(atoms, regions)


def _merged(atoms: Sequence[Region], regions: Sequence[Region | None]) -> list[Piece]:
    """One piece for all neighbours that the same rules let through."""
    found: list[tuple[list[Region], int]] = []
    for atom in atoms:
        rules = 0
        for n, region in enumerate(regions):
            if region is not None and meet(region, atom):
                rules |= 1 << n
        if found and found[-1][1] == rules:
            found[-1][0].append(atom)
        else:
            found.append(([atom], rules))
    return [Piece(_shown(members), rules) for members, rules in found]


def _shown(atoms: list[Region]) -> str:
    """Neighbouring atoms as a text of FEEL."""
    first, last = atoms[0], atoms[-1]
    if isinstance(first, Numbers) and isinstance(last, Numbers):
        low, high = first.intervals[0], last.intervals[0]
        return _shown_numbers(Interval(low.low, low.with_low, high.high, high.with_high))
    values = [v for atom in atoms if isinstance(atom, Words) for v in atom.values]
    return ", ".join(f'"{v}"' if isinstance(v, str) else str(v).lower() for v in values)


def _shown_numbers(span: Interval) -> str:
    if span.low is None or span.high is None:
        if span.low is not None:
            return f"{'>=' if span.with_low else '>'} {span.low}"
        return f"{'<=' if span.with_high else '<'} {span.high}" if span.high is not None else "-"
    if span.low == span.high:
        return str(span.low)
    return f"{'(['[span.with_low]}{span.low}..{span.high}{')]'[span.with_high]}"


def _number_atoms(regions: Sequence[Region | None], domain: Domain) -> list[Region]:
    """Every end of an interval by itself, and the stretches between them, inside the domain."""
    limits = domain.region if isinstance(domain.region, Numbers) else Numbers((ALL_NUMBERS,))
    ends = {
        end
        for region in (*regions, limits)
        if isinstance(region, Numbers)
        for interval in region.intervals
        for end in (interval.low, interval.high)
        if end is not None
    }
    points: list[Decimal | None] = [None, *sorted(ends), None]
    atoms = []
    for low, high in pairwise(points):
        if low is not None:
            atoms.append(Interval(low, True, low, True))
        atoms.append(Interval(low, False, high, False))
    inside = [a for a in atoms if meet(Numbers((a,)), limits)]
    return [Numbers((a,)) for a in inside if not domain.whole or _has_whole(a)]


def _has_whole(atom: Interval) -> bool:
    if atom.low is None or atom.high is None:
        return True
    if atom.with_low:
        return atom.low == atom.low.to_integral_value()
    return atom.low.__floor__() + 1 < atom.high


def _word_atoms(kind: type, domain: Domain) -> list[Region] | None:
    if kind is bool:
        return [Words(bool, frozenset({value})) for value in (False, True)]
    if not isinstance(domain.region, Words) or domain.region.negated:
        return None
    return [Words(str, frozenset({value})) for value in sorted(map(str, domain.region.values))]


class _Search:
    """Looks for combinations that no rule matches, column by column, each situation once."""

    def __init__(self, pieces: list[list[Piece]], every: int) -> None:
        self._pieces = pieces
        self._every = every
        self._covered: set[tuple[int, int]] = set()
        self._steps = 0
        self.gave_up = False

    def gaps(self) -> Iterator[list[str]]:
        yield from self._below(0, self._every, [])

    def _below(self, column: int, alive: int, chosen: list[str]) -> Iterator[list[str]]:
        if not alive:
            yield chosen + [""] * (len(self._pieces) - column)
            return
        if column == len(self._pieces) or (column, alive) in self._covered:
            return
        self._covered.add((column, alive))
        for piece in self._pieces[column]:
            self._steps += 1
            if self._steps > STEPS_MAX:
                self.gave_up = True
                return
            yield from self._below(column + 1, alive & piece.rules, [*chosen, piece.shown])
