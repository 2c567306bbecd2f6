"""Extensions stand where they work, and what they name must be there."""

import pytest

from service.core.engine.findings import ERROR
from service.core.engine.known import CommandFields, Known
from service.core.engine.read_xml import read
from service.core.engine.validate import FINDINGS_MAX, validate

from .drawn import END, ON, START, between, extended, file, flows, only, script, sub
from .judged import errors, warnings
from .shapes import CYCLE, catch, with_extensions

PAY = '<zeebe:taskDefinition type="pay"/>'
LOOP = (
    "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    "</multiInstanceLoopCharacteristics>"
)


@pytest.mark.parametrize(
    ("tag", "extension"),
    [
        ("userTask", PAY),
        ("task", PAY),
        ("exclusiveGateway", PAY),
        ("serviceTask", '<zeebe:assignmentDefinition assignee="x"/>'),
        ("serviceTask", '<zeebe:formDefinition formId="x"/>'),
        ("serviceTask", "<zeebe:userTask/>"),
        ("userTask", '<zeebe:script expression="=1" resultVariable="r"/>'),
        ("userTask", '<zeebe:calledDecision decisionId="x" resultVariable="r"/>'),
        ("userTask", '<zeebe:calledElement processId="p"/>'),
        ("userTask", '<zeebe:subscription correlationKey="=x"/>'),
        ("userTask", '<zeebe:publishMessage correlationKey="x"/>'),
        ("userTask", '<zeebe:versionTag value="1"/>'),
        ("userTask", '<zeebe:adHoc activeElementsCollection="=x"/>'),
        ("userTask", '<zeebe:conditionalFilter variableNames="x"/>'),
        ("userTask", '<zeebe:loopCharacteristics inputCollection="=x"/>'),
        ("userTask", '<d:duty id="x"/>'),
        ("serviceTask", '<d:deadline days="1"/>'),
        ("serviceTask", '<d:actions><d:action id="x" name="y"/></d:actions>'),
        ("serviceTask", '<d:countersign rule="all"/>'),
        ("serviceTask", '<d:separation elements="a"/>'),
        (
            "inclusiveGateway",
            '<zeebe:ioMapping><zeebe:input source="x" target="y"/></zeebe:ioMapping>',
        ),
    ],
)
def test_an_extension_where_it_would_have_no_effect_is_refused(tag, extension):
    assert errors(between(with_extensions(tag, extension)))["misplaced_extension"] == "a"


@pytest.mark.parametrize(
    ("extensions", "rule"),
    [
        (
            ['<d:deadline days="1"/>', '<zeebe:taskSchedule dueDate="2030-01-01"/>'],
            "extension_conflict",
        ),
        (['<d:deadline days="0"/>'], "bad_value"),
        (['<d:deadline days="1.5"/>'], "bad_value"),
        (['<d:deadline days="soon"/>'], "bad_value"),
        (['<d:deadline days="=1 +"/>'], "expression_syntax"),
        (['<d:deadline days="1" remind="x"/>'], "bad_value"),
        (['<zeebe:priorityDefinition priority="101"/>'], "bad_value"),
        (['<zeebe:taskSchedule dueDate="tomorrow"/>'], "bad_timer"),
        (['<zeebe:formDefinition formId="f" bindingType="versionTag"/>'], "extension_conflict"),
        (['<zeebe:formDefinition formId="f" bindingType="best"/>'], "bad_value"),
        (['<zeebe:formDefinition bindingType="latest"/>'], "missing_attribute"),
        (
            ['<d:actions><d:action id="x" name="y"/><d:action id="x" name="z"/></d:actions>'],
            "extension_conflict",
        ),
        (['<d:actions><d:action id="x"/></d:actions>'], "missing_attribute"),
        (["<d:separation/>"], "missing_attribute"),
        (['<d:separation elements="nobody"/>'], "unknown_user_task"),
        (['<d:countersign rule="most"/>'], "bad_value"),
        (['<d:countersign rule="ratio"/>'], "extension_conflict"),
        (['<d:countersign rule="all" ratio="0.5"/>'], "extension_conflict"),
        (['<d:countersign rule="ratio" ratio="2"/>'], "bad_value"),
        (['<d:countersign rule="all" resultVariable="a b"/>'], "bad_name"),
        (["<zeebe:userTask/>", "<zeebe:userTask/>"], "more_than_one"),
        (
            ['<zeebe:ioMapping><zeebe:output source="=1" target="a b"/></zeebe:ioMapping>'],
            "bad_name",
        ),
        (['<zeebe:ioMapping><zeebe:output target="a"/></zeebe:ioMapping>'], "missing_attribute"),
    ],
)
def test_extensions_that_make_no_sense_are_refused(extensions, rule):
    task = with_extensions("userTask", *extensions, inner=LOOP)
    assert errors(between(task)).get(rule) == "a"


