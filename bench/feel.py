"""How fast FEEL is: `python -m bench.feel` prints medians and what they are to Python's `eval`.

The condition and the number of variables are those of a gateway in a process; `eval` gets the
same condition as text, which is what an engine without its own language does at every gateway.
"""

from collections.abc import Callable
from decimal import Decimal
from statistics import median
from time import perf_counter_ns

from service.core.feel import Run, Value, compile, compile_unary_tests

CONDITION = 'amount > 5000 and dept = "HR" and count(items) >= 3'
SAME_IN_PYTHON = 'amount > 5000 and dept == "HR" and len(items) >= 3'
VARIABLES = 43
RULES, INPUTS = 100, 3
_REPEATS, _CALLS = 60, 1_000


def microseconds(act: Callable[[], object], calls: int = _CALLS) -> float:
    """The median time of one call, warm."""
    for _ in range(calls):
        act()
    times = []
    for _ in range(_REPEATS):
        started = perf_counter_ns()
        for _ in range(calls):
            act()
        times.append((perf_counter_ns() - started) / calls / 1_000)
    return median(times)


def _variables() -> dict[str, Value]:
    known: dict[str, Value] = {f"field {n}": Decimal(n) for n in range(VARIABLES - 3)}
    return known | {"amount": Decimal(6000), "dept": "HR", "items": [Decimal(n) for n in range(5)]}


def condition() -> tuple[float, float, float]:
    """Microseconds of the condition in FEEL, in FEEL with a shared run, and by `eval`."""
    values = _variables()
    expression = compile(CONDITION, values)
    run = Run()
    assert expression(values) is True
    plain = {"amount": 6000, "dept": "HR", "items": [1, 2, 3, 4, 5]}
    for name, value in values.items():
        plain.setdefault(name, value)
    unlimited = run.budget.limits.steps

    def shared() -> None:
        run.budget.left = unlimited
        expression(values, run)

    return (
        microseconds(lambda: expression(values)),
        microseconds(shared),
        microseconds(lambda: eval(SAME_IN_PYTHON, {}, plain)),
    )


def compiling() -> float:
    """Microseconds to compile the condition."""
    names = list(_variables())
    return microseconds(lambda: compile(CONDITION, names), 20)


def cells() -> float:
    """Microseconds of all cells of a table of 100 rules with 3 inputs, each cell asked."""
    texts = [(f"< {n}", f"[{n}..{n + 5}]", f'"k{n}", "other"') for n in range(RULES)]
    rules = [[compile_unary_tests(text) for text in row] for row in texts]
    inputs: list[dict[str, Value]] = [{"?": Decimal(50)}, {"?": Decimal(20)}, {"?": "other"}]

    def table() -> None:
        run = Run()
        for rule in rules:
            for test, given in zip(rule, inputs, strict=True):
                test(given, run)

    return microseconds(table, 20)


def main() -> None:
    alone, shared, by_eval = condition()
    print(f"condition over {VARIABLES} variables, FEEL       {alone:8.2f} µs")
    print(f"the same, with a run that is there already {shared:8.2f} µs")
    print(f"the same as text by Python's eval          {by_eval:8.2f} µs")
    print(f"FEEL to eval                               {alone / by_eval:8.2f}  (at most 0.40)")
    print(f"compiling it                               {compiling():8.2f} µs")
    print(f"{RULES} rules × {INPUTS} inputs, every cell asked    {cells():8.0f} µs (at most 500)")


if __name__ == "__main__":
    main()
