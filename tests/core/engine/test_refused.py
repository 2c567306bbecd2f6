"""What would not run, or not as BPMN says, is refused: one case for each rule."""

import pytest

from .drawn import END, ON, START, between, file, flows, script, sub
from .judged import errors
from .shapes import (
    LINK,
    bounded,
    catch,
    compensated,
    ending,
    starting,
    throw,
    triggered,
    with_extensions,
)

# -- what is refused -----------------------------------------------------------------------------


def looped(inner: str, attributes: str = "") -> bytes:
    tag = "multiInstanceLoopCharacteristics"
    return between(script("a", f"<{tag} {attributes}>{inner}</{tag}>"))


def gate(tag: str, *chains: str, attributes: str = "", more: str = "") -> bytes:
    body = f'<{tag} id="g" {attributes}/>' + script("a") + script("b") + END + more
    return file(START + body + flows("start g", *chains))


REFUSED = {
    "no executable process": (
        file(START, attributes='isExecutable="false"'),
        "not_executable",
        "p",
    ),
    "an empty process": (file(""), "empty_process", "p"),
    "two elements with one id": (
        file(START + script("a") + script("a") + flows("start a")),
        "duplicate_id",
        "a",
    ),
    "an id that is none": (between('<userTask id="a:b"/>', "a:b"), "bad_id", "a:b"),
    "a flow to nowhere": (
        file(START + END + flows("start end", "start nope")),
        "missing_reference",
        "start-nope",
    ),
    "a flow over a border": (
        file(START + sub("s") + flows("start s", "start s.script")),
        "flow_crosses_border",
        "start-s.script",
    ),
    "a node that nothing leads to": (
        file(START + END + script("z") + flows("start end")),
        "unreachable",
        "z",
    ),
    "a circle without a beginning": (
        file(script("a") + script("b") + flows("a b", "b a")),
        "no_start",
        "p",
    ),
    "two plain start events": (
        file(START + '<startEvent id="t"/>' + END + flows("start end", "t end")),
        "several_starts",
        "t",
    ),
    "a flow into a start event": (
        file(START + script("a") + flows("start a", "a start")),
        "flow_not_allowed",
        "start",
    ),
    "a flow out of an end event": (
        file(START + END + script("a") + flows("start end a")),
        "flow_not_allowed",
        "end",
    ),
    "an end event in an ad-hoc sub-process": (
        between(f'<adHocSubProcess id="a">{script("b")}<endEvent id="x"/></adHocSubProcess>'),
        "ad_hoc_event",
        "x",
    ),
    "sub-processes nested too deep": (
        file(
            START
            + "".join(f'<subProcess id="s{i}">' for i in range(40))
            + "</subProcess>" * 40
            + flows("start s0")
        ),
        "nesting",
        "s30",
    ),
    "a participant without its process": (
        between(
            script("a"),
            root='<collaboration id="c"><participant id="x" processRef="q"/></collaboration>',
        ),
        "missing_reference",
        "x",
    ),
    "a message flow to nowhere": (
        between(
            script("a"),
            root='<collaboration id="c"><messageFlow id="m" sourceRef="a" '
            'targetRef="q"/></collaboration>',
        ),
        "missing_reference",
        "m",
    ),
    "a lane around nothing": (
        file('<laneSet id="l"><lane id="x"><flowNodeRef>q</flowNodeRef></lane></laneSet>' + START),
        "missing_reference",
        "x",
    ),
    "a node in two lanes": (
        file(
            '<laneSet id="l"><lane id="x"><flowNodeRef>start</flowNodeRef></lane>'
            '<lane id="y"><flowNodeRef>start</flowNodeRef></lane></laneSet>' + START
        ),
        "several_lanes",
        "start",
    ),
    # gateways
    "a direction that is not so": (
        gate("parallelGateway", "g a end", "g b", attributes='gatewayDirection="Converging"'),
        "gateway_direction",
        "g",
    ),
    "a default that does not leave": (
        gate("exclusiveGateway", "g a if x", "g b", attributes='default="start-g"'),
        "default_flow",
        "g",
    ),
    "a default with a condition": (
        gate("exclusiveGateway", "g a if x", "g b if y", attributes='default="g-b"'),
        "default_flow",
        "g-b",
    ),
    "a choice without conditions": (gate("exclusiveGateway", "g a", "g b"), "undecided", "g"),
    "a condition behind an event": (
        file(START + END + flows("start end if x")),
        "condition_not_allowed",
        "start-end",
    ),
    "a complex join that says nothing": (
        gate("parallelGateway", "g a j", "g b j", "j end", more='<complexGateway id="j"/>'),
        "missing_element",
        "j",
    ),
    "an event gateway with one event": (
        gate(
            "eventBasedGateway",
            "g c end",
            "c a",
            "c b",
            more=catch(ON["signal"]).replace('"a"', '"c"'),
        ),
        "event_gateway",
        "g",
    ),
    "an event gateway before a task": (
        gate("eventBasedGateway", "g a end", "g b"),
        "event_gateway",
        "g",
    ),
    "a join behind a choice": (
        gate("exclusiveGateway", "g a j if x", "g b j", "j end", more='<parallelGateway id="j"/>'),
        "join_never_full",
        "j",
    ),
    # events
    "start: an error": (starting(ON["error"]), "event_position", "a"),
    "start: a trigger in a sub-process": (
        between(
            '<subProcess id="s"><startEvent id="a"><signalEventDefinition signalRef="S"/>'
            "</startEvent></subProcess>",
            "s",
        ),
        "event_position",
        "a",
    ),
    "catch: none": (between(catch("")), "event_without_trigger", "a"),
    "catch: an error": (between(catch(ON["error"])), "event_position", "a"),
    "catch: an escalation": (between(catch(ON["escalation"])), "event_position", "a"),
    "throw: a timer": (between(throw(ON["timer"])), "event_position", "a"),
    "throw: an error": (between(throw(ON["error"])), "event_position", "a"),
    "throw: a terminate": (between(throw(ON["terminate"])), "event_position", "a"),
    "end: a cancel outside transactions": (ending(ON["cancel"]), "event_position", "a"),
    "end: a timer": (ending(ON["timer"]), "event_position", "a"),
    "end: an error and more": (ending(ON["error"] + ON["signal"]), "event_combination", "a"),
    "end: a terminate and more": (ending(ON["terminate"] + ON["signal"]), "event_combination", "a"),
    "boundary: none": (bounded(""), "event_without_trigger", "a"),
    "boundary: a cancel on a task": (bounded(ON["cancel"]), "event_position", "a"),
    "boundary: an error beside": (
        bounded(ON["error"], 'cancelActivity="false"'),
        "must_interrupt",
        "a",
    ),
    "boundary: on nothing": (
        file(
            START
            + END
            + flows("start end")
            + f'<boundaryEvent id="a" attachedToRef="q">{ON["signal"]}</boundaryEvent>'
        ),
        "missing_reference",
        "a",
    ),
    "event sub-process: an error beside": (
        triggered(ON["error"], 'isInterrupting="false"'),
        "must_interrupt",
        "a",
    ),
    "event sub-process: none": (triggered(""), "event_without_trigger", "a"),
    "event sub-process: without a start": (
        file(START + f'<subProcess id="e" triggeredByEvent="true">{script("b")}</subProcess>'),
        "event_sub_process",
        "e",
    ),
    "parallel multiple at the start": (
        starting(ON["message"] + ON["signal"], 'parallelMultiple="true"'),
        "parallel_multiple",
        "a",
    ),
    "a message without a name": (
        between(throw('<messageEventDefinition messageRef="N"/>'), root='<message id="N"/>'),
        "missing_attribute",
        "N",
    ),
    "a message that is missing": (
        between(throw('<messageEventDefinition messageRef="N"/>')),
        "missing_reference",
        "a",
    ),
    "an event without its signal": (
        between(throw("<signalEventDefinition/>")),
        "missing_reference",
        "a",
    ),
    "an error without a code": (
        file(
            START
            + '<endEvent id="a"><errorEventDefinition errorRef="N"/></endEvent>'
            + flows("start a"),
            root='<error id="N" name="n"/>',
        ),
        "missing_attribute",
        "N",
    ),
    "a condition that is missing": (
        between(catch("<conditionalEventDefinition/>")),
        "missing_element",
        "a",
    ),
    "a timer without a time": (between(catch("<timerEventDefinition/>")), "bad_timer", "a"),
    "a timer in the words of another language": (
        between(
            catch(
                "<timerEventDefinition><timeDuration>'PT5S'</timeDuration></timerEventDefinition>"
            )
        ),
        "bad_timer",
        "a",
    ),
    "a timer with two times": (
        between(
            catch(
                "<timerEventDefinition><timeDuration>PT5S</timeDuration>"
                "<timeDate>2030-01-01</timeDate></timerEventDefinition>"
            )
        ),
        "bad_timer",
        "a",
    ),
    "a link without a target": (file(START + throw(LINK) + flows("start a")), "link", "a"),
    "compensation without a handler": (
        bounded(ON["compensation"]).replace(b'targetRef="b"', b'targetRef="end"'),
        "compensation_handler",
        "a",
    ),
    "a handler that is not marked": (compensated(mark=""), "compensation_handler", "a"),
    "a handler in the flow": (
        between(script("a", attributes='isForCompensation="true"')),
        "flow_not_allowed",
        "a",
    ),
    "compensation of what is elsewhere": (
        between(throw('<compensateEventDefinition activityRef="q"/>')),
        "missing_reference",
        "a",
    ),
    # activities
    "a service task that nobody does": (between('<serviceTask id="a"/>'), "no_work", "a"),
    "a script task without a script": (between('<scriptTask id="a"/>'), "no_work", "a"),
    "a rule task without a decision": (between('<businessRuleTask id="a"/>'), "no_work", "a"),
    "a send task without a message": (between('<sendTask id="a"/>'), "no_work", "a"),
    "a receive task without a message": (
        between('<receiveTask id="a"/>'),
        "missing_reference",
        "a",
    ),
    "a call of nothing": (between('<callActivity id="a"/>'), "no_work", "a"),
    "a call of what is missing": (
        between('<callActivity id="a" calledElement="q"/>'),
        "unknown_process",
        "a",
    ),
    "a script in another language": (
        between('<scriptTask id="a" scriptFormat="javascript"><script>1</script></scriptTask>'),
        "expression_language",
        "a",
    ),
    "two scripts": (between(script("a", "<script>1</script>")), "several_works", "a"),
    "an empty ad-hoc sub-process": (between('<adHocSubProcess id="a"/>'), "no_work", "a"),
    "a loop without an end": (between(script("a", "<standardLoopCharacteristics/>")), "loop", "a"),
    "a multi-instance of nothing": (looped(""), "loop", "a"),
    "a multi-instance of both": (
        looped("<loopCardinality>3</loopCardinality><loopDataInputRef>x</loopDataInputRef>"),
        "loop",
        "a",
    ),
    "a negative cardinality": (looped("<loopCardinality>-1</loopCardinality>"), "bad_value", "a"),
    "an output collection of nothing": (
        looped("<loopCardinality>3</loopCardinality><loopDataOutputRef>x</loopDataOutputRef>"),
        "loop",
        "a",
    ),
    "a behavior without its event": (
        looped("<loopCardinality>3</loopCardinality>", 'behavior="One"'),
        "loop",
        "a",
    ),
    "a complex behavior without definitions": (
        looped("<loopCardinality>3</loopCardinality>", 'behavior="Complex"'),
        "loop",
        "a",
    ),
    "a loop on an event sub-process": (
        triggered(ON["signal"]).replace(
            b'triggeredByEvent="true">',
            b'triggeredByEvent="true"><standardLoopCharacteristics loopMaximum="2"/>',
        ),
        "loop",
        "e",
    ),
    "a transaction that is not undone by compensation": (
        between(sub("a", tag="transaction", attributes='method="##Image"')),
        "not_supported",
        "a",
    ),
    # expressions and data
    "a condition that is no FEEL": (
        gate("exclusiveGateway", "g a if x == 1", "g b"),
        "expression_syntax",
        "g-a",
    ),
    "a script that is no FEEL": (
        between('<scriptTask id="a"><script>x = = 1</script></scriptTask>'),
        "expression_syntax",
        "a",
    ),
    "a mapping that is no FEEL": (
        between(
            with_extensions(
                "userTask",
                '<zeebe:ioMapping><zeebe:input source="=1 +" target="x"/></zeebe:ioMapping>',
            )
        ),
        "expression_syntax",
        "a",
    ),
    "a data reference to nothing": (
        between(script("a") + '<dataObjectReference id="r" dataObjectRef="q"/>'),
        "missing_reference",
        "r",
    ),
    "an association to nothing": (
        between(
            script(
                "a", '<dataInputAssociation id="i"><sourceRef>q</sourceRef></dataInputAssociation>'
            )
        ),
        "missing_reference",
        "a",
    ),
    "an association to what is no variable": (
        between(
            '<dataObject id="o"/>'
            + script(
                "a",
                '<dataOutputAssociation id="i"><targetRef>o</targetRef><assignment>'
                "<from>1</from><to>a b</to></assignment></dataOutputAssociation>",
            )
        ),
        "bad_name",
        "a",
    ),
    "an association that is no FEEL": (
        between(
            '<dataObject id="o"/>'
            + script(
                "a",
                '<dataOutputAssociation id="i"><targetRef>o</targetRef><assignment>'
                "<from>1 +</from><to>o</to></assignment></dataOutputAssociation>",
            )
        ),
        "expression_syntax",
        "a",
    ),
    "a correlation key": (
        between(script("a"), root='<collaboration id="c"><correlationKey id="k"/></collaboration>'),
        "correlation",
        "k",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_run_differently_from_bpmn_is_refused_at_its_element(case):
    data, rule, element = REFUSED[case]
    assert errors(data).get(rule) == element
