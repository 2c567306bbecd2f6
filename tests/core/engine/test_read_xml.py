"""What the reader of BPMN files promises."""

from typing import Any

import pytest

from service.core.engine import model as m
from service.core.engine.read_xml import read
from service.core.safe_xml import Refusal

from .drawn import (
    END,
    ON,
    START,
    between,
    extended,
    file,
    flows,
    model_of,
    node,
    only,
    script,
    sub,
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<definitions", "well-formed"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "DTD"),
        (b"<a>" * 200 + b"</a>" * 200, "deep"),
        (b"<html/>", "definitions of BPMN 2.0"),
        (b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>', "definitions"),
    ],
)
def test_a_hostile_or_foreign_file_costs_a_refusal(data, says):
    with pytest.raises(Refusal) as refusal:
        read(data)
    assert says in refusal.value.message
    assert refusal.value.message_zh


def test_every_element_knows_its_id_name_and_line():
    model = model_of(between('<userTask id="a" name="审核"/>'))
    task = node(model, "a")
    assert (task.id, task.name) == ("a", "审核")
    lines = between('<userTask id="a" name="审核"/>').decode().splitlines()
    assert '<userTask id="a"' in lines[task.line - 1]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("task", m.Task),
        ("userTask", m.UserTask),
        ("manualTask", m.ManualTask),
        ("serviceTask", m.ServiceTask),
        ("scriptTask", m.ScriptTask),
        ("sendTask", m.SendTask),
        ("receiveTask", m.ReceiveTask),
        ("businessRuleTask", m.BusinessRuleTask),
        ("callActivity", m.CallActivity),
        ("exclusiveGateway", m.ExclusiveGateway),
        ("inclusiveGateway", m.InclusiveGateway),
        ("parallelGateway", m.ParallelGateway),
        ("complexGateway", m.ComplexGateway),
        ("eventBasedGateway", m.EventBasedGateway),
        ("intermediateCatchEvent", m.IntermediateCatchEvent),
        ("intermediateThrowEvent", m.IntermediateThrowEvent),
        ("subProcess", m.SubProcess),
        ("transaction", m.Transaction),
        ("adHocSubProcess", m.AdHocSubProcess),
    ],
)
def test_every_flow_node_of_the_standard_has_its_record(tag, kind):
    found = node(model_of(between(f'<{tag} id="a"/>')), "a")
    assert type(found) is kind
    assert (found.incoming, found.outgoing) == (("start-a",), ("a-end",))


def test_a_sub_process_triggered_by_an_event_is_an_event_sub_process():
    body = sub("a", attributes='triggeredByEvent="true"')
    assert type(node(model_of(file(body)), "a")) is m.EventSubProcess
    plain = sub("a", attributes='triggeredByEvent="false"')
    assert type(node(model_of(file(plain)), "a")) is m.SubProcess


def test_sub_processes_are_read_however_deep_the_file_may_nest():
    body = "".join(f'<subProcess id="s{i}">' for i in range(97)) + "</subProcess>" * 97
    inner: Any = model_of(file(body)).processes[0].body
    depth = 0
    while inner.nodes:
        inner, depth = inner.nodes[0].body, depth + 1
    assert depth == 97


def test_the_definitions_of_an_event_keep_their_order():
    body = f'<endEvent id="a">{ON["message"]}{ON["signal"]}</endEvent>'
    found = node(model_of(file(body)), "a").definitions
    assert [type(x).__name__ for x in found] == ["MessageEvent", "SignalEvent"]
    assert found[0].message == "M"


def test_an_event_takes_the_definition_it_refers_to():
    event = '<endEvent id="a"><eventDefinitionRef>t:D</eventDefinitionRef></endEvent>'
    shared = '<timerEventDefinition id="D"><timeDate>2030-01-01</timeDate></timerEventDefinition>'
    found = node(model_of(between(event, root=shared)), "a").definitions[0]
    assert (found.kind, found.value.text) == ("date", "2030-01-01")


def test_a_reference_to_a_missing_event_definition_is_a_finding():
    event = '<endEvent id="a"><eventDefinitionRef>D</eventDefinitionRef></endEvent>'
    finding = only(read(file(event)).findings)
    assert (finding.rule, finding.element) == ("missing_reference", "a")


@pytest.mark.parametrize(
    "element",
    [
        '<userTask id="a" isFast="true"/>',
        '<userTask id="a"><dance/></userTask>',
        '<userTask id="a"><potentialOwner/></userTask>',
        '<userTask id="a" startQuantity="0"/>',
        '<userTask id="a" isForCompensation="maybe"/>',
        '<userTask id="a" camunda:assignee="me"/>',
        f'<userTask id="a">{extended("<camunda:formData/>")}</userTask>',
        f'<userTask id="a">{extended("<zeebe:magic/>")}</userTask>',
        f'<userTask id="a">{extended("<zeebe:taskListeners/>")}</userTask>',
        f'<userTask id="a">{extended("<zeebe:executionListeners/>")}</userTask>',
        f'<userTask id="a">{extended("<d:magic/>")}</userTask>',
        f'<userTask id="a">{extended("<d:deadline/>")}</userTask>',
        f'<userTask id="a">{extended("<zeebe:userTask><x/></zeebe:userTask>")}</userTask>',
        '<userTask id="a"><zeebe:userTask/></userTask>',
    ],
)
def test_what_means_something_and_is_not_read_is_an_error_at_its_element(element):
    finding = only(read(between(element)).findings)
    assert finding.severity == "error"
    assert finding.element == "a"
    assert finding.line > 1
    assert finding.message.startswith("Expected")
    assert any("\u4e00" <= c <= "\u9fff" for c in finding.message_zh)


