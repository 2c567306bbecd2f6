"""Sub-processes, called processes and event sub-processes."""

from tests.core.engine.drawn import ON, ROOTS, extended

from .probe import (
    body,
    condition,
    draw,
    el,
    process,
    refused,
    runs,
    script,
    sub,
    timer,
    user,
)

LINE = "s m b e"
BINDING = 'bindingType="deployment"'


def inside(*chains: str, more: str = "", **nodes: str) -> str:
    described = {"ms": el("startEvent", "ms"), "me": el("endEvent", "me"), **nodes}
    named = " ".join(chains).split()
    used = {k: v for k, v in described.items() if k in named or k in nodes}
    return body(*chains, **used) + more


PLAIN = inside("ms ma me")
OBJECT = '<dataObject id="o" name="O"/><dataObjectReference id="or" dataObjectRef="o"/>'


def ad_hoc(a: str, b: str, inner: str = "", attributes: str = "", active: str = "") -> bytes:
    both = active or "[&quot;ma&quot;, &quot;mb&quot;]"
    extension = extended(f'<zeebe:adHoc activeElementsCollection="={both}"/>')
    return draw(LINE, m=sub("m", extension + a + b + inner, attributes, "adHocSubProcess"))


def chosen(a: str, b: str, inner: str = "", attributes: str = "") -> bytes:
    return draw(LINE, m=sub("m", a + b + inner, attributes, "adHocSubProcess"))


MA, MB = script("ma", "p", "1"), script("mb", "q", "1")
UA, UB = user("ma"), user("mb")


def until(text: str) -> str:
    return f"<completionCondition>{text}</completionCondition>"


def calling(code: str, attributes: str = "", **nodes: str) -> bytes:
    called = process(
        "q", body("qs qa qe", qs=el("startEvent", "qs"), qa=code, qe=el("endEvent", "qe"))
    )
    call = el(
        "callActivity",
        "m",
        extended(f'<zeebe:calledElement processId="q" {BINDING} {attributes}/>'),
    )
    return draw("s i m b e", i=script("i", "x", "1"), m=call, root=ROOTS + called)


RECURSION = draw(
    "s a g",
    "g m if n > 0",
    "g e",
    "m e",
    a=script("a", "n", "n - 1"),
    g=el("exclusiveGateway", "g", "", 'default="g-e"'),
    m=el("callActivity", "m", extended(f'<zeebe:calledElement processId="p" {BINDING}/>')),
)
GLOBAL = draw(
    LINE,
    m=el("callActivity", "m", "", 'calledElement="gt"'),
    root=ROOTS
    + el("globalScriptTask", "gt", extended('<zeebe:script expression="=1" resultVariable="z"/>')),
)

