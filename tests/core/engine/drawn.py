"""Small diagrams for tests, written as XML."""

import re
from itertools import pairwise
from typing import Any

from service.core.engine.findings import Finding
from service.core.engine.model import Definitions
from service.core.engine.read_xml import read

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="t" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:d="urn:dingbian:bpmn:1" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:other="urn:other">'
)

START, END = '<startEvent id="start"/>', '<endEvent id="end"/>'
MESSAGE = (
    '<message id="M" name="letter"><extensionElements>'
    '<zeebe:subscription correlationKey="=key"/></extensionElements></message>'
)
SIGNAL = '<signal id="S" name="bell"/>'
ERROR = '<error id="E" errorCode="broken"/>'
ESCALATION = '<escalation id="X" escalationCode="higher"/>'
ON = {
    "message": '<messageEventDefinition messageRef="M"/>',
    "signal": '<signalEventDefinition signalRef="S"/>',
    "error": '<errorEventDefinition errorRef="E"/>',
    "escalation": '<escalationEventDefinition escalationRef="X"/>',
    "timer": "<timerEventDefinition><timeDuration>PT5S</timeDuration></timerEventDefinition>",
    "conditional": "<conditionalEventDefinition><condition>x = 1</condition>"
    "</conditionalEventDefinition>",
    "terminate": "<terminateEventDefinition/>",
    "cancel": "<cancelEventDefinition/>",
    "compensation": "<compensateEventDefinition/>",
}
ROOTS = MESSAGE + SIGNAL + ERROR + ESCALATION


def flows(*chains: str) -> str:
    """Sequence flows along `a b c`; `a b if x > 1` makes the condition of the last one."""
    made = []
    for chain in chains:
        path, _, condition = chain.partition(" if ")
        nodes = path.split()
        for source, target in pairwise(nodes):
            is_last = target == nodes[-1]
            text = f"<conditionExpression>{escaped(condition)}</conditionExpression>"
            made.append(
                f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}">'
                f"{text if condition and is_last else ''}</sequenceFlow>"
            )
    return "".join(made)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def file(body: str, root: str = ROOTS, attributes: str = 'isExecutable="true"') -> bytes:
    """A file with one process `p`, one element a line."""
    text = f'{HEAD}{root}<process id="p" {attributes}>{body}</process></definitions>'
    return re.sub(r"(?<=>)(?=<)", "\n", text).encode()


def extended(*extensions: str) -> str:
    return f"<extensionElements>{''.join(extensions)}</extensionElements>"


def between(element: str, name: str = "a", **how: str) -> bytes:
    """start, the element, end."""
    return file(START + element + END + flows(f"start {name} end"), **how)


def script(name: str, inner: str = "", attributes: str = "") -> str:
    expression = '<zeebe:script expression="=1" resultVariable="r"/>'
    return f'<scriptTask id="{name}" {attributes}>{extended(expression)}{inner}</scriptTask>'


def sub(name: str, inner: str = "", tag: str = "subProcess", attributes: str = "") -> str:
    """A sub-process with a start, a script and an end of its own."""
    start, work, end = (f"{name}.{x}" for x in ("start", "script", "end"))
    body = f'<startEvent id="{start}"/>{script(work)}<endEvent id="{end}"/>'
    body += flows(f"{start} {work} {end}")
    return f'<{tag} id="{name}" {attributes}>{inner}{body}</{tag}>'


def node(model: Definitions, name: str) -> Any:
    return next(x for x in model.processes[0].body.nodes if x.id == name)


def only(findings: tuple[Finding, ...] | list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def model_of(data: bytes) -> Definitions:
    """What a file without findings says."""
    model = read(data)
    assert model.findings == ()
    return model