VOTES = '<d:actions><d:action id="agree" name="y"/><d:action id="oppose" name="n"/>{}</d:actions>'


def test_votes_are_counted_in_multi_instances_only():
    task = with_extensions("userTask", '<d:countersign rule="all"/>', VOTES.format(""))
    assert errors(between(task)) == {"extension_conflict": "a"}


@pytest.mark.parametrize(
    ("more", "abstention", "wrong"),
    [
        ("", "counts", False),
        ('<d:action id="abstain" name="a"/>', "counts", False),
        ('<d:action id="abstain" name="a"/>', "refused", True),
        ('<d:action id="later" name="l"/>', "counts", True),
    ],
)
def test_a_countersigned_task_declares_its_votes(more, abstention, wrong):
    sign = f'<d:countersign rule="all" abstention="{abstention}"/>'
    task = with_extensions("userTask", sign, VOTES.format(more), inner=LOOP)
    assert errors(between(task)) == ({"countersign_votes": "a"} if wrong else {})
    assert errors(between(with_extensions("userTask", sign, inner=LOOP))) == {
        "countersign_votes": "a"
    }


def test_an_event_that_waits_has_no_input_mapping():
    mapping = '<zeebe:ioMapping><zeebe:input source="x" target="y"/></zeebe:ioMapping>'
    event = catch(extended(mapping) + '<signalEventDefinition signalRef="S"/>')
    assert errors(between(event)) == {"extension_conflict": "a"}


def command(inputs: str, kind: str = "quota.reserve_posts") -> bytes:
    mapping = f"<zeebe:ioMapping>{inputs}</zeebe:ioMapping>"
    return between(
        with_extensions("serviceTask", f'<zeebe:taskDefinition type="{kind}"/>', mapping)
    )


def test_a_task_that_names_a_feature_must_be_a_command_with_its_fields():
    fields = CommandFields(frozenset({"body", "count"}), frozenset({"body"}))
    known = Known(features=frozenset({"quota"}), commands={"quota.reserve_posts": fields})
    body = '<zeebe:input source="=x" target="body.id"/>'
    assert errors(command(body), known) == {}
    assert errors(command(body, "quota.fly"), known) == {"unknown_command": "a"}
    assert errors(command(body, "elsewhere.fly"), known) == {}
    other = '<zeebe:input source="=x" target="colour"/>'
    assert errors(command(body + other), known) == {"command_fields": "a"}
    count = '<zeebe:input source="=x" target="count"/>'
    assert errors(command(count), known) == {"command_fields": "a"}


@pytest.mark.parametrize(
    ("tag", "extension", "rule"),
    [
        (
            "userTask",
            '<zeebe:formDefinition formId="{}" bindingType="deployment"/>',
            "unknown_form",
        ),
        (
            "businessRuleTask",
            '<zeebe:calledDecision decisionId="{}" resultVariable="r" bindingType="latest"/>',
            "unknown_decision",
        ),
        ("userTask", '<zeebe:assignmentDefinition candidateGroups="there, {}"/>', "unknown_duty"),
        (
            "callActivity",
            '<zeebe:calledElement processId="{}" bindingType="latest"/>',
            "unknown_process",
        ),
    ],
)
def test_what_is_named_outside_the_file_must_be_there(tag, extension, rule):
    there = frozenset({"there"})
    known = Known(processes=there, forms=there, decisions=there, duties=there)
    assert errors(between(with_extensions(tag, extension.format("there"))), known) == {}
    assert errors(between(with_extensions(tag, extension.format("nowhere"))), known) == {rule: "a"}
    assert errors(between(with_extensions(tag, extension.format("=x"))), known) in ({}, {rule: "a"})


def test_the_duty_of_a_lane_must_be_there():
    lane = '<lane id="l">' + extended('<d:duty id="clerk"/>') + "</lane>"
    data = file(f'<laneSet id="ls">{lane}</laneSet>' + START + END + flows("start end"))
    assert errors(data, Known(duties=frozenset({"clerk"}))) == {}
    assert errors(data, Known(duties=frozenset())) == {"unknown_duty": "l"}


