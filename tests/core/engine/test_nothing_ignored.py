"""Whatever a diagram says is refused, warned of, or makes a difference when it runs."""

import pytest

from service.core.engine.read_xml import read
from service.core.engine.validate import is_sound, validate

from .drawn import END, ON, ROOTS, START, between, extended, file, flows
from .exhausted import seen
from .probes import (
    FOR_UNDOING,
    JOB,
    UNDO_H,
    UNDO_I,
    called,
    chosen,
    gate,
    joined,
    many,
    repeated,
    rule,
    service,
    timed,
    undoing,
    user,
    watched,
    watching,
)
from .shapes import bounded, catch, starting, throw, triggered

Pair = tuple[bytes, bytes]

PAIRS: dict[str, Pair] = {
    # activities
    "a name": (user(), user(attributes='name="review"')),
    "an assignee": (user(), user('<zeebe:assignmentDefinition assignee="li"/>')),
    "groups": (user(), user('<zeebe:assignmentDefinition candidateGroups="g"/>')),
    "users": (user(), user('<zeebe:assignmentDefinition candidateUsers="u"/>')),
    "a due date": (user(), user('<zeebe:taskSchedule dueDate="2030-01-01T00:00:00Z"/>')),
    "a follow-up": (user(), user('<zeebe:taskSchedule followUpDate="2030-01-01T00:00:00Z"/>')),
    "a priority": (user(), user('<zeebe:priorityDefinition priority="9"/>')),
    "a form": (user(), user('<zeebe:formDefinition formId="f" bindingType="latest"/>')),
    "a deadline": (user(), user('<d:deadline days="5"/>')),
    "the clock of a deadline": (
        user('<d:deadline days="5"/>'),
        user('<d:deadline days="5" clock="c"/>'),
    ),
    "recused persons": (user(), user('<d:separation recuse="=[old]"/>')),
    "an input": (
        user(),
        user('<zeebe:ioMapping><zeebe:input source="=x" target="y"/></zeebe:ioMapping>'),
    ),
    "an output": (
        user(),
        user('<zeebe:ioMapping><zeebe:output source="=r" target="y"/></zeebe:ioMapping>'),
    ),
    "a job": (user(), service(JOB)),
    "retries": (service(JOB), service('<zeebe:taskDefinition type="pay" retries="7"/>')),
    "headers": (
        service(JOB),
        service(JOB, '<zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders>'),
    ),
    "a result variable": (rule('resultVariable="r"'), rule('resultVariable="r2"')),
    "tokens awaited": (user(), user(attributes='startQuantity="2"')),
    "tokens given": (user(), user(attributes='completionQuantity="2"')),
    "for compensation": (user(), user(attributes=FOR_UNDOING)),
    "an instantiating receive task": (
        between('<receiveTask id="a" messageRef="M"/>'),
        between('<receiveTask id="a" messageRef="M" instantiate="true"/>'),
    ),
    "child variables kept back": (called(), called('propagateAllChildVariables="false"')),
    "parent variables kept back": (called(), called('propagateAllParentVariables="false"')),
    # loops
    "many": (user(), many()),
    "one at a time": (many(), many('isSequential="true"')),
    "a completion condition": (
        many(),
        many(inner="<completionCondition>true</completionCondition>"),
    ),
    "an input element": (many(), many(loop='inputElement="i"')),
    "an output collection": (many(), many(loop='outputCollection="o" outputElement="=r"')),
    "an event of every round": (
        many(root=ROOTS + '<signalEventDefinition id="D" signalRef="S"/>'),
        many(
            'behavior="None" noneBehaviorEventRef="D"',
            root=ROOTS + '<signalEventDefinition id="D" signalRef="S"/>',
        ),
    ),
    "an event of the first round": (
        many(root=ROOTS + '<signalEventDefinition id="D" signalRef="S"/>'),
        many(
            'behavior="One" oneBehaviorEventRef="D"',
            root=ROOTS + '<signalEventDefinition id="D" signalRef="S"/>',
        ),
    ),
    "a loop": (user(), repeated("<loopCondition>x = 1</loopCondition>", 'loopMaximum="3"')),
    "a loop maximum": (
        repeated("<loopCondition>true</loopCondition>", 'loopMaximum="2"'),
        repeated("<loopCondition>true</loopCondition>", 'loopMaximum="3"'),
    ),
    "a test before": (
        repeated("<loopCondition>x = 9</loopCondition>"),
        repeated("<loopCondition>x = 9</loopCondition>", 'testBefore="true"'),
    ),
    # containers
    "one activity at a time": (chosen(), chosen('ordering="Sequential"')),
    "a choice that ends": (
        chosen(),
        chosen(inner="<completionCondition>x = 2</completionCondition>"),
    ),
    "remaining activities stay": (
        chosen(
            inner="<completionCondition>x = 2</completionCondition>",
            extension='<zeebe:adHoc activeElementsCollection="=[&quot;b&quot;,&quot;c&quot;]"/>',
        ),
        chosen(
            'cancelRemainingInstances="false"',
            inner="<completionCondition>x = 2</completionCondition>",
            extension='<zeebe:adHoc activeElementsCollection="=[&quot;b&quot;,&quot;c&quot;]"/>',
        ),
    ),
    "active elements": (
        chosen(),
        chosen(extension='<zeebe:adHoc activeElementsCollection="=[&quot;b&quot;]"/>'),
    ),
    "the collected output of a choice": (
        chosen(extension='<zeebe:adHoc activeElementsCollection="=[&quot;b&quot;]"/>'),
        chosen(
            extension='<zeebe:adHoc activeElementsCollection="=[&quot;b&quot;]" '
            'outputCollection="o" outputElement="=r"/>'
        ),
    ),
    "an event sub-process": (file(START + END + flows("start end")), triggered(ON["signal"])),
    # gateways
    "a condition": (
        gate("inclusiveGateway", first=""),
        gate("inclusiveGateway", first=" if x = 5"),
    ),
    "a default": (
        gate("exclusiveGateway", first=" if x = 5", second=" if x = 6"),
        gate("exclusiveGateway", 'default="g-c"', first=" if x = 5"),
    ),
    "a default of a complex gateway": (
        gate("complexGateway", first=" if x = 5", second=" if x = 1"),
        gate("complexGateway", 'default="g-c"', first=" if x = 1"),
    ),
    "an activation condition": (
        joined("complexGateway", "<activationCondition>activationCount >= 2</activationCondition>"),
        joined("complexGateway", "<activationCondition>activationCount >= 1</activationCondition>"),
    ),
    "a join": (joined("exclusiveGateway"), joined("parallelGateway")),
    # events
    "an event beside": (bounded(ON["signal"]), bounded(ON["signal"], 'cancelActivity="false"')),
    "a start beside": (
        watched(),
        watched('isInterrupting="false"'),
    ),
    "all of several": (
        between(catch(ON["message"] + ON["signal"])),
        between(catch(ON["message"] + ON["signal"], 'parallelMultiple="true"')),
    ),
    "all of several at a start": (
        starting(ON["message"] + ON["signal"]),
        starting(ON["message"] + ON["signal"], 'parallelMultiple="true"'),
    ),
    "a second trigger": (
        between(catch(ON["message"])),
        between(catch(ON["message"] + ON["signal"])),
    ),
    "a second throw": (
        between(throw(ON["signal"])),
        between(throw(ON["signal"] + ON["escalation"])),
    ),
    "a duration": (timed("timeDuration", "PT5S"), timed("timeDuration", "P2W")),
    "a date": (timed("timeDate", "2030-01-01T00:00:00Z"), timed("timeDate", "2031-01-01")),
    "times of a cycle": (
        timed("timeCycle", "R2/PT5S", 'cancelActivity="false"'),
        timed("timeCycle", "R3/PT5S", 'cancelActivity="false"'),
    ),
    "the start of a cycle": (
        timed("timeCycle", "R2/PT5S"),
        timed("timeCycle", "R2/2030-01-01T00:00:00Z/PT5S"),
    ),
    "an error code": (
        bounded("<errorEventDefinition/>"),
        bounded(ON["error"]).replace(b"broken", b"other"),
    ),
    "an escalation": (between(throw("")), between(throw(ON["escalation"]))),
    "one activity to compensate": (undoing(ON["compensation"]), undoing(UNDO_H)),
    "a second activity to compensate": (undoing(UNDO_H), undoing(UNDO_H + UNDO_I)),
    "compensation beside the flow": (
        undoing(UNDO_H),
        undoing(UNDO_H.replace("/>", ' waitForCompletion="false"/>')),
    ),
    "terminate": (
        joined("exclusiveGateway"),
        joined("exclusiveGateway").replace(
            b'<endEvent id="end"/>', b'<endEvent id="end"><terminateEventDefinition/></endEvent>'
        ),
    ),
    "a message key": (
        between('<receiveTask id="a" messageRef="M"/>'),
        between('<receiveTask id="a" messageRef="M"/>', root=ROOTS.replace('"=key"', '"=old"')),
    ),
    "a message id": (
        between(throw(ON["message"])),
        between(
            throw(
                extended('<zeebe:publishMessage correlationKey="=key" messageId="7"/>')
                + ON["message"]
            )
        ),
    ),
    "a time to live": (
        between(throw(extended('<zeebe:publishMessage correlationKey="=key"/>') + ON["message"])),
        between(
            throw(
                extended('<zeebe:publishMessage correlationKey="=key" timeToLive="PT1H"/>')
                + ON["message"]
            )
        ),
    ),
    # data
    "a property": (
        user(),
        user(inner='<property id="y" name="y"/>'),
    ),
    "a data object": (
        user(),
        file(
            '<dataObject id="o" name="total"/>'
            + START
            + '<userTask id="a"/>'
            + END
            + flows("start a end")
        ),
    ),
    "who performs": (
        user(),
        user(inner="<potentialOwner id='o'><resourceRef>r</resourceRef></potentialOwner>"),
    ),
    "an input that is required": (
        user(),
        user(
            inner='<ioSpecification><dataInput id="i" name="y"/><inputSet><dataInputRefs>i'
            "</dataInputRefs></inputSet><outputSet/></ioSpecification>"
        ),
    ),
    "a condition's variables": (
        watching(),
        watching('<zeebe:conditionalFilter variableNames="key"/>'),
    ),
}


@pytest.mark.parametrize("case", PAIRS)
def test_what_a_diagram_says_is_refused_or_makes_a_difference(case):
    without, with_it = PAIRS[case]
    known = validate(read(without))
    assert is_sound(known)
    before = {(each.rule, each.element) for each in known}
    if {(each.rule, each.element) for each in validate(read(with_it))} - before:
        return
    assert seen(without) != seen(with_it)
