"""Functions that make one value of a list (DMN 1.5, table 75): `sum`, `mean`, `all`, `median` …"""

from collections import Counter
from collections.abc import Callable
from decimal import Context, Decimal

from ..numbers import CONTEXT, DIGITS
from ..run import Run
from ..values import LIST, Value, compare
from .refusals import empty, wrong_item
from .signature import Builtin, Signature, parameter

# Sums of squares need about twice the digits of their numbers.
_WIDE = Context(prec=2 * DIGITS + 10)


def _numbers(run: Run, values: list[Value]) -> list[Decimal] | None:
    """The list as numbers; null with a warning where something else is in it."""
    run.budget.step(len(values))
    for value in values:
        if type(value) is not Decimal:
            wrong_item(run, "numbers", "数值", value)
            return None
    return values  # type: ignore[return-value]


def _within_range(run: Run, compute: Callable[[], Decimal]) -> Value:
    try:
        return CONTEXT.plus(compute())
    except ArithmeticError:
        return run.null(
            "out_of_range", "Expected a result within the range of numbers.", "结果超出数值范围。"
        )


def _total(numbers: list[Decimal]) -> Decimal:
    total = numbers[0]
    for number in numbers[1:]:
        total = CONTEXT.add(total, number)
    return total


def _count(run: Run, values: list[Value]) -> Value:
    return Decimal(len(values))


def _sum(run: Run, values: list[Value]) -> Value:
    numbers = _numbers(run, values)
    return _within_range(run, lambda: _total(numbers)) if numbers else None


def _mean(run: Run, values: list[Value]) -> Value:
    numbers = _numbers(run, values)
    if not numbers:
        return empty(run) if numbers == [] else None
    return _within_range(run, lambda: CONTEXT.divide(_total(numbers), Decimal(len(numbers))))


def _product(run: Run, values: list[Value]) -> Value:
    numbers = _numbers(run, values)
    if not numbers:
        return empty(run) if numbers == [] else None

    def compute() -> Decimal:
        result = numbers[0]
        for number in numbers[1:]:
            result = CONTEXT.multiply(result, number)
        return result

    return _within_range(run, compute)


def _median(run: Run, values: list[Value]) -> Value:
    numbers = _numbers(run, values)
    if not numbers:
        return None
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    pair = (ordered[middle - 1], ordered[middle])
    return _within_range(run, lambda: CONTEXT.divide(CONTEXT.add(*pair), Decimal(2)))


def _deviation(run: Run, values: list[Value]) -> Value:
    """The standard deviation of a sample: squares are divided by one less than the count."""
    numbers = _numbers(run, values)
    if numbers is None or len(numbers) < 2:
        return None

    def compute() -> Decimal:
        total = squares = Decimal(0)
        for number in numbers:
            total = _WIDE.add(total, number)
        mean = _WIDE.divide(total, Decimal(len(numbers)))
        for number in numbers:
            distance = _WIDE.subtract(number, mean)
            squares = _WIDE.fma(distance, distance, squares)
        return _WIDE.sqrt(_WIDE.divide(squares, Decimal(len(numbers) - 1)))

    return _within_range(run, compute)


def _mode(run: Run, values: list[Value]) -> Value:
    numbers = _numbers(run, values)
    if not numbers:
        return numbers
    counted = Counter(numbers)
    most = max(counted.values())
    return sorted(number for number, count in counted.items() if count == most)


def _extreme(sign: int) -> Callable[[Run, list[Value]], Value]:
    def choose(run: Run, values: list[Value]) -> Value:
        run.budget.step(len(values))
        if not values:
            return None
        best = values[0]
        for value in values:
            order = compare(value, best)
            if order is None:
                return wrong_item(run, "values that can be put in order", "可比较的值", value)
            if order * sign > 0:
                best = value
        return best

    return choose


def _logic(deciding: bool) -> Callable[[Run, list[Value]], Value]:
    """`deciding` where it occurs, else null where null does, else the opposite."""

    def decide(run: Run, values: list[Value]) -> Value:
        run.budget.step(len(values))
        for value in values:
            if value is not None and type(value) is not bool:
                return wrong_item(run, "booleans", "布尔值", value)
        if deciding in values:
            return deciding
        return None if None in values else not deciding

    return decide


def _aggregate(name: str, call: Callable[[Run, list[Value]], Value], item: str) -> Builtin:
    """A function of one list, or of its elements as arguments."""

    def spread(run: Run, *values: Value) -> Value:
        return call(run, list(values))

    one = Signature((parameter("list", LIST),))
    several = Signature((parameter(item + "1"), parameter(item + "2...", variadic=True)), spread)
    return Builtin(name, (one, several), call)


FUNCTIONS: tuple[Builtin, ...] = (
    Builtin("count", (Signature((parameter("list", LIST),)),), _count),
    _aggregate("min", _extreme(-1), "c"),
    _aggregate("max", _extreme(1), "c"),
    _aggregate("sum", _sum, "n"),
    _aggregate("mean", _mean, "n"),
    _aggregate("product", _product, "n"),
    _aggregate("median", _median, "n"),
    _aggregate("stddev", _deviation, "n"),
    _aggregate("mode", _mode, "n"),
    _aggregate("all", _logic(False), "b"),
    _aggregate("any", _logic(True), "b"),
    _aggregate("and", _logic(False), "b"),
    _aggregate("or", _logic(True), "b"),
)