def test_what_runs_in_a_way_one_may_not_expect_is_a_warning():
    unbound = '<zeebe:calledDecision decisionId="d" resultVariable="r"/>'
    cases = {
        "binding_unsaid": between(with_extensions("businessRuleTask", unbound)),
        "correlation_unsaid": between(
            catch('<messageEventDefinition messageRef="N"/>'), root='<message id="N" name="n"/>'
        ),
        "repeating_timer": between(catch(CYCLE)),
        "executable_unsaid": file(START + END + flows("start end"), attributes=""),
        "data_store": between(
            '<dataStoreReference id="r"/>'
            + script(
                "a",
                '<dataOutputAssociation id="o"><targetRef>r</targetRef></dataOutputAssociation>',
            )
        ),
        "data_inputs": between(
            script(
                "a", '<ioSpecification><dataInput id="i"/><inputSet/><outputSet/></ioSpecification>'
            )
        ),
        "condition_ignored": file(
            START
            + '<parallelGateway id="g"/>'
            + script("a")
            + script("b")
            + flows("start g a if x", "g b").replace("start-g", "s-g")
        ),
        "drawn_only": between(script("a"), root='<process id="q" isExecutable="false"/>'),
    }
    for rule, data in cases.items():
        assert warnings(data) == {rule}


STATE = '<dataState name="signed"/>'


@pytest.mark.parametrize(
    ("element", "name", "owner"),
    [
        ('<userTask id="a" implementation="http://t"/>', "implementation", "a"),
        ('<receiveTask id="a" messageRef="M" operationRef="o"/>', "operationRef", "a"),
        ('<sendTask id="a" messageRef="M" implementation="x"/>', "implementation", "a"),
        (
            catch(
                ON["message"].replace(
                    "/>", "><operationRef>o</operationRef></messageEventDefinition>"
                )
            ),
            "operationRef",
            "a",
        ),
        (
            f'<userTask id="a"><property id="y" name="y">{STATE}</property></userTask>',
            "dataState",
            "a",
        ),
        (f'<userTask id="a"/><dataObject id="o">{STATE}</dataObject>', "dataState", "o"),
        (sub("a", tag="transaction", attributes='protocol="p"'), "protocol", "a"),
    ],
)
def test_what_is_read_and_has_no_effect_is_a_warning_at_its_element(element, name, owner):
    found = only(validate(read(between(element))))
    assert (found.rule, found.severity, found.element) == ("no_effect", "warning", owner)
    assert name in found.message
    assert name in found.message_zh


def test_the_values_that_bpmn_takes_where_nothing_is_said_are_no_finding():
    assert validate(read(between('<userTask id="a" implementation="##unspecified"/>'))) == ()
    assert (
        validate(read(between(sub("a", tag="transaction", attributes='method="##Compensate"'))))
        == ()
    )


def test_a_join_that_is_never_full_is_only_a_warning_where_that_is_asked_for():
    nodes = '<exclusiveGateway id="g"/><parallelGateway id="j"/>' + script("a") + script("b")
    data = file(
        START
        + nodes
        + END
        + flows("start g a j", "g b j", "j end")
        .replace('<sequenceFlow id="g-a"', '<sequenceFlow name="x" id="g-a"')
        .replace(
            'sourceRef="g" targetRef="a">',
            'sourceRef="g" targetRef="a"><conditionExpression>x</conditionExpression>',
        )
    )
    assert errors(data) == {"join_never_full": "j"}
    assert errors(data, Known(full_joins=False)) == {}


def test_a_join_is_left_alone_wherever_something_before_it_makes_several_tokens():
    join = '<parallelGateway id="j"/>' + END + flows("j end")
    for before in (
        '<parallelGateway id="g"/>' + script("a") + script("b") + flows("start g a j", "g b j"),
        script("a") + script("b") + flows("start a j", "start b j"),
        script("a", attributes='completionQuantity="2"')
        + '<exclusiveGateway id="g" default="g-b"/>'
        + script("b")
        + flows("start a g", "g j if x", "g b j"),
        '<userTask id="a"/><boundaryEvent id="t" attachedToRef="a" cancelActivity="false">'
        '<signalEventDefinition signalRef="S"/></boundaryEvent>' + flows("start a j", "t j"),
        '<parallelGateway id="g"/>'
        + script("a")
        + script("b")
        + '<exclusiveGateway id="x" default="x-b"/>'
        + flows("start g x", "g x a j if y", "x b j"),
    ):
        assert "join_never_full" not in errors(file(START + before + join))


def test_a_file_full_of_faults_keeps_the_errors_and_stays_short():
    tasks = "".join(f'<serviceTask id="t{i}"/>' for i in range(2 * FINDINGS_MAX))
    found = validate(read(file(tasks)))
    assert len(found) == FINDINGS_MAX
    assert all(x.severity == ERROR for x in found)
    assert [x.line for x in found] == sorted(x.line for x in found)
