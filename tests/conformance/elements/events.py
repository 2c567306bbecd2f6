"""Start, intermediate and end events."""

from tests.core.engine.drawn import ON

from .probe import (
    body,
    catch,
    condition,
    draw,
    el,
    refused,
    runs,
    script,
    sub,
    throw,
    timer,
    user,
)

LINE = "s m b e"
LINK = '<linkEventDefinition name="L"/>'
FORK = el("parallelGateway", "g")


def starting(inner: str) -> bytes:
    return draw("s b e", s=el("startEvent", "s", inner))


def caught(inner: str, attributes: str = "") -> bytes:
    return draw(LINE, m=catch("m", inner, attributes))


def thrown(inner: str) -> bytes:
    return draw(LINE, m=throw("m", inner))


def ending(inner: str) -> bytes:
    return draw("s a e", e=el("endEvent", "e", inner))


STARTS = [
    runs("none", draw("s b e"), "b"),
    runs("a message", starting(ON["message"]), "b x=1", "at s x=1"),
    runs("a signal", starting(ON["signal"]), "b", "at s"),
    runs("a timer", starting(timer("Duration", "PT5S")), "b", "at s"),
    runs(
        "a repeating timer, each time an instance", starting(timer("Cycle", "R3/PT1S")), "b", "at s"
    ),
    runs("a condition", starting(condition("x = 1")), "b", "at s"),
    runs(
        "two starts, an instance each",
        draw("s a e", "s2 b e", s2=el("startEvent", "s2", ON["message"])),
        "a",
    ),
    runs(
        "several triggers, any of which starts", starting(ON["message"] + ON["signal"]), "b", "at s"
    ),
    refused("an error at the start of a process", starting(ON["error"]), "event_position", "s"),
]

MONTHS = ["P1M", "P1Y2M10DT2H30M", "P1W", "PT0.5S"]
WAITS = {"P1M": 32 * 86_400, "P1Y2M10DT2H30M": 500 * 86_400, "P1W": 8 * 86_400, "PT0.5S": 1}
CHANGED = draw(
    "s i g m b e",
    "g w a e",
    i=script("i", "x", "0"),
    g=FORK,
    m=catch("m", condition("x = 1")),
    w=catch("w", timer("Duration", "PT2S")),
    a=script("a", "x", "1"),
)
WRITTEN = draw(
    "s g m b e",
    "g w a e",
    g=FORK,
    m=catch("m", condition("o = 1")),
    w=catch("w", timer("Duration", "PT2S")),
    a=el(
        "scriptTask",
        "a",
        '<extensionElements><zeebe:script expression="=1" resultVariable="y"/></extensionElements>'
        '<dataOutputAssociation id="oa"><targetRef>or</targetRef>'
        "<transformation>y</transformation></dataOutputAssociation>",
    ),
    more='<dataObject id="o"/><dataObjectReference id="or" dataObjectRef="o"/>',
)

