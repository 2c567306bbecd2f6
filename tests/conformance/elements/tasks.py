"""Tasks and sequence flows."""

from tests.core.engine.drawn import extended

from .probe import draw, el, refused, runs, throw, user

LINE = "s m b e"
JOB = extended('<zeebe:taskDefinition type="pay"/>')
RULE = extended(
    '<zeebe:calledDecision decisionId="d" resultVariable="d" bindingType="deployment"/>'
)
FORK = el("parallelGateway", "g")

PROBES = [
    runs("a task of no kind passes", draw(LINE, m=el("task", "m")), "m b"),
    runs("a task of no kind needs nobody", draw("s m e", m=el("task", "m")), "m"),
    runs("a user task waits", draw(LINE, m=user("m")), "…"),
    runs("a user task is done by a person", draw(LINE, m=user("m")), "m b x=1", "do m x=1"),
    runs("a manual task passes", draw(LINE, m=el("manualTask", "m")), "m b"),
    runs("a script task", draw(LINE), "m b r=1"),
    refused(
        "a script of another language",
        draw(LINE, m=el("scriptTask", "m", "<script>1</script>", 'scriptFormat="javascript"')),
        "expression_language",
        "m",
    ),
    refused("a script task without a script", draw(LINE, m=el("scriptTask", "m")), "no_work", "m"),
    runs("a service task is a job", draw(LINE, m=el("serviceTask", "m", JOB)), "…"),
    runs("a job is done", draw(LINE, m=el("serviceTask", "m", JOB)), "m b x=1", "do m x=1"),
    refused(
        "a service task that nobody does",
        draw(LINE, m=el("serviceTask", "m")),
        "no_work",
        "m",
    ),
    runs(
        "a send task sends",
        draw(LINE, m=el("sendTask", "m", "", 'messageRef="M"')),
        "m b >letter",
    ),
    runs(
        "a receive task waits for its message",
        draw(LINE, m=el("receiveTask", "m", "", 'messageRef="M"')),
        "m b x=1",
        "is",
        "letter x=1",
    ),
    runs(
        "a receive task without its message",
        draw(LINE, m=el("receiveTask", "m", "", 'messageRef="M"')),
        "…",
    ),
    runs(
        "a receive task that starts instances",
        draw("m b e", m=el("receiveTask", "m", "", 'messageRef="M" instantiate="true"')),
        "m b",
        "at m",
    ),
    refused(
        "a rule task without a decision",
        draw(LINE, m=el("businessRuleTask", "m")),
        "no_work",
        "m",
    ),
    runs("a rule task", draw(LINE, m=el("businessRuleTask", "m", RULE)), "m b d=7", "do m d=7"),
    runs("a start that is not drawn", draw("m b"), "m b"),
    runs("an end that is not drawn", draw("s m"), "m"),
    runs(
        "a task where two flows meet runs for each token",
        draw("s g a m e", "g c m", g=FORK),
        "a c m m",
    ),
    runs("two flows out of a task are both taken", draw("s a b e", "a c e"), "a b c"),
    runs(
        "a condition on a flow of a task", draw("s a b if x > 1", "a c", "b e", "c e"), "a c", x=1
    ),
    runs(
        "a condition on the only flow of a task",
        draw("s a b if x > 1", "b e"),
        "a … !no_flow_taken",
        x=1,
    ),
    runs("two flows out of a start event", draw("s b e", "s c e"), "b c"),
    runs("two flows out of an event", draw("s m b e", "m c e", m=throw("m")), "b c"),
    runs("two end events take a token each", draw("s g a e", "g b e2", g=FORK), "a b"),
    refused("a node that nothing leads to", draw("s a e", "z"), "unreachable", "z"),
    refused(
        "a flow to nowhere",
        draw("s a e", more="").replace(b'targetRef="e"', b'targetRef="nope"'),
        "missing_reference",
        "a-e",
    ),
    runs(
        "a task that waits for two tokens",
        draw("s g a m e", "g c m", g=FORK, m=el("task", "m", "", 'startQuantity="2"')),
        "a c m",
    ),
    runs(
        "a task that gives two tokens",
        draw("s a m e", a=el("task", "a", "", 'completionQuantity="2"')),
        "a m m",
    ),
]
