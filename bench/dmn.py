"""`python -m bench.dmn`: how long a decision table of 100 rules and 3 inputs takes, warm.

Measured is the whole evaluation, with types, hit policy and explanation: once with cells of
literals, which are indexed, and once with cells that must be evaluated rule by rule.
"""

import sys
import time
from collections.abc import Callable
from decimal import Decimal
from statistics import median

from service.core.dmn import DmnModel, deploy, read
from service.core.feel import Run, Value

RULES = 100
_ROUNDS, _CALLS = 15, 200
BUDGET_MS = 0.5


def table(cell: Callable[[int], tuple[str, str, str]]) -> DmnModel:
    """A deployed model with one table; `cell` gives the tests of the n-th rule."""
    rules = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text><![CDATA[{text}]]></text></inputEntry>" for text in cell(n))
        + f"<outputEntry><text>{n}</text></outputEntry></rule>"
        for n in range(RULES)
    )
    names = (("grade", "string"), ("amount", "number"), ("is open", "boolean"))
    data = "".join(
        f'<inputData id="{i}" name="{n}"><variable name="{n}" typeRef="{t}"/></inputData>'
        for i, (n, t) in zip("abc", names, strict=True)
    )
    needs = "".join(
        f'<informationRequirement><requiredInput href="#{i}"/></informationRequirement>'
        for i in "abc"
    )
    columns = "".join(
        f'<input><inputExpression typeRef="{t}"><text>{n}</text></inputExpression></input>'
        for n, t in names
    )
    xml = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="bench" '
        f'namespace="bench">{data}<decision id="d" name="place">{needs}'
        f'<decisionTable hitPolicy="UNIQUE">{columns}<output/>{rules}</decisionTable>'
        "</decision></definitions>"
    )
    return deploy(read(xml.encode()))


def indexed() -> DmnModel:
    return table(lambda n: (f'"G{n % 10}"', f"[{n // 10 * 100}..{n // 10 * 100 + 100})", "true"))


def evaluated() -> DmnModel:
    return table(
        lambda n: (
            f'starts with(?, "G{n % 10}")',
            f"? >= {n // 10 * 100} and ? < {n // 10 * 100 + 100}",
            "? = true",
        )
    )


def warm_ms(model: DmnModel) -> float:
    """Milliseconds of one evaluation: the median of many rounds."""
    inputs: dict[str, Value] = {"grade": "G7", "amount": Decimal(850), "is open": True}
    assert model.evaluate("place", inputs).outputs["place"] == Decimal(87)
    rounds = []
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        for _ in range(_CALLS):
            model.evaluate("place", inputs, Run())
        rounds.append((time.perf_counter() - begin) / _CALLS * 1000)
    return median(rounds)


def compiling_ms() -> float:
    """Milliseconds to read, check and compile the table of literal cells."""
    rounds = []
    for _ in range(_ROUNDS):
        begin = time.perf_counter()
        indexed()
        rounds.append((time.perf_counter() - begin) * 1000)
    return median(rounds)


def main() -> int:
    slow = 0
    for name, model in (("literal cells", indexed()), ("evaluated cells", evaluated())):
        took = warm_ms(model)
        slow += took > BUDGET_MS
        print(f"{name:16} {took:.4f} ms (at most {BUDGET_MS} ms)")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
