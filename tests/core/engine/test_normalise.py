"""What the explicit form of a model promises."""

import pytest

from service.core.engine import model as m
from service.core.engine.editing import drawn_id
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.scopes_of import Scope, scopes
from service.core.engine.validate import is_sound, validate

from .drawn import END, ESCALATION, MESSAGE, ON, START, between, extended, file, flows, script, sub


def explicit(data: bytes) -> m.Definitions:
    """The normalised model of a file, which must be sound."""
    model = read(data)
    findings = validate(model)
    assert is_sound(findings), findings
    done = normalise(model)
    assert normalise(done) == done
    for scope in scopes(done):
        has_one_form(scope)
    return done


def has_one_form(scope: Scope) -> None:
    """Only gateways have several flows or conditions; all begins and ends with events."""
    for node in scope.body.nodes:
        for flow in scope.incoming(node):
            assert flow.target == node.id
        if not isinstance(node, m.Gateway):
            assert len(node.incoming) <= 1
            assert len(node.outgoing) <= 1
            assert all(x.condition is None for x in scope.outgoing(node))
    if not isinstance(scope.container, m.AdHocSubProcess):
        assert any(isinstance(x, m.StartEvent) for x in scope.body.nodes)
        assert any(isinstance(x, m.EndEvent) for x in scope.body.nodes)


def paths(model: m.Definitions) -> set[str]:
    """The flows of the first process as `source target`."""
    return {f"{x.source} {x.target}" for x in model.processes[0].body.flows}


def condition(model: m.Definitions, source: str, target: str) -> str | None:
    for flow in model.processes[0].body.flows:
        if (flow.source, flow.target) == (source, target):
            return flow.condition.text if flow.condition else None
    raise AssertionError((source, target))


def kind(model: m.Definitions, name: str) -> str:
    return next(type(x).__name__ for x in model.processes[0].body.nodes if x.id == name)


def test_what_is_explicit_already_stays_as_it_is():
    model = read(between(script("a")))
    assert normalise(model) == model


def test_nodes_without_a_way_in_begin_at_once_where_there_is_no_start_event():
    model = explicit(file(script("a") + script("b") + END + flows("a end", "b end")))
    assert paths(model) == {
        "p:start p:fork",
        "p:fork a",
        "p:fork b",
        "a end:merge",
        "b end:merge",
        "end:merge end",
    }
    assert kind(model, "p:fork") == "ParallelGateway"


def test_a_token_without_a_way_on_comes_to_an_end_event():
    model = explicit(file(START + script("a") + flows("start a")))
    assert paths(model) == {"start a", "a a:end"}


def test_a_sub_process_gets_start_and_end_like_a_process():
    body = f'<subProcess id="a">{script("b")}</subProcess>'
    inner = explicit(between(body)).processes[0].body.nodes[1]
    assert isinstance(inner, m.SubProcess)
    assert [x.id for x in inner.body.nodes] == ["b", "a:start", "b:end"]


def test_several_flows_out_of_an_activity_are_a_fork():
    body = START + script("a") + script("b") + script("c") + flows("start a b", "a c")
    model = explicit(file(body))
    assert {"a a:fork", "a:fork b", "a:fork c"} <= paths(model)


def test_several_flows_out_of_an_event_are_a_fork():
    body = START + script("b") + script("c") + flows("start b", "start c")
    assert {"start start:fork", "start:fork b", "start:fork c"} <= paths(explicit(file(body)))


def test_a_condition_on_the_only_flow_of_an_activity_can_stop_the_token():
    model = explicit(file(START + script("a") + END + flows("start a", "a end if x > 1")))
    assert kind(model, "a:split") == "InclusiveGateway"
    assert condition(model, "a:split", "end") == "=x > 1"


def test_flows_without_a_condition_are_taken_beside_conditional_ones_and_their_default():
    nodes = START + script("a", attributes='default="a-d"') + "".join(map(script, "bcd"))
    model = explicit(file(nodes + flows("start a", "a b if x > 1", "a c", "a d")))
    assert {"a a:fork", "a:fork c", "a:fork a:split", "a:split b", "a:split d"} <= paths(model)
    split = next(x for x in model.processes[0].body.nodes if x.id == "a:split")
    assert isinstance(split, m.InclusiveGateway)
    assert split.default == "a-d"


