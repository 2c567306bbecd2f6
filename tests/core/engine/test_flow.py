"""Gateways, joins, activities and containers (BPMN 2.0.2, 13.3 and 13.4)."""

import json
import subprocess
import sys
from decimal import Decimal

import pytest

from service.core.engine import port
from service.core.engine.state import load

from .running import Case, compiled, flow, user

COLLECTION = (
    '<multiInstanceLoopCharacteristics isSequential="{0}"><extensionElements>'
    '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"'
    ' outputCollection="results" outputElement="=result"/></extensionElements>{1}'
    "</multiInstanceLoopCharacteristics>"
)


def multi(sequential: str, condition: str = "") -> str:
    done = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    return (
        f'<startEvent id="s"/><userTask id="t">{COLLECTION.format(sequential, done)}</userTask>'
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > t", "t > after", "after > e")
    )


def rounds(case: Case) -> list[int]:
    state = load(json.loads(case.state))
    return [each.id for each in state.instances.values() if each.round]


def complete(case: Case, number: int, **variables: object) -> None:
    given = {k: Decimal(v) if isinstance(v, int) else v for k, v in variables.items()}
    case.give(port.CompleteTask(number, given))


def test_a_parallel_multi_instance_keeps_the_order_of_its_items():
    case = Case(compiled(multi("false"))).start(items=[1, 2, 3])
    for number in reversed(rounds(case)):
        item = load(json.loads(case.state)).instances[number].variables["item"]
        complete(case, number, result=item * 10)
    assert (case.open, case.variables()["results"]) == (["after"], [10, 20, 30])


def test_a_sequential_multi_instance_runs_one_round_at_a_time():
    case = Case(compiled(multi("true"))).start(items=[1, 2, 3])
    for count in range(3):
        assert len(rounds(case)) == 1
        complete(case, rounds(case)[0], result=count)
    assert case.variables()["results"] == [0, 1, 2]


def test_an_empty_collection_passes_at_once():
    case = Case(compiled(multi("false"))).start(items=[])
    assert (case.open, case.variables()["results"]) == (["after"], [])


def test_a_completion_condition_ends_the_rounds_that_are_still_open():
    case = Case(compiled(multi("false", "=numberOfCompletedInstances >= 2"))).start(items=[1, 2, 3])
    first, second, _ = rounds(case)
    complete(case, first, result=1)
    complete(case, second, result=2)
    assert (case.open, case.variables()["results"]) == (["after"], [1, 2, None])


def test_an_iteration_reads_its_counters():
    body = multi("false").replace("=result", "=loopCounter + numberOfInstances")
    case = Case(compiled(body)).start(items=[5, 6])
    for number in rounds(case):
        complete(case, number)
    assert case.variables()["results"] == [3, 4]


def test_a_loop_goes_round_while_its_condition_holds():
    body = (
        '<startEvent id="s"/><userTask id="t"><standardLoopCharacteristics>'
        "<loopCondition>=x &lt; 3</loopCondition></standardLoopCharacteristics></userTask>"
        '<endEvent id="e"/>' + flow("s > t", "t > e")
    )
    case = Case(compiled(body)).start(x=0)
    for x in (1, 2, 3):
        complete(case, rounds(case)[0], x=x)
    assert case.ended == "completed"


INCLUSIVE = (
    '<startEvent id="s"/><inclusiveGateway id="f"/><inclusiveGateway id="j"/>'
    + user("a", "b", "c", "last")
    + '<endEvent id="e"/>'
    + flow("s > f", "f > a : =x > 0", "f > b : =x > 1", "f > c : =x > 2")
    + flow("a > j", "b > j", "c > j", "j > last", "last > e")
)


@pytest.mark.parametrize("most", [1, port.MOST_STEPS])
def test_an_inclusive_join_waits_for_the_branches_taken_and_no_others(most: int):
    case = Case(compiled(INCLUSIVE), most).start(x=2)
    case.complete("a")
    assert case.open == ["b"]
    case.complete("b")
    assert case.open == ["last"]