def test_extensions_of_others_are_kept_as_warnings():
    element = f'<userTask id="a">{extended("<other:thing/>")}</userTask>'
    model = read(between(element))
    finding = only(model.findings)
    assert (finding.rule, finding.severity) == ("foreign_extension", "warning")
    assert node(model, "a").extensions.unknown[0].namespace == "urn:other"


def test_flows_listed_wrongly_in_a_node_are_a_warning():
    element = '<userTask id="a"><incoming>nonsense</incoming></userTask>'
    finding = only(read(between(element)).findings)
    assert (finding.rule, finding.severity) == ("flows_differ", "warning")


def test_extensions_of_camunda_8_are_typed_fields():
    element = f"""<userTask id="a">{
        extended(
            '<zeebe:ioMapping><zeebe:input source="=1" target="x"/>'
            '<zeebe:output source="=x" target="y.z"/></zeebe:ioMapping>',
            '<zeebe:assignmentDefinition assignee="=who" candidateGroups="clerk"/>',
            '<zeebe:formDefinition formId="request" bindingType="deployment"/>',
            '<zeebe:taskSchedule dueDate="=due" followUpDate="=later"/>',
            '<zeebe:priorityDefinition priority="70"/>',
            '<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>',
            '<zeebe:properties><zeebe:property name="n" value="w"/></zeebe:properties>',
            "<zeebe:userTask/>",
        )
    }</userTask>"""
    found = node(model_of(between(element)), "a").extensions
    assert found.io.inputs[0].source.text == "=1"
    assert found.io.outputs[0].target == "y.z"
    assert found.assignment.assignee.text == "=who"
    assert (found.form.form_id.text, found.form.binding.kind) == ("request", "deployment")
    assert (found.due_date.text, found.follow_up_date.text) == ("=due", "=later")
    assert found.priority.text == "70"
    assert found.headers == (("k", "v"),)
    assert found.properties == (("n", "w"),)
    assert found.is_zeebe_user_task


def test_our_own_extensions_are_typed_fields():
    element = f"""<userTask id="a">{
        extended(
            '<d:deadline days="5" clock="review" start="=received" remind="3 1"/>',
            '<d:actions><d:action id="agree" name="同意"/>'
            '<d:action id="return" name="退回" comment="required" form="skipped"/></d:actions>',
            '<d:countersign rule="ratio" ratio="=2/3" veto="true" quorum="5"'
            ' abstention="ignored" weight="=w" resultVariable="vote"/>',
            '<d:separation elements="draft check" recuse="=relatives"/>',
        )
    }</userTask>"""
    found = node(model_of(between(element)), "a").extensions
    assert (found.deadline.days.text, found.deadline.clock) == ("5", "review")
    assert found.deadline.remind == (3, 1)
    assert [(x.id, x.needs_comment, x.skips_form) for x in found.actions] == [
        ("agree", False, False),
        ("return", True, True),
    ]
    assert (found.countersign.rule, found.countersign.veto) == ("ratio", True)
    assert found.separation.elements == ("draft", "check")


def test_a_multi_instance_says_its_collections_in_either_way():
    zeebe = extended(
        '<zeebe:loopCharacteristics inputCollection="=people" inputElement="person" '
        'outputCollection="votes" outputElement="=vote"/>'
    )
    bpmn = (
        "<loopDataInputRef>people</loopDataInputRef><loopDataOutputRef>votes</loopDataOutputRef>"
        '<inputDataItem id="person"/><outputDataItem id="vote"/>'
    )
    for inner in (zeebe, bpmn):
        loop = f"<multiInstanceLoopCharacteristics>{inner}</multiInstanceLoopCharacteristics>"
        found = node(model_of(between(f'<userTask id="a">{loop}</userTask>')), "a").loop
        assert found.input_collection.text.lstrip("=") == "people"
        assert (found.input_element, found.output_collection) == ("person", "votes")
        assert found.output_element.text.lstrip("=") == "vote"


def test_global_tasks_lanes_data_and_messages_are_read():
    lanes = '<laneSet id="l"><lane id="l1" name="处室"><childLaneSet id="c"><lane id="l2">'
    lanes += extended('<d:duty id="clerk"/>') + "<flowNodeRef>a</flowNodeRef></lane></childLaneSet>"
    data = '<dataObject id="o" name="file"/><dataObjectReference id="r" dataObjectRef="o"/>'
    call = '<globalScriptTask id="g"><script>1</script></globalScriptTask>'
    body = f"{lanes}</lane></laneSet>{data}{START}{script('a')}{END}{flows('start a end')}"
    model = model_of(file(body, root=call + '<message id="M" name="=m"/>'))
    assert model.global_tasks[0].id == "g"
    title = model.messages[0].title
    assert title is not None
    assert title.text == "=m"
    process = model.processes[0].body
    assert process.lanes[0].lanes[0].duty == "clerk"
    assert process.data_objects[0].variable == "file"