def test_beside_a_flow_without_condition_no_condition_needs_to_hold():
    nodes = START + script("a") + script("b") + script("c")
    model = explicit(file(nodes + flows("start a", "a b if x > 1", "a c")))
    split = next(x for x in model.processes[0].body.nodes if x.id == "a:split")
    assert isinstance(split, m.InclusiveGateway)
    default = next(x for x in model.processes[0].body.flows if x.id == split.default)
    assert kind(model, default.target) == "EndEvent"


def test_a_missing_condition_at_a_deciding_gateway_is_true():
    gate = '<exclusiveGateway id="g"/>'
    body = START + gate + script("a") + script("b")
    model = explicit(file(body + flows("start g", "g a if x > 1", "g b")))
    assert condition(model, "g", "b") == "=true"


def test_conditions_behind_a_parallel_gateway_are_gone():
    gate = '<parallelGateway id="g"/>'
    body = START + gate + script("a") + script("b")
    model = explicit(file(body + flows("start g", "g a if x > 1", "g b")))
    assert condition(model, "g", "a") is None


def test_each_token_passes_where_flows_meet_at_an_activity():
    gate = '<parallelGateway id="g"/>'
    body = START + gate + script("a") + script("b") + script("c")
    model = explicit(file(body + flows("start g a c", "g b c")))
    assert {"a c:merge", "b c:merge", "c:merge c"} <= paths(model)
    assert kind(model, "c:merge") == "ExclusiveGateway"


def test_a_link_is_a_flow():
    link = '<linkEventDefinition name="L"/>'
    throw = f'<intermediateThrowEvent id="t">{link}</intermediateThrowEvent>'
    catch = f'<intermediateCatchEvent id="c">{link}</intermediateCatchEvent>'
    model = explicit(file(START + throw + catch + END + flows("start t", "c end")))
    assert paths(model) == {"start t", "t c", "c end"}
    assert kind(model, "c") == "IntermediateThrowEvent"


def test_a_receive_task_that_instantiates_follows_a_message_start_event():
    task = '<receiveTask id="a" messageRef="M" instantiate="true"/>'
    model = explicit(file(task + END + flows("a end")))
    assert paths(model) == {"a:start a", "a end"}
    assert (kind(model, "a:start"), kind(model, "a")) == ("StartEvent", "Task")


def test_an_event_gateway_that_instantiates_becomes_start_events():
    gate = '<eventBasedGateway id="g" instantiate="true"/>'
    root = MESSAGE + '<message id="N" name="n"/>'
    caught = f'<intermediateCatchEvent id="c">{ON["message"]}</intermediateCatchEvent>'
    other = caught.replace('"c"', '"d"').replace('"M"', '"N"')
    ways = END + flows("g c end", "g d end")
    model = explicit(file(gate + caught + other + ways, root=root))
    assert paths(model) == {"c end:merge", "d end:merge", "end:merge end"}
    assert (kind(model, "c"), kind(model, "d")) == ("StartEvent", "StartEvent")
    tasks = '<receiveTask id="c" messageRef="M"/><receiveTask id="d" messageRef="N"/>'
    model = explicit(file(gate + tasks + ways, root=root))
    assert {"c:start c", "d:start d"} <= paths(model)
    assert (kind(model, "c:start"), kind(model, "c")) == ("StartEvent", "Task")


def test_a_global_task_is_a_process_of_one_task():
    task = '<globalScriptTask id="g"><script>1</script></globalScriptTask>'
    model = explicit(between('<callActivity id="a" calledElement="g"/>', root=task))
    called = next(x for x in model.processes if x.id == "g")
    assert [type(x).__name__ for x in called.body.nodes] == ["StartEvent", "ScriptTask", "EndEvent"]
    assert model.global_tasks == ()
    call = next(x for x in model.processes[0].body.nodes if x.id == "a").extensions.called_element
    assert call is not None
    assert call.process_id.text == "g"


