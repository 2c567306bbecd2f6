"""A column cut into the smallest stretches that its cells tell apart, each with a sample."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..feel import Value
from .index import ColumnIndex
from .regions import (
    ALL_NUMBERS,
    Everything,
    Interval,
    Numbers,
    Region,
    Words,
    kind_of_region,
    meet,
)

#: How many stretches of one column are looked at.
ATOMS_MAX = 4_000
# A string that no cell names: it stands for all others.
_OTHER = "\0"


@dataclass(frozen=True, slots=True)
class Domain:
    """The values that a column may have: a region, and whether its numbers are whole."""

    label: str
    region: Region | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Values that a column does not tell apart, and the rules that surely let them through."""

    shown: str
    rules: int


def finite_pieces(regions: Sequence[Region | None], domain: Domain) -> list[Piece] | None:
    """The domain in pieces; None where it is neither finite nor numeric, or a cell has no region.

    Neighbours that the same rules let through are one piece.
    """
    if all(isinstance(region, Everything) for region in regions):
        return [Piece("", (1 << len(regions)) - 1)]
    kinds = {kind for kind in map(kind_of_region, regions) if kind is not None}
    if len(kinds) != 1 or any(region is None for region in regions):
        return None
    is_open = str in kinds and (not isinstance(domain.region, Words) or domain.region.negated)
    atoms = [] if is_open else _atoms(regions, domain)
    if not 0 < len(atoms) <= ATOMS_MAX:
        return None
    index = ColumnIndex(regions)
    return _merged(atoms, [_rules(index, sample) for _, sample in atoms])


def all_pieces(regions: Sequence[Region | None]) -> list[int] | None:
    """The rules of every stretch of whatever values; None where there are too many."""
    atoms = _atoms(regions, Domain("", None, whole=False))
    if len(atoms) > ATOMS_MAX:
        return None
    index = ColumnIndex(regions)
    return [_rules(index, sample) for _, sample in atoms] + [index.dashes]


def _rules(index: ColumnIndex, sample: Value) -> int:
    candidates, slow = index.candidates(sample)
    return candidates & ~slow


def _atoms(regions: Sequence[Region | None], domain: Domain) -> list[tuple[Region, Value]]:
    kinds = {kind_of_region(region) for region in regions}
    atoms: list[tuple[Region, Value]] = []
    if Decimal in kinds:
        atoms.extend(_number_atoms(regions, domain))
    for kind in kinds & {bool, str}:
        assert kind is not None
        values = _words(regions, kind, domain)
        atoms.extend((Words(kind, frozenset({value})), value) for value in values)
    return atoms


def _words(regions: Sequence[Region | None], kind: type, domain: Domain) -> Sequence[str | bool]:
    if kind is bool:
        return (False, True)
    if isinstance(domain.region, Words):
        return sorted(map(str, domain.region.values))
    found = {v for region in regions if isinstance(region, Words) for v in region.values}
    return [*sorted(map(str, found)), _OTHER]


def _number_atoms(
    regions: Sequence[Region | None], domain: Domain
) -> Iterator[tuple[Region, Value]]:
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
    for low, high in pairwise((None, *sorted(ends), None)):
        atoms = [Interval(low, False, high, False)]
        if low is not None:
            atoms.insert(0, Interval(low, True, low, True))
        for atom in atoms:
            sample = _sample(atom, whole=domain.whole)
            region = Numbers((atom,))
            if sample is not None and meet(region, limits):
                yield region, sample


def _sample(atom: Interval, *, whole: bool) -> Decimal | None:
    """A number inside; None where there is no whole one and it must be whole."""
    low, high = atom.low, atom.high
    if low is None:
        return Decimal(0) if high is None else high.to_integral_value("ROUND_FLOOR") - 1
    if high is None or low == high:
        found = low if high is not None else low.to_integral_value("ROUND_FLOOR") + 1
        return None if whole and found != found.to_integral_value() else found
    if whole:
        following = low.to_integral_value("ROUND_FLOOR") + 1
        return following if following < high else None
    return (low + high) / 2


def _merged(atoms: Sequence[tuple[Region, Value]], rules: Sequence[int]) -> list[Piece]:
    found: list[tuple[list[Region], int]] = []
    for (atom, _), passing in zip(atoms, rules, strict=True):
        if found and found[-1][1] == passing:
            found[-1][0].append(atom)
        else:
            found.append(([atom], passing))
    return [Piece(_shown(members), passing) for members, passing in found]


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