CATCHES = [
    runs("a message", caught(ON["message"]), "b", "is", "letter"),
    runs("a signal", caught(ON["signal"]), "b", "is", "bell"),
    runs("a signal of another name", caught(ON["signal"]), "…", "other"),
    runs("a date that is past", caught(timer("Date", "2020-01-01T00:00:00Z")), "b", "wait 0"),
    runs("a date that is to come", caught(timer("Date", "2999-01-01T00:00:00Z")), "…", "wait 5"),
    runs("a duration", caught(timer("Duration", "PT5S")), "b", "wait 4", "is", "wait 1"),
    runs("a duration as an expression", caught(timer("Duration", '="PT5S"')), "b", "wait 5"),
    runs("a duration in a variable", caught(timer("Duration", "=d")), "b", "wait 5", d="PT5S"),
    *(
        runs(f"a duration {each}", caught(timer("Duration", each)), "b", f"wait {WAITS[each]}")
        for each in MONTHS
    ),
    runs("a negative duration", caught(timer("Duration", "-PT5S")), "b", "wait 0"),
    runs("a cycle", caught(timer("Cycle", "R2/PT1S")), "b b ~repeating_timer", "wait 5"),
    runs(
        "a cycle with its start",
        caught(timer("Cycle", "R2/2026-01-05T09:00:00Z/PT1H")),
        "b b ~repeating_timer",
        "wait 9000",
    ),
    refused("a cron expression", caught(timer("Cycle", "0 0 9 * * ?")), "bad_timer", "m"),
    runs("a condition that holds already", caught(condition("x = 1")), "b", x=1),
    runs("a condition that a data object makes true", WRITTEN, "a b", "wait 3"),
    runs("a condition that a branch beside it makes true", CHANGED, "a b i", "wait 3"),
    runs(
        "a link",
        draw("s a t", "c b e", t=throw("t", LINK), c=catch("c", LINK)),
        "a b",
    ),
    runs("several, any of which counts", caught(ON["message"] + ON["signal"]), "b", "bell"),
    runs(
        "several, all of which are needed",
        caught(ON["message"] + ON["signal"], 'parallelMultiple="true"'),
        "b",
        "bell",
        "is",
        "letter",
    ),
    refused("none", caught(""), "event_without_trigger", "m"),
    runs("what comes with a message", caught(ON["message"]), "b x=7", "letter x=7"),
    runs(
        "a message that comes too early is its sender's to keep",
        draw("s u m b e", u=user("u"), m=catch("m", ON["message"])),
        "u b",
        "none letter",
        "do u",
        "letter",
    ),
]

THROWS = [
    runs("none", thrown(""), "b"),
    runs("a message", thrown(ON["message"]), "b >letter"),
    runs("a signal", thrown(ON["signal"]), "b >bell"),
    runs(
        "a signal that is caught here leaves all the same",
        draw(
            "s g c a e", "g m b e", g=FORK, c=catch("c", ON["signal"]), m=throw("m", ON["signal"])
        ),
        "a b >bell",
    ),
    runs("an escalation", thrown(ON["escalation"]), "b >higher"),
    runs(
        "a link",
        draw("s t", "c b e", t=throw("t", LINK), c=catch("c", LINK)),
        "b",
    ),
    runs("compensation of nothing", thrown(ON["compensation"]), "b"),
    runs("several", thrown(ON["message"] + ON["signal"]), "b >letter >bell"),
    refused("a link to nowhere", thrown(LINK), "link", "m"),
]

STOPPED = ("s g u b e2", "g a e")
INNER = body(
    "ms mg ma me",
    "mg mu me2",
    ms=el("startEvent", "ms"),
    mg=el("parallelGateway", "mg"),
    mu=user("mu"),
    me=el("endEvent", "me", ON["terminate"]),
    me2=el("endEvent", "me2"),
)

ENDS = [
    runs("a message", ending(ON["message"]), "a >letter"),
    runs("a signal", ending(ON["signal"]), "a >bell"),
    runs("an escalation", ending(ON["escalation"]), "a >higher"),
    runs(
        "an error that nobody catches waits for a person, and so does what runs beside it",
        draw("s g a e", "g u e2", g=FORK, u=user("u"), e=el("endEvent", "e", ON["error"])),
        "a … !uncaught_error",
    ),
    runs(
        "terminate ends all of the process",
        draw(*STOPPED, g=FORK, u=user("u"), e=el("endEvent", "e", ON["terminate"])),
        "a",
    ),
    runs(
        "terminate in a sub-process ends that alone",
        draw(LINE, m=sub("m", INNER)),
        "ma b",
    ),
    runs("several", ending(ON["message"] + ON["signal"]), "a >letter >bell"),
    runs("compensation of nothing", ending(ON["compensation"]), "a"),
    runs(
        "an error of a sub-process is caught by its code",
        draw(
            LINE,
            "bd c e2",
            m=sub(
                "m",
                body(
                    "ms ma me",
                    ms=el("startEvent", "ms"),
                    me=el("endEvent", "me", ON["error"]),
                ),
            ),
            bd=el("boundaryEvent", "bd", ON["error"], 'attachedToRef="m"'),
        ),
        "ma c",
    ),
]