def test_where_only_an_expression_is_allowed_the_sign_is_put_before_it():
    loop = "<multiInstanceLoopCharacteristics><loopDataInputRef>people</loopDataInputRef>"
    loop += "<completionCondition>x > 1</completionCondition></multiInstanceLoopCharacteristics>"
    apart = extended('<d:separation recuse="people"/>')
    body = f'<userTask id="a">{apart}{loop}</userTask>'
    event = f'<intermediateCatchEvent id="c">{ON["conditional"]}</intermediateCatchEvent>'
    model = explicit(file(START + body + event + END + flows("start a c end")))
    nodes = model.processes[0].body.nodes
    task, caught = nodes[1], nodes[2]
    assert isinstance(task, m.UserTask)
    assert isinstance(task.loop, m.MultiInstance)
    assert isinstance(caught, m.IntermediateCatchEvent)
    separation, condition = task.extensions.separation, caught.definitions[0]
    assert separation is not None
    assert isinstance(condition, m.ConditionalEvent)
    texts = (
        task.loop.input_collection,
        task.loop.completion_condition,
        separation.recuse,
        condition.condition,
    )
    assert [x.text for x in texts if x] == ["=people", "=x > 1", "=people", "=x = 1"]


def test_an_ad_hoc_sub_process_keeps_its_loose_activities():
    body = f'<adHocSubProcess id="a">{script("b")}{script("c")}</adHocSubProcess>'
    inner = explicit(between(body)).processes[0].body.nodes[1]
    assert isinstance(inner, m.AdHocSubProcess)
    assert [x.id for x in inner.body.nodes] == ["b", "c"]


def test_handlers_of_compensation_stay_outside_the_flow():
    body = (
        START
        + script("a")
        + f'<boundaryEvent id="b" attachedToRef="a">{ON["compensation"]}</boundaryEvent>'
        + script("h", attributes='isForCompensation="true"')
        + '<association id="s" sourceRef="b" targetRef="h"/>'
        + END
        + flows("start a end")
    )
    assert paths(explicit(file(body))) == {"start a", "a end"}


@pytest.mark.parametrize(
    ("lanes", "group"),
    [
        ('<lane id="l">{duty}<flowNodeRef>{node}</flowNodeRef></lane>', "clerk"),
        ('<lane id="l"><flowNodeRef>{node}</flowNodeRef></lane>', None),
        (
            '<lane id="l">{duty}<flowNodeRef>{node}</flowNodeRef><childLaneSet id="i">'
            '<lane id="k"><flowNodeRef>{node}</flowNodeRef></lane></childLaneSet></lane>',
            "clerk",
        ),
    ],
)
@pytest.mark.parametrize("node", ["a", "u"])
def test_user_tasks_without_an_assignment_go_to_the_duty_of_their_lane(lanes, group, node):
    duty = extended('<d:duty id="clerk"/>')
    task = f'<subProcess id="a"><userTask id="u"/></subProcess>{END}'
    drawn = lanes.replace("{duty}", duty).replace("{node}", node)
    body = f'<laneSet id="ls">{drawn}</laneSet>{START}{task}{flows("start a end")}'
    model = explicit(file(body))
    users = [x for s in scopes(model) for x in s.body.nodes if isinstance(x, m.UserTask)]
    found = users[0].extensions.assignment.candidate_groups
    assert (found.text if found else None) == group


def test_an_event_sub_process_has_no_flows_and_an_explicit_inside():
    start = f'<startEvent id="es">{ON["escalation"]}</startEvent>'
    event = f'<subProcess id="ev" triggeredByEvent="true">{start}</subProcess>'
    model = explicit(file(START + event + END + flows("start end"), root=ESCALATION))
    inner = next(x for x in model.processes[0].body.nodes if x.id == "ev")
    assert isinstance(inner, m.EventSubProcess)
    assert (inner.incoming, inner.outgoing) == ((), ())
    assert [x.id for x in inner.body.nodes] == ["es", "es:end"]


def test_added_elements_name_the_drawn_one_that_they_stand_for():
    body = START + script("a") + sub("s") + flows("start a s", "a s if x > 1")
    model = explicit(file(body.replace('"a-s"', '"again"', 1)))
    drawn = {"start", "a", "s", "p"}
    for scope in scopes(model)[:1]:
        assert {drawn_id(x.id) for x in scope.body.nodes} <= drawn


def test_only_executable_processes_are_left():
    other = '<process id="drawn" isExecutable="false"><task id="t"/></process>'
    model = explicit(between(script("a"), root=other))
    assert [x.id for x in model.processes] == ["p"]
