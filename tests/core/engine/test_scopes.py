"""Variables and mappings as Camunda 8 has them (architecture, decision 7)."""

from decimal import Decimal
from typing import Any

import pytest

from service.core.engine.scopes import Scopes
from service.core.engine.state import ElementInstance, State, UnknownVersion, dump, load

from .running import Case, compiled, flow, user

FORK = (
    '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/>'
    + user("a", "b", "last")
    + '<endEvent id="e"/>'
    + flow("s > fork", "fork > a", "fork > b", "a > join", "b > join", "join > last", "last > e")
)


def tree() -> State:
    state = State("main", "x", 3)
    for number in (1, 2, 3):
        state.instances[number] = ElementInstance(number, f"n{number}", number - 1)
    return state


def test_a_result_goes_to_the_nearest_scope_that_has_the_name():
    scopes = Scopes(state := tree())
    scopes.set_local(2, "x", Decimal(1))
    scopes.merge(3, {"x": Decimal(2)})
    assert (state.instances[2].variables, state.instances[1].variables) == ({"x": 2}, {})


def test_a_result_that_no_scope_knows_goes_to_the_outermost_one():
    scopes = Scopes(state := tree())
    scopes.merge(3, {"x": Decimal(2)})
    assert state.instances[1].variables == {"x": 2}


def test_an_inner_variable_hides_the_outer_one():
    scopes = Scopes(tree())
    scopes.set_local(1, "x", "outer")
    scopes.set_local(3, "x", "inner")
    assert scopes.view(3)["x"] == "inner"
    assert scopes.view(2)["x"] == "outer"


def test_nothing_is_seen_beyond_a_called_process():
    scopes = Scopes(tree(), frozenset(["n2"]))
    scopes.set_local(1, "x", "outer")
    assert "x" not in scopes.view(3)


def test_a_variable_of_any_name_and_any_keys_is_just_data():
    scopes = Scopes(state := tree())
    odd = {"typename": "x", "__builtins__": None, "$date": "no date"}
    scopes.set_local(1, "initiator", odd)
    again = Scopes(load(dump(state)))
    assert again.view(3)["initiator"] == odd


def test_parallel_branches_never_lose_an_update():
    case = Case(compiled(FORK)).start(x=0, y=0)
    case.complete("a", x=1)
    case.complete("b", y=2)
    assert case.variables() == {"x": 1, "y": 2}


def test_what_is_written_in_one_branch_is_seen_in_the_other_at_once():
    case = Case(compiled(FORK)).start(x=0)
    case.complete("a", x=1)
    assert case.variables()["x"] == 1
    case.complete("b")
    case.complete("last")
    assert case.ended == "completed"
    assert case.variables()["x"] == 1


def mapped(inputs: str, outputs: str) -> str:
    lines = "".join(f'<zeebe:input source="{s}" target="{t}"/>' for s, t in pairs(inputs))
    lines += "".join(f'<zeebe:output source="{s}" target="{t}"/>' for s, t in pairs(outputs))
    return (
        '<startEvent id="s"/><userTask id="t"><extensionElements><zeebe:ioMapping>'
        f"{lines}</zeebe:ioMapping></extensionElements></userTask>"
        + user("after")
        + '<endEvent id="e"/>'
        + flow("s > t", "t > after", "after > e")
    )


def pairs(text: str) -> list[list[str]]:
    return [each.split(" as ") for each in text.split("; ") if each]


def test_an_input_mapping_makes_a_local_variable_that_leaves_with_its_element():
    case = Case(compiled(mapped("=x + 1 as local", ""))).start(x=1)
    case.complete("t", local=9)
    assert case.variables() == {"x": 1}


def test_with_output_mappings_nothing_else_goes_out():
    case = Case(compiled(mapped("", "=found * 2 as result"))).start()
    case.complete("t", found=4, secret=1)
    assert case.variables() == {"result": 8}


def test_without_output_mappings_every_result_goes_out():
    case = Case(compiled(mapped("", ""))).start()
    case.complete("t", found=4)
    assert case.variables() == {"found": 4}


