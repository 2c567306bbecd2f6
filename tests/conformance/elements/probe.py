"""One row of the tables: a diagram, what is done with it and what comes of it.

A diagram is drawn by its flows, `"s m b e"`: what is not described begins with `s` for a start
event, with `e` for an end event, and is a task that leaves its id behind otherwise.

What comes of it are words in any order:

    a b b    the tasks that were completed, each as often as it was
    …        the instance has not ended
    !code    an incident
    x=5      a variable at the end, as FEEL
    >bell    a message, signal or escalation left the instance
    ~rule    a warning when it is deployed

What is done, one after the other:

    at s            first: the event that starts the instance
    do m x=1        somebody completes the task m
    error m         the work of m ends with an error
    choose m a b    somebody starts activities of the ad-hoc sub-process m
    letter k x=1    a message of that name, with the key k
    bell            a signal of that name
    wait 6          seconds pass
    none letter k   nobody waits for that
    is a b          this has been completed until now
    open a b        this waits for somebody
    for m clerk     the task m is offered to this duty
"""

from dataclasses import dataclass, field
from typing import Any

from tests.core.engine.drawn import ROOTS, extended, file, flows

MARK = extended('<zeebe:script expression="=1" resultVariable="r"/>')


@dataclass(frozen=True)
class Probe:
    """Attributes:
    comes: What comes of it; "" where it is refused.
    rule, element: What refuses it, and where.
    """

    name: str
    data: bytes
    comes: str = ""
    does: tuple[str, ...] = ()
    given: dict[str, Any] = field(default_factory=dict)
    rule: str = ""
    element: str = ""


def runs(name: str, data: bytes, comes: str, *does: str, **given: Any) -> Probe:
    return Probe(name, data, comes, does, given)


def refused(name: str, data: bytes, rule: str, element: str) -> Probe:
    return Probe(name, data, rule=rule, element=element)


def draw(*chains: str, root: str = ROOTS, more: str = "", head: str = "", **nodes: str) -> bytes:
    """A file; nodes that the chains name are drawn, those that are described as they are."""
    attributes = head or 'isExecutable="true"'
    return file(body(*chains, **nodes) + more, root, attributes)


def body(*chains: str, **nodes: str) -> str:
    """The inside of a process or sub-process."""
    names = dict.fromkeys(word for chain in chains for word in chain.split(" if ")[0].split())
    described = {_id(text): text for text in nodes.values()}
    drawn = [described.pop(name, "") or _plain(name) for name in names]
    return "".join([*drawn, *described.values()]) + flows(*chains)


def _id(text: str) -> str:
    return text.partition('id="')[2].partition('"')[0]


def _plain(name: str) -> str:
    if name[0] == "s":
        return f'<startEvent id="{name}"/>'
    if name[0] == "e":
        return f'<endEvent id="{name}"/>'
    return f'<scriptTask id="{name}">{MARK}</scriptTask>'


def el(tag: str, name: str, inner: str = "", attributes: str = "") -> str:
    return f'<{tag} id="{name}" {attributes}>{inner}</{tag}>'


def script(name: str, result: str, expression: str) -> str:
    """A task that writes a variable."""
    text = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return el(
        "scriptTask",
        name,
        extended(f'<zeebe:script expression="={text}" resultVariable="{result}"/>'),
    )


def sub(name: str, inner: str, attributes: str = "", tag: str = "subProcess") -> str:
    return el(tag, name, inner, attributes)


def process(name: str, inner: str) -> str:
    return f'<process id="{name}" isExecutable="true">{inner}</process>'


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><time{kind}>{text}</time{kind}></timerEventDefinition>"


def condition(text: str) -> str:
    return f"<conditionalEventDefinition><condition>{text}</condition></conditionalEventDefinition>"


def catch(name: str, inner: str, attributes: str = "") -> str:
    return el("intermediateCatchEvent", name, inner, attributes)


def throw(name: str, inner: str = "") -> str:
    return el("intermediateThrowEvent", name, inner)


def user(name: str, inner: str = "", attributes: str = "") -> str:
    return el("userTask", name, inner, attributes)


def edge(name: str, host: str, inner: str, cancels: bool = True) -> str:
    how = "" if cancels else 'cancelActivity="false"'
    return el("boundaryEvent", name, inner, f'attachedToRef="{host}" {how}')