def test_a_gateway_without_a_way_out_is_an_incident_that_can_be_tried_again():
    case = Case(compiled(INCLUSIVE)).start(x=0)
    assert case.incidents == ["no_flow_taken"]
    case.give(port.SetVariables({"x": Decimal(1)}))
    raised = next(e for e in case.effects if isinstance(e, port.IncidentRaised))
    case.give(port.Retry(raised.incident))
    assert (case.incidents, case.open) == ([], ["a"])


def test_a_called_process_sees_copies_and_gives_its_variables_back():
    shared = (
        '<process id="called" isExecutable="true"><startEvent id="cs"/>'
        + user("inner")
        + '<endEvent id="ce"/>'
        + flow("cs > inner", "inner > ce")
        + "</process>"
    )
    body = (
        '<startEvent id="s"/><callActivity id="c"><extensionElements>'
        '<zeebe:calledElement processId="called" propagateAllChildVariables="true"/>'
        "</extensionElements></callActivity>"
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > c", "c > after", "after > e")
    )
    case = Case(compiled(body, shared)).start(x=1)
    case.complete("inner", x=2, y=3)
    assert (case.open, case.variables()) == (["after"], {"x": 2, "y": 3})


def test_a_lost_race_is_refused():
    case = Case(compiled(INCLUSIVE)).start(x=1)
    number = case.instance("a")
    case.complete("a")
    with pytest.raises(port.Refused, match="but it is gone"):
        case.give(port.CompleteTask(number))


def test_an_ad_hoc_sub_process_runs_what_a_person_chooses():
    body = (
        '<startEvent id="s"/><adHocSubProcess id="p">'
        + user("a", "b")
        + "<completionCondition>=enough = true</completionCondition></adHocSubProcess>"
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > p", "p > after", "after > e")
    )
    case = Case(compiled(body)).start(enough=False)
    case.give(port.ActivateElements(case.instance("p"), ("a",)))
    case.complete("a")
    assert case.open == ["p"]
    case.give(port.ActivateElements(case.instance("p"), ("a", "b")))
    case.complete("b", enough=True)
    assert case.open == ["after"]


def test_forty_forks_and_joins_in_a_row_start_at_once():
    parts, flows = '<startEvent id="s"/>', []
    before = "s"
    for n in range(40):
        parts += f'<parallelGateway id="f{n}"/><parallelGateway id="j{n}"/>'
        parts += f'<task id="a{n}"/><task id="b{n}"/>'
        flows += [
            f"{before} > f{n}",
            f"f{n} > a{n}",
            f"f{n} > b{n}",
            f"a{n} > j{n}",
            f"b{n} > j{n}",
        ]
        before = f"j{n}"
    body = parts + '<endEvent id="e"/>' + flow(*flows, f"{before} > e")
    case = Case(compiled(body)).start()
    assert case.ended == "completed"
    assert case.completed.count("j39") == 1


def test_a_process_that_never_saw_the_instance_goes_on_with_it():
    body = (
        '<startEvent id="s"/><subProcess id="p"><startEvent id="ps"/>'
        + user("in1", "in2")
        + '<endEvent id="pe"/>'
        + flow("ps > in1", "in1 > in2", "in2 > pe")
        + '</subProcess><endEvent id="e"/>'
        + flow("s > p", "p > e")
    )
    case = Case(compiled(body)).start()
    script = (
        "import json, sys\n"
        "from tests.core.engine.running import Case, compiled\n"
        "given = json.load(sys.stdin)\n"
        "case = Case(compiled(given['body']), state=given['state'])\n"
        "case.complete(given['task'])\n"
        "print(case.state)\n"
    )
    for task in ("in1", "in2"):
        given = json.dumps({"body": body, "state": case.state, "task": task})
        run = subprocess.run(
            [sys.executable, "-c", script], input=given, capture_output=True, text=True, check=True
        )
        case.state = run.stdout
    assert case.ended == "completed"


