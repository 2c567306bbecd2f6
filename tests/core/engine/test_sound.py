"""Every element of the standard in each of its places is accepted."""

import pytest

from .drawn import END, ON, START, between, file, flows, script, sub
from .judged import errors
from .shapes import (
    CYCLE,
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

# -- what runs -----------------------------------------------------------------------------------

SOUND = {
    "an undefined task": between('<task id="a"/>'),
    "a user task": between('<userTask id="a"/>'),
    "a manual task": between('<manualTask id="a"/>'),
    "a script task": between(script("a")),
    "a script task in BPMN's own words": between(
        '<scriptTask id="a" scriptFormat="feel"><script>{x: 1}</script></scriptTask>'
    ),
    "a service task": between(with_extensions("serviceTask", '<zeebe:taskDefinition type="pay"/>')),
    "a send task": between('<sendTask id="a" messageRef="M"/>'),
    "a receive task": between('<receiveTask id="a" messageRef="M"/>'),
    "a rule task": between(
        '<businessRuleTask id="a"><extensionElements><zeebe:calledDecision decisionId="d" '
        'resultVariable="r" bindingType="deployment"/></extensionElements></businessRuleTask>'
    ),
    "a sub-process": between(sub("a")),
    "a transaction": between(sub("a", tag="transaction")),
    "an ad-hoc sub-process": between(f'<adHocSubProcess id="a">{script("b")}</adHocSubProcess>'),
    "a call of itself": between('<callActivity id="a" calledElement="p"/>'),
    "token quantities": between(script("a", attributes='startQuantity="2" completionQuantity="2"')),
    "two end events": file(
        START + script("a") + END + '<endEvent id="f"/>' + flows("start a end", "a f")
    ),
    "implicit start and end": file(script("a") + script("b") + flows("a b")),
    "links": file(
        START + throw(LINK) + catch(LINK).replace('"a"', '"b"') + END + flows("start a", "b end")
    ),
    "lanes": file(
        '<laneSet id="l"><lane id="l1"><flowNodeRef>a</flowNodeRef></lane></laneSet>'
        + START
        + script("a")
        + END
        + flows("start a end")
    ),
    "a standard loop": between(
        script(
            "a",
            "<standardLoopCharacteristics><loopCondition>x = 1</loopCondition>"
            "</standardLoopCharacteristics>",
        )
    ),
    "a multi-instance": between(
        script(
            "a",
            "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
            "<completionCondition>numberOfCompletedInstances >= 2</completionCondition>"
            "</multiInstanceLoopCharacteristics>",
        )
    ),
    "a multi-instance that throws": between(
        script(
            "a",
            '<multiInstanceLoopCharacteristics behavior="One" oneBehaviorEventRef="D">'
            "<loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>",
        ),
        root='<signal id="S" name="s"/><signalEventDefinition id="D" signalRef="S"/>',
    ),
    "an association that computes": between(
        '<dataObject id="o" name="total"/>'
        + script(
            "a",
            '<dataOutputAssociation id="i"><targetRef>o</targetRef><assignment><from>1 + 1</from>'
            "<to>o</to></assignment></dataOutputAssociation>",
        )
    ),
    "compensation": compensated(),
    "compensation of one activity": file(
        START
        + script("b")
        + throw('<compensateEventDefinition activityRef="b"/>')
        + END
        + flows("start b a end")
    ),
    "a parallel join": file(
        START
        + '<parallelGateway id="g"/><parallelGateway id="j"/>'
        + script("a")
        + script("b")
        + END
        + flows("start g a j", "g b j", "j end")
    ),
    "a complex join": file(
        START + '<parallelGateway id="g"/><complexGateway id="j"><activationCondition>'
        "activationCount >= 1</activationCondition></complexGateway>"
        + script("a")
        + script("b")
        + END
        + flows("start g a j", "g b j", "j end")
    ),
    "an event-based gateway": file(
        START
        + '<eventBasedGateway id="g"/>'
        + catch(ON["signal"])
        + catch(ON["timer"]).replace('"a"', '"b"')
        + END
        + flows("start g a end", "g b end")
    ),
    "a deadline": between(
        '<intermediateCatchEvent id="a"><timerEventDefinition><extensionElements>'
        '<d:deadline days="5"/></extensionElements></timerEventDefinition></intermediateCatchEvent>'
    ),
    "parallel multiple": between(catch(ON["message"] + ON["signal"], 'parallelMultiple="true"')),
    **{f"start: {x}": starting(ON[x]) for x in ("message", "signal", "timer", "conditional")},
    "start: repeated": starting(CYCLE),
    "start: multiple": starting(ON["message"] + ON["signal"]),
    **{f"catch: {x}": between(catch(ON[x])) for x in ("message", "signal", "timer", "conditional")},
    **{
        f"throw: {x}": between(throw(ON[x]))
        for x in ("message", "signal", "escalation", "compensation")
    },
    "throw: none": between(throw("")),
    "throw: multiple": between(throw(ON["message"] + ON["signal"])),
    **{
        f"end: {x}": ending(ON[x])
        for x in ("message", "signal", "escalation", "compensation", "error", "terminate")
    },
    "end: multiple": ending(ON["message"] + ON["signal"]),
    "end: cancel in a transaction": between(
        f'<transaction id="a"><endEvent id="e">{ON["cancel"]}</endEvent></transaction>'
    ),
    **{
        f"boundary: {x}": bounded(ON[x])
        for x in ("message", "signal", "timer", "conditional", "error", "escalation")
    },
    **{
        f"boundary beside: {x}": bounded(ON[x], 'cancelActivity="false"')
        for x in ("message", "signal", "timer", "conditional", "escalation")
    },
    "boundary: repeated": bounded(CYCLE, 'cancelActivity="false"'),
    "boundary: any error": bounded("<errorEventDefinition/>"),
    "boundary: cancel": bounded(ON["cancel"], host=sub("h", tag="transaction")),
    **{
        f"event sub-process: {x}": triggered(ON[x])
        for x in (
            "message",
            "signal",
            "timer",
            "conditional",
            "error",
            "escalation",
            "compensation",
        )
    },
    **{
        f"event sub-process beside: {x}": triggered(ON[x], 'isInterrupting="false"', inside=True)
        for x in ("message", "signal", "timer", "conditional", "escalation")
    },
}


@pytest.mark.parametrize("case", SOUND)
def test_what_bpmn_allows_is_not_refused(case):
    assert errors(SOUND[case]) == {}
