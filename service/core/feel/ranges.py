"""Ranges: making them, asking what they contain, and going through them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from .numbers import CONTEXT
from .run import Run
from .temporal import Date
from .values import RANGE_KINDS, Range, Value, compare, equal, kind_of
from .warnings import Position

_END = tuple[Value] | None  # None: open to infinity; a tuple because null is no end


def made_range(
    run: Run, at: Position, start: _END, start_included: bool, end: _END, end_included: bool
) -> Value:
    """A range; null with a warning where its ends are no values of one kind with an order."""
    given = [pair[0] for pair in (start, end) if pair is not None]
    kinds = {kind_of(value) for value in given}
    if len(kinds) > 1 or not kinds <= RANGE_KINDS:
        return run.null_at(
            at,
            "wrong_type",
            f"Expected a range between two values of one kind that has an order, but got"
            f" {', '.join(sorted(kinds))}.",
            f"区间两端应为同一种有顺序的值,实际为 {'、'.join(sorted(kinds))}。",
        )
    return Range(
        None if start is None else start[0],
        start_included and start is not None,
        None if end is None else end[0],
        end_included and end is not None,
    )


def contains(run: Run, at: Position, interval: Range, value: Value) -> bool | None:
    """Whether the value lies in the range; None with a warning where it cannot be compared."""
    if interval.operator:
        same = equal(run, value, interval.start)
        return None if same is None else same is (interval.operator == "=")
    start, end = interval.start, interval.end
    if type(value) is Decimal and type(start) is Decimal and type(end) is Decimal:
        return (start < value or (interval.start_included and start == value)) and (
            value < end or (interval.end_included and value == end)
        )
    return _contains(run, at, interval, value)


def _contains(run: Run, at: Position, interval: Range, value: Value) -> bool | None:
    inside: bool | None = True
    ends = ((interval.start, interval.start_included, 1), (interval.end, interval.end_included, -1))
    for end, included, wanted in ends:
        if end is None:
            continue
        found = compare(value, end)
        if found is None:
            inside = None
        elif not (found == wanted or (included and found == 0)):
            return False
    if inside is None:
        kinds = (
            kind_of(value),
            kind_of(interval.end if interval.start is None else interval.start),
        )
        run.null_at(
            at,
            "not_comparable",
            f"Expected a value that the range can contain, but got {kinds[0]} for a range of"
            f" {kinds[1]}.",
            f"区间的元素应为 {kinds[1]},实际为 {kinds[0]}。",
        )
    return inside


@dataclass(frozen=True, slots=True)
class Steps:
    """The values that a `for` goes through, with their number, which may be very large."""

    count: int
    values: Callable[[], Iterator[Value]]


def steps_of(run: Run, at: Position, source: Value) -> Steps | None:
    """What `for x in source` goes through: elements, or a range of whole steps.

    A single value is a list of itself. None with a warning for null and for ranges of values
    that have no next one.
    """
    if type(source) is list:
        elements: Sequence[Value] = source
        return Steps(len(elements), lambda: iter(elements))
    if type(source) is Range:
        made = None
        if _goes_upwards(source):
            made = between(run, at, source.start, source.end)
        else:
            run.null_at(
                at,
                "not_iterable",
                "Expected a range with a start and an end after it to go through.",
                "只能遍历有起点、且终点不早于起点的区间。",
            )
        return None if made is None else _without_ends(made, source)
    if source is None:
        run.null_at(
            at,
            "null_list",
            "Expected a list to go through, but it is null.",
            "应遍历列表,实际为 null。",
        )
        return None
    return Steps(1, lambda: iter((source,)))


def _goes_upwards(source: Range) -> bool:
    order = compare(source.start, source.end)
    return order is not None and order <= 0 and source.operator != "!="


def between(run: Run, at: Position, start: Value, end: Value) -> Steps | None:
    """The values from start to end, upwards or downwards, in steps of one or of a day."""
    if type(start) is Decimal and type(end) is Decimal:
        return _numbers(start, end)
    if type(start) is Date and type(end) is Date:
        return _dates(start, end)
    kinds = (kind_of(start), kind_of(end))
    run.null_at(
        at,
        "not_iterable",
        f"Expected a range of numbers or dates to go through, but got {kinds[0]}..{kinds[1]}.",
        f"只能遍历数字或日期的区间,实际为 {kinds[0]}..{kinds[1]}。",
    )
    return None


def _numbers(start: Decimal, end: Decimal) -> Steps:
    distance = CONTEXT.subtract(end, start)
    step = Decimal(1) if distance >= 0 else Decimal(-1)
    count = int(abs(distance).to_integral_value(ROUND_FLOOR)) + 1

    def values() -> Iterator[Value]:
        value = start
        for _ in range(min(count, 2**62)):
            yield value
            value = CONTEXT.add(value, step)

    return Steps(count, values)


def _dates(start: Date, end: Date) -> Steps:
    first, last = start.number, end.number
    step = 1 if last >= first else -1

    def values() -> Iterator[Value]:
        for day in range(first, last + step, step):
            yield Date.from_number(day)

    return Steps(abs(last - first) + 1, values)


def _without_ends(steps: Steps, source: Range) -> Steps:
    """The same without an end that the range excludes."""
    if source.start_included and source.end_included:
        return steps

    def values() -> Iterator[Value]:
        for value in steps.values():
            if source.start_included or compare(value, source.start) != 0:
                if not source.end_included and compare(value, source.end) == 0:
                    return
                yield value

    return Steps(steps.count, values)