LOOP = (
    '<startEvent id="s"/><exclusiveGateway id="m"/>{0}<task id="b"/>'
    '<exclusiveGateway id="x" default="x_e"/><endEvent id="e"/>'
    + flow("s > m", "m > w", "w > b", "b > x", "x > m : =n &lt; 10000", "x > e")
)


def test_an_endless_loop_waits_for_the_next_move_and_never_hangs():
    body = LOOP.format('<task id="w"/>').replace("=n &lt; 10000", "=true")
    outcome = port.start(compiled(body), "main", {}, Case(compiled(body)).now, most=500)
    assert outcome.unfinished


def test_a_completion_among_a_thousand_parallel_rounds_stays_small():
    case = Case(compiled(multi("false"))).start(items=list(range(1000)))
    assert len(case.state) <= 100_000
    complete(case, rounds(case)[0], result=1)
    assert len(rounds(case)) == 999


def ad_hoc(inside: str) -> str:
    return (
        '<startEvent id="s"/><adHocSubProcess id="p"><extensionElements><zeebe:adHoc'
        ' activeElementsCollection="=[&quot;a&quot;,&quot;b&quot;]" outputCollection="found"'
        ' outputElement="=result"/></extensionElements>'
        f"{inside}</adHocSubProcess>"
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > p", "p > after", "after > e")
    )


def test_an_ad_hoc_sub_process_collects_what_its_last_activities_come_to():
    case = Case(compiled(ad_hoc(user("a", "b", "then") + flow("b > then")))).start()
    case.complete("b", result=1)
    case.complete("a", result=2)
    assert "found" not in case.variables()
    case.complete("then", result=3)
    assert (case.open, case.variables()["found"]) == (["after"], [2, 3])


def test_a_property_of_a_task_is_local_to_it():
    body = (
        '<startEvent id="s"/><userTask id="t"><property id="y" name="y"/></userTask>'
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > t", "t > after", "after > e")
    )
    case = Case(compiled(body)).start(y=1)
    case.complete("t", y=2)
    assert case.variables()["y"] == 1


def test_what_has_gone_out_does_not_go_out_again_when_what_follows_is_tried_again():
    body = (
        '<startEvent id="s"/><scriptTask id="t"><extensionElements><zeebe:script'
        ' expression="=n + 1" resultVariable="n"/></extensionElements>'
        + COLLECTION.format("true", "").replace("=result", "=n + late")
        + '</scriptTask><endEvent id="e"/>'
        + flow("s > t", "t > e")
    )
    case = Case(compiled(body)).start(items=[1], n=0)
    assert case.incidents == ["expression"]
    case.give(port.SetVariables({"n": Decimal(5), "late": Decimal(1)}))
    raised = next(e for e in case.effects if isinstance(e, port.IncidentRaised))
    case.give(port.Retry(raised.incident))
    # The round still sees its own result; the variable stays as it was set meanwhile.
    assert (case.ended, case.variables()["results"]) == ("completed", [2])
    assert case.variables()["n"] == 5


@pytest.mark.parametrize(
    ("active", "how"),
    [("[&quot;a&quot;, &quot;x&quot;]", ""), ("[&quot;a&quot;, &quot;b&quot;]", "Sequential")],
)
def test_activities_that_cannot_be_started_are_a_fault_of_the_diagram(active, how):
    body = (
        f'<startEvent id="s"/><adHocSubProcess id="p" ordering="{how}"><extensionElements>'
        f'<zeebe:adHoc activeElementsCollection="={active}"/></extensionElements>'
        + user("a", "b")
        + '</adHocSubProcess><endEvent id="e"/>'
        + flow("s > p", "p > e")
    )
    assert Case(compiled(body)).start().incidents == ["active_elements"]