def test_what_a_terminating_end_gives_out_is_seen_around_its_scope():
    told = (
        '<extensionElements><zeebe:ioMapping><zeebe:output source="lapsed" target="outcome"/>'
        "</zeebe:ioMapping></extensionElements>"
    )
    inside = (
        '<startEvent id="ps"/><parallelGateway id="f"/>'
        + user("work", "other")
        + f'<endEvent id="pe">{told}<terminateEventDefinition id="t"/></endEvent>'
        + '<endEvent id="pe2"/>'
        + flow("ps > f", "f > work", "f > other", "work > pe", "other > pe2")
    )
    around = f'<startEvent id="s"/><subProcess id="sub">{inside}</subProcess>' + user("after")
    case = Case(
        compiled(around + '<endEvent id="e"/>' + flow("s > sub", "sub > after", "after > e"))
    )
    case.start()
    case.complete("work")
    assert (case.open, case.variables()) == (["after"], {"outcome": "lapsed"})


def test_a_later_mapping_sees_what_an_earlier_one_gave():
    case = Case(compiled(mapped("=2 as a; =a * 3 as b", "=b as out"))).start()
    case.complete("t")
    assert case.variables() == {"out": 6}


def test_a_mapping_to_a_path_keeps_the_rest_of_the_context():
    case = Case(compiled(mapped("", "=n as post.count"))).start(post={"name": "主任"})
    case.complete("t", n=3)
    assert case.variables() == {"post": {"name": "主任", "count": 3}}


def test_a_mapping_without_a_value_is_an_incident_that_can_be_tried_again():
    from service.core.engine import port

    case = Case(compiled(mapped("=missing + 1 as a", ""))).start()
    assert case.incidents == ["expression"]
    case.give(port.SetVariables({"missing": Decimal(1)}))
    raised = [e for e in case.effects if isinstance(e, port.IncidentRaised)]
    case.give(port.Retry(raised[0].incident))
    assert (case.incidents, case.open) == ([], ["t"])


def test_a_state_of_an_unknown_version_is_refused():
    with pytest.raises(UnknownVersion, match="Expected a state of version 2, but got 1"):
        load(dump(tree()) | {"v": 1})


def test_a_variable_hides_a_built_in_function_of_its_name():
    case = Case(compiled(mapped("", "=number + count as sum"))).start(number=2)
    case.complete("t", count=3)
    assert case.variables() == {"number": 2, "sum": 5}


ODD = ("typename", "__builtins__", "__class__", "initiator", "id", "$context", "phase", "")


def test_names_that_mean_something_to_others_are_just_names_of_a_user():
    data: dict[str, Any] = {key: {key: "mine"} for key in ODD}
    data |= {"$date": "2026-01-31", "list": [{"typename": "x"}]}
    given: dict[str, Any] = {
        "typename": "x",
        "__builtins__": None,
        "initiator": "nobody",
        "data": data,
    }
    case = Case(
        compiled(
            '<startEvent id="s"/><exclusiveGateway id="g" default="g_b"/>'
            + user("a", "b", "c")
            + '<endEvent id="e"/>'
            + flow("s > a", "a > g", 'g > c : typename = "y" and initiator = "nobody"')
            + flow("g > b", "b > e", "c > e")
        ),
        most=1,
    )
    case.start(**given)
    case.complete("a", typename="y", answer=data)
    case.complete("c")
    assert case.ended == "completed"
    assert case.variables() == given | {"typename": "y", "answer": data}


def test_two_scripts_that_count_at_the_same_time_are_both_counted():
    script = (
        '<scriptTask id="{}"><extensionElements><zeebe:script expression="=n + 1"'
        ' resultVariable="n"/></extensionElements></scriptTask>'
    )
    case = Case(
        compiled(
            '<startEvent id="s"/><parallelGateway id="fork"/><parallelGateway id="join"/>'
            + script.format("a")
            + script.format("b")
            + '<endEvent id="e"/>'
            + flow("s > fork", "fork > a", "fork > b", "a > join", "b > join", "join > e")
        )
    )
    case.start(n=0)
    assert case.variables() == {"n": 2}
