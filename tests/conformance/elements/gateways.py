"""Gateways."""

from tests.core.engine.drawn import ON, ROOTS

from .probe import catch, condition, draw, el, refused, runs, script, timer

THREE = ("s g", "g a if x > 0", "g b if x > 1", "g c", "a j", "b j", "c j", "j z e")
TWO = ("s g", "g a if x > 1", "g b if x > 2", "a e", "b e")
FORK = ("s g a j", "g b j", "j z e")
NOTE = '<messageEventDefinition messageRef="N"/>'
LATER = timer("Duration", "PT50S")
SOON = timer("Duration", "PT5S")


def three(tag: str) -> bytes:
    g = el(tag, "g", "", 'default="g-c"')
    return draw(*THREE, g=g, j=el(tag.replace("complex", "inclusive"), "j"))


def race(first: str, second: str, **how: str) -> bytes:
    g = el("eventBasedGateway", "g", "", how.get("attributes", ""))
    chains = ("g c1 a e", "g c2 b e") if "attributes" in how else ("s g c1 a e", "g c2 b e")
    root = ROOTS + '<message id="N" name="note"/>'
    return draw(
        *chains, root=root, g=g, c1=how.get("c1") or catch("c1", first), c2=catch("c2", second)
    )


COUNT = (
    "s i m g a j",
    "g b j",
    "j k x",
    "x m if n < 2",
    "x e",
)
GATES = {"g": el("parallelGateway", "g"), "j": el("parallelGateway", "j")}

PROBES = [
    runs("exclusive: the first that holds", three("exclusiveGateway"), "a z", x=5),
    runs("exclusive: the default", three("exclusiveGateway"), "c z", x=0),
    runs(
        "exclusive: nothing holds and no default",
        draw(*TWO, g=el("exclusiveGateway", "g")),
        "… !no_flow_taken",
        x=0,
    ),
    runs(
        "exclusive: a flow without a condition",
        draw("s g", "g a if x > 1", "g b", "a e", "b e", g=el("exclusiveGateway", "g")),
        "b ~condition_missing",
        x=0,
    ),
    refused(
        "exclusive: two flows without a condition",
        draw("s g a e", "g b e", g=el("exclusiveGateway", "g")),
        "undecided",
        "g",
    ),
    runs(
        "exclusive: each token passes a merge",
        draw(*FORK, g=el("parallelGateway", "g"), j=el("exclusiveGateway", "j")),
        "a b z z",
    ),
    runs("inclusive: all that hold, and their join", three("inclusiveGateway"), "a b z", x=5),
    runs("inclusive: the default", three("inclusiveGateway"), "c z", x=0),
    runs("parallel: fork and join", draw(*FORK, **GATES), "a b z"),
    runs(
        "parallel: both branches write",
        draw(*FORK, **GATES, a=script("a", "x", "1"), b=script("b", "y", "2")),
        "a b z x=1 y=2",
    ),
    runs(
        "parallel: both branches write the same variable",
        draw(*FORK, **GATES, a=script("a", "n", "n + 1"), b=script("b", "n", "n + 1")),
        "a b z n=2",
        n=0,
    ),
    runs(
        "parallel: a join in a loop",
        draw(
            *COUNT,
            **GATES,
            i=script("i", "n", "0"),
            k=script("k", "n", "n + 1"),
            m=el("exclusiveGateway", "m"),
            x=el("exclusiveGateway", "x", "", 'default="x-e"'),
        ),
        "i a b k a b k",
    ),
    runs("complex: decides as an inclusive one", three("complexGateway"), "a b z", x=5),
    runs(
        "complex: a join that waits for two tokens",
        draw(
            *FORK,
            g=el("parallelGateway", "g"),
            j=el(
                "complexGateway",
                "j",
                "<activationCondition>activationCount >= 2</activationCondition>",
            ),
        ),
        "a b z",
    ),
    runs(
        "complex: a join that waits for one token fires once",
        draw(
            *FORK,
            g=el("parallelGateway", "g"),
            j=el(
                "complexGateway",
                "j",
                "<activationCondition>activationCount >= 1</activationCondition>",
            ),
        ),
        "a b z",
    ),
    runs("event-based: the message is first", race(ON["message"], SOON), "a", "letter", "wait 9"),
    runs("event-based: the timer is first", race(ON["message"], SOON), "b", "wait 6"),
    runs("event-based: a signal", race(ON["message"], ON["signal"]), "b", "bell"),
    runs("event-based: a condition", race(condition("x = 1"), LATER), "a", x=1),
    runs("event-based: the shorter of two timers", race(LATER, SOON), "b", "wait 6", "wait 60"),
    runs(
        "event-based: a receive task",
        race("", ON["signal"], c1=el("receiveTask", "c1", "", 'messageRef="M"')),
        "c1 a",
        "letter",
    ),
    runs(
        "event-based: what comes with a message", race(ON["message"], SOON), "a v=7", "letter v=7"
    ),
    runs(
        "event-based: one that starts instances",
        race(ON["message"], NOTE, attributes='instantiate="true"'),
        "a",
        "at c1",
    ),
    refused(
        "event-based: one that starts instances by something else than a message",
        race(ON["message"], ON["signal"], attributes='instantiate="true"'),
        "event_gateway",
        "g",
    ),
    refused(
        "event-based: one of type Parallel",
        race(
            ON["message"], ON["signal"], attributes='instantiate="true" eventGatewayType="Parallel"'
        ),
        "event_gateway",
        "g",
    ),
    refused(
        "a direction that the flows contradict",
        draw(
            "s g a e",
            "g b e",
            g=el("parallelGateway", "g", "", 'gatewayDirection="Converging"'),
        ),
        "gateway_direction",
        "g",
    ),
]
