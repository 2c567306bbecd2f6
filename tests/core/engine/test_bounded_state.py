"""The state depends on where an instance stands, never on how long it has run (architecture,
decision 8)."""

import json
from decimal import Decimal
from itertools import pairwise

import pytest

from service.core.engine import port
from service.core.engine.state import load

from .running import MONDAY, Case, compiled, flow, user

ROUNDS = 10_000
COUNT = (
    '<scriptTask id="count"><extensionElements><zeebe:script expression="=n + 1"'
    ' resultVariable="n"/></extensionElements></scriptTask>'
)
GATES = '<exclusiveGateway id="first"/><exclusiveGateway id="last" default="last_e"/>'
FOUR = (
    f'<startEvent id="s"/>{GATES}{COUNT}<userTask id="t"/><endEvent id="e"/>'
    + flow("s > first", "first > t", "t > count", "count > last", "last > e")
    + flow("last > first : n &lt; 100000")
)
AROUND = (
    f'<startEvent id="s"/>{GATES}<subProcess id="p"><startEvent id="ps"/>{COUNT}<userTask id="t"/>'
    '<boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><timerEventDefinition>'
    "<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
    + flow("ps > t", "t > count")
    + '</subProcess><endEvent id="e"/>'
    + flow("s > first", "first > p", "p > last", "last > e", "last > first : n &lt; 100000")
)
SEQUENTIAL = (
    '<startEvent id="s"/><userTask id="t"><multiInstanceLoopCharacteristics isSequential="true">'
    f"<loopCardinality>{ROUNDS + 1}</loopCardinality></multiInstanceLoopCharacteristics>"
    '</userTask><endEvent id="e"/>' + flow("s > t", "t > e")
)


def open_task(outcome: port.Outcome) -> int:
    opened = [each for each in outcome.effects if isinstance(each, port.TaskOpened)]
    return opened[-1].instance


@pytest.mark.parametrize(
    "body", [FOUR, AROUND, SEQUENTIAL], ids=["four elements", "a sub-process", "rounds"]
)
def test_ten_thousand_rounds_leave_nothing_behind(body: str):
    diagram = compiled(body)
    outcome = port.start(diagram, "main", {"n": Decimal(0)}, MONDAY)
    sizes, steps = [], []
    for _ in range(ROUNDS):
        text = json.dumps(outcome.state)
        sizes.append(len(text))
        steps.append(len(outcome.effects))
        given = port.CompleteTask(open_task(outcome))
        outcome = port.resume(diagram, json.loads(text), given, MONDAY)
    assert sum(sizes[-100:]) <= 1.2 * sum(sizes[:100])
    assert steps[-100:] == steps[-200:-100] == steps[100:200]


def chain(count: int) -> str:
    names = [f"t{number}" for number in range(count)]
    path = ["s", *names, "e"]
    return (
        '<startEvent id="s"/>'
        + "".join(f'<task id="{each}"/>' for each in names)
        + '<endEvent id="e"/>'
        + flow(*(f"{a} > {b}" for a, b in pairwise(path)))
    )


def test_a_chain_of_two_thousand_tasks_runs_to_its_end():
    case = Case(compiled(chain(2000))).start()
    assert case.ended == "completed"
    assert len(case.completed) == 2003


def forks(pairs: int) -> str:
    """Forks and joins in a row, with a user task behind them."""
    parts, before = ['<startEvent id="s"/>', *user("t")], "s"
    for n in range(pairs):
        parts += [f'<parallelGateway id="{x}{n}"/>' for x in ("f", "j")]
        parts += [f'<task id="{x}{n}"/>' for x in ("a", "b")]
        parts.append(flow(f"{before} > f{n}", f"f{n} > a{n}", f"f{n} > b{n}"))
        parts.append(flow(f"a{n} > j{n}", f"b{n} > j{n}"))
        before = f"j{n}"
    return "".join(parts) + '<endEvent id="e"/>' + flow(f"{before} > t", "t > e")


def test_forks_and_joins_in_a_row_cost_each_the_same():
    few, many = (Case(compiled(forks(each))).start() for each in (20, 40))
    assert many.open == few.open == ["t"]
    assert len(many.effects) < 2 * len(few.effects)
    assert len(many.state) <= 1.1 * len(few.state)
    assert load(json.loads(many.state)).steps < 2 * load(json.loads(few.state)).steps
