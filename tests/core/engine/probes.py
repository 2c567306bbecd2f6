"""Diagrams with and without something that a diagram may say."""

from .drawn import END, ON, ROOTS, START, between, extended, file, flows, script
from .shapes import bounded, throw

JOB = '<zeebe:taskDefinition type="pay"/>'
MI = "multiInstanceLoopCharacteristics"


def user(extension: str = "", attributes: str = "", inner: str = "") -> bytes:
    more = extended(extension) if extension else ""
    return between(f'<userTask id="a" {attributes}>{more}{inner}</userTask>')


def service(*extensions: str, inner: str = "") -> bytes:
    return between(f'<serviceTask id="a">{extended(*extensions)}{inner}</serviceTask>')


def many(attributes: str = "", inner: str = "", loop: str = "", root: str = ROOTS) -> bytes:
    collection = f'<zeebe:loopCharacteristics inputCollection="=items" {loop}/>'
    body = f"<{MI} {attributes}>{extended(collection)}{inner}</{MI}>"
    return between(f'<userTask id="a">{body}</userTask>', root=root)


def repeated(inner: str = "", attributes: str = "") -> bytes:
    loop = f"<standardLoopCharacteristics {attributes}>{inner}</standardLoopCharacteristics>"
    return between(f'<userTask id="a">{loop}</userTask>')


def gate(tag: str, attributes: str = "", first: str = " if x = 1", second: str = "") -> bytes:
    body = START + f'<{tag} id="g" {attributes}/>' + script("b") + script("c") + END
    return file(body + flows("start g", "b end", "c end", "g b" + first, "g c" + second))


def joined(tag: str, inner: str = "", attributes: str = "") -> bytes:
    body = START + '<parallelGateway id="f"/><userTask id="b"/><userTask id="c"/>'
    join = f'<{tag} id="j" {attributes}>{inner}</{tag}>'
    return file(body + join + script("d") + END + flows("start f b j d end", "f c j"))


def chosen(attributes: str = "", inner: str = "", extension: str = "") -> bytes:
    more = extended(extension) if extension else ""
    body = f'{more}<userTask id="b"/><userTask id="c"/>{inner}'
    return between(f'<adHocSubProcess id="a" {attributes}>{body}</adHocSubProcess>')


def called(extension: str = "") -> bytes:
    more = '<process id="q" isExecutable="true"><startEvent id="qs"/><userTask id="w"/>{}</process>'
    flow = flows("qs w")
    call = f'<zeebe:calledElement processId="q" {extension}/>'
    return between(
        f'<callActivity id="a">{extended(call)}</callActivity>', root=ROOTS + more.format(flow)
    )


def rule(attributes: str = "") -> bytes:
    decision = f'<zeebe:calledDecision decisionId="d" {attributes}/>'
    return between(f'<businessRuleTask id="a">{extended(decision)}</businessRuleTask>')


def undoing(events: str) -> bytes:
    """Two user tasks with handlers, then a throw of these events."""
    parts = "".join(
        f'<userTask id="{n}"/><boundaryEvent id="b{n}" attachedToRef="{n}">{ON["compensation"]}'
        f"</boundaryEvent>{script('u' + n, attributes=FOR_UNDOING)}"
        f'<association id="as{n}" sourceRef="b{n}" targetRef="u{n}"/>'
        for n in ("h", "i")
    )
    return file(START + parts + throw(events) + END + flows("start h i a end"))


def watched(attributes: str = "") -> bytes:
    """A sub-process with work to do, and an event sub-process inside."""
    inner = (
        f'<userTask id="w"/><subProcess id="e" triggeredByEvent="true"><startEvent id="es"'
        f" {attributes}>{ON['signal']}</startEvent></subProcess>"
    )
    return between(f'<subProcess id="a">{inner}</subProcess>')


def watching(extension: str = "") -> bytes:
    """Two tasks; the first one makes true what an event sub-process waits for."""
    more = extended(extension) if extension else ""
    definition = (
        ON["conditional"].replace("x = 1", "x = 2").replace("<condition>", more + "<condition>")
    )
    event = (
        f'<subProcess id="e" triggeredByEvent="true"><startEvent id="es">{definition}</startEvent>'
    )
    tasks = '<userTask id="a"/><userTask id="b"/>'
    return file(START + tasks + END + flows("start a b end") + event + "</subProcess>")


FOR_UNDOING = 'isForCompensation="true"'
UNDO_H, UNDO_I = (f'<compensateEventDefinition activityRef="{n}"/>' for n in ("h", "i"))


def timed(kind: str, words: str, attributes: str = "") -> bytes:
    definition = f"<timerEventDefinition><{kind}>{words}</{kind}></timerEventDefinition>"
    return bounded(definition, attributes)
