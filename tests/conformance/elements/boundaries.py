"""Boundary events and compensation."""

from tests.core.engine.drawn import ON, ROOTS

from .probe import (
    body,
    condition,
    draw,
    edge,
    el,
    process,
    refused,
    runs,
    script,
    sub,
    throw,
    timer,
    user,
)

LINE = ("s m b e", "bd c e2")
OTHER = ROOTS + '<error id="E2" errorCode="other"/>'
OTHER_ERROR = '<errorEventDefinition errorRef="E2"/>'
ANY_ERROR = "<errorEventDefinition/>"
THREE = (
    "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    "</multiInstanceLoopCharacteristics>"
)


def bound(inner: str, host: str = "", cancels: bool = True, root: str = ROOTS) -> bytes:
    return draw(*LINE, m=host or user("m"), bd=edge("bd", "m", inner, cancels), root=root)


def inner(*chains: str, **nodes: str) -> str:
    return sub("m", body(*chains, **{"ms": el("startEvent", "ms"), **nodes}))


def throws(what: str) -> str:
    """A sub-process that throws on its way."""
    return inner("ms ma mt mb me", mt=throw("mt", what), me=el("endEvent", "me"))


def ends(what: str, name: str = "m") -> str:
    """A sub-process that ends so."""
    return inner("ms ma me", me=el("endEvent", "me", what)).replace('"m"', f'"{name}"')


FIRED = {
    "a message": (ON["message"], "letter"),
    "a signal": (ON["signal"], "bell"),
    "a duration": (timer("Duration", "PT5S"), "wait 6"),
    "a date": (timer("Date", "2020-01-01T00:00:00Z"), "wait 1"),
}
UNDONE = '<association id="as" sourceRef="bd" targetRef="h"/>'
HANDLER = el(
    "scriptTask",
    "h",
    '<extensionElements><zeebe:script expression="=1" resultVariable="u"/></extensionElements>',
    'isForCompensation="true"',
)
CALLED = process(
    "q",
    body("qs qa qe", qs=el("startEvent", "qs"), qe=el("endEvent", "qe", ON["error"])),
)
DEEP = inner(
    "ms n me",
    n=ends(ON["error"], "n")
    .replace('"ms"', '"ns"')
    .replace('"me"', '"ne"')
    .replace("ma", "na")
    .replace("ms-", "ns-")
    .replace("-me", "-ne"),
    me=el("endEvent", "me"),
)
TRANSACTION = sub(
    "x",
    body(
        "xs m xe",
        xs=el("startEvent", "xs"),
        xe=el("endEvent", "xe", ON["cancel"]),
        bd=edge("bd", "m", ON["compensation"]),
        h=HANDLER,
    )
    + UNDONE,
    tag="transaction",
)

PROBES = [
    *(
        probe
        for name, (event, happens) in FIRED.items()
        for probe in (
            runs(f"{name}, interrupting", bound(event), "c", happens),
            runs(f"{name}, beside", bound(event, cancels=False), "c m b", happens, "do m"),
        )
    ),
    runs(
        "a message twice, beside",
        bound(ON["message"], cancels=False),
        "c c m b",
        "letter",
        "letter",
        "do m",
    ),
    runs(
        "a cycle of three, beside",
        bound(timer("Cycle", "R3/PT1S"), cancels=False),
        "c c c m b",
        "wait 9",
        "do m",
    ),
    runs(
        "a cycle without end, beside",
        bound(timer("Cycle", "R/PT1S"), cancels=False),
        "c c c c c m b",
        "wait 5",
        "do m",
    ),
    runs("a condition", bound(condition("x = 1")), "c", x=1),
    runs("an activity that ends first", bound(timer("Duration", "PT5S")), "m b", "do m", "wait 9"),
    runs("an error of a sub-process", bound(ON["error"], ends(ON["error"])), "ma c"),
    runs(
        "an error of another code",
        bound(OTHER_ERROR, ends(ON["error"]), root=OTHER),
        "ma … !uncaught_error",
    ),
    runs("any error", bound(ANY_ERROR, ends(ON["error"])), "ma c"),
    runs(
        "a script that has no value is an incident, not an error",
        bound(ANY_ERROR, script("m", "x", "1 / nothing")),
        "… !expression",
    ),
    runs("an error that a worker tells of", bound(ON["error"]), "c", "error m"),
    runs("an escalation, interrupting", bound(ON["escalation"], throws(ON["escalation"])), "ma c"),
    runs(
        "an escalation, beside",
        bound(ON["escalation"], throws(ON["escalation"]), cancels=False),
        "ma mb c b",
    ),
    runs(
        "a signal from inside interrupts at once",
        bound(ON["signal"], throws(ON["signal"])),
        "ma c >bell",
    ),
    runs(
        "an error of a called process",
        bound(ON["error"], el("callActivity", "m", "", 'calledElement="q"'), root=ROOTS + CALLED),
        "qa c",
    ),
    runs("an error from two levels down", bound(ON["error"], DEEP), "na c"),
    runs(
        "a cancelled transaction",
        bound(ON["cancel"], ends(ON["cancel"]).replace("subProcess", "transaction")),
        "ma c",
    ),
    refused("cancel of what is no transaction", bound(ON["cancel"]), "event_position", "bd"),
    runs(
        "compensation",
        draw(
            "s m t b e",
            bd=edge("bd", "m", ON["compensation"]),
            h=HANDLER,
            t=throw("t", ON["compensation"]),
            more=UNDONE,
        ),
        "m h b",
    ),
    runs(
        "a cancelled transaction is compensated",
        draw("s x b e", "bc c e2", x=TRANSACTION, bc=edge("bc", "x", ON["cancel"])),
        "m h c",
    ),
    runs(
        "several, any of which counts",
        bound(ON["message"] + timer("Duration", "PT5S")),
        "c",
        "letter",
    ),
    runs(
        "two events on one task",
        draw(
            "s m a e",
            "b1 b e",
            "b2 c e2",
            m=user("m"),
            b1=edge("b1", "m", ON["message"]),
            b2=edge("b2", "m", ON["signal"], cancels=False),
        ),
        "b c",
        "bell",
        "letter",
    ),
    runs("all rounds of a multi-instance", bound(ON["message"], user("m", THREE)), "c", "letter"),
    runs(
        "a sub-process that waits",
        bound(ON["message"], inner("ms mu me", mu=user("mu"), me=el("endEvent", "me"))),
        "c",
        "letter",
    ),
    runs(
        "an event that leads nowhere ends its token",
        draw("s m b e", m=user("m"), bd=edge("bd", "m", ON["message"])),
        "",
        "letter",
    ),
    refused(
        "a compensation handler in the flow",
        draw("s h e", h=HANDLER),
        "compensation_handler",
        "h",
    ),
]