PROBES = [
    runs("embedded", draw(LINE, m=sub("m", PLAIN)), "ma b"),
    runs(
        "embedded, it reads and writes what is around it",
        draw(LINE, m=sub("m", inside("ms ma me", ma=script("ma", "x", "x + 1")))),
        "ma b x=2",
        x=1,
    ),
    runs("a start that is not drawn", draw(LINE, m=sub("m", MA)), "ma b"),
    runs("an end that is not drawn", draw(LINE, m=sub("m", inside("ms ma"))), "ma b"),
    runs("a transaction", draw(LINE, m=sub("m", PLAIN, tag="transaction")), "ma b"),
    runs(
        "one that says that no event triggers it",
        draw(LINE, m=sub("m", PLAIN, 'triggeredByEvent="false"')),
        "ma b",
    ),
    runs("ad hoc, all at once", ad_hoc(MA, MB), "ma mb b"),
    runs(
        "ad hoc, until a condition holds", ad_hoc(MA, MB, until("p + q = 2")), "ma mb b", p=0, q=0
    ),
    runs(
        "ad hoc, beside a data object",
        ad_hoc(MA, MB, until("p + q = 2") + OBJECT),
        "ma mb b",
        p=0,
        q=0,
    ),
    runs(
        "ad hoc, the first activity ends the others",
        ad_hoc(UA, UB, until("x = 1")),
        "ma b",
        "do ma x=1",
        x=0,
    ),
    runs(
        "ad hoc, the others may end",
        ad_hoc(UA, UB, until("x = 1"), 'cancelRemainingInstances="false"'),
        "ma mb b",
        "do ma x=1",
        "is ma",
        "do mb",
        x=0,
    ),
    runs(
        "ad hoc, one at a time",
        chosen(UA, UB, until("false"), 'ordering="Sequential"'),
        "… ma",
        "choose m ma",
        "none choose m mb",
        "do ma",
        "choose m mb",
        "open m mb",
    ),
    runs(
        "ad hoc, people choose what and how often",
        chosen(UA, UB),
        "ma ma b",
        "open m",
        "choose m ma ma",
        "do ma",
        "do ma",
        "do m",
    ),
    runs("a call, all variables cross", calling(script("qa", "y", "x + 1")), "i qa b y=2 x=1"),
    runs(
        "a call, no variables cross",
        calling(
            script("qa", "y", 'if is defined(x) then "leak" else "kept"'),
            'propagateAllParentVariables="false" propagateAllChildVariables="false"',
        ),
        "i qa b x=1 y=null",
        y=None,
    ),
    refused(
        "a call of nothing",
        draw("s m e", m=el("callActivity", "m", "", 'calledElement="zz"')),
        "unknown_process",
        "m",
    ),
    runs("a call of itself", RECURSION, "a a a", n=3),
    runs("a call of a global task", GLOBAL, "gt b z=1"),
]


def watched(event: str, is_inside: bool = False, cancels: bool = True) -> bytes:
    """A task, and an event sub-process that may take its place."""
    how = "" if cancels else 'isInterrupting="false"'
    handler = sub(
        "v",
        body(
            "vs va ve",
            vs=el("startEvent", "vs", event, how),
            ve=el("endEvent", "ve"),
        ),
        'triggeredByEvent="true"',
    )
    if not is_inside:
        return draw("s u b e", u=user("u"), more=handler)
    main = body("os u b oe", os=el("startEvent", "os"), u=user("u"), oe=el("endEvent", "oe"))
    return draw("s o z e", o=sub("o", main + handler))


FIRED = {
    "a message": (ON["message"], "letter"),
    "a signal": (ON["signal"], "bell"),
    "a timer": (timer("Duration", "PT5S"), "wait 6"),
}


def failing(end: str) -> bytes:
    handler = sub(
        "v",
        body("vs va ve", vs=el("startEvent", "vs", ON["error"]), ve=el("endEvent", "ve")),
        'triggeredByEvent="true"',
    )
    main = body("os oa oe", os=el("startEvent", "os"), oe=el("endEvent", "oe", end))
    return draw("s o z e", o=sub("o", main + handler))


EVENT_SUB_PROCESSES = [
    *(
        probe
        for name, (event, happens) in FIRED.items()
        for probe in (
            runs(f"{name}, interrupting", watched(event), "va", happens),
            runs(f"{name}, beside", watched(event, cancels=False), "va u b", happens, "do u"),
            runs(f"{name} that does not come", watched(event), "u b", "do u"),
            runs(f"{name}, in a sub-process", watched(event, True), "va z", happens),
        )
    ),
    runs("a condition", watched(condition("x = 1")), "va", x=1),
    runs("an error, thrown", failing(ON["error"]), "oa va z"),
    runs("an error, not thrown", failing(""), "oa z"),
    runs("an escalation, not thrown", watched(ON["escalation"]), "u b", "do u"),
    runs("compensation, not thrown", watched(ON["compensation"], True), "u b z", "do u"),
    runs(
        "a message twice, beside",
        watched(ON["message"], cancels=False),
        "va va u b",
        "letter",
        "letter",
        "do u",
    ),
]
