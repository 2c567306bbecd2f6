"""Diagrams with one event or activity `a` in each of its places."""

from .drawn import END, ON, START, between, extended, file, flows, script, sub

LINK = '<linkEventDefinition name="L"/>'
CYCLE = "<timerEventDefinition><timeCycle>R3/PT1S</timeCycle></timerEventDefinition>"


def with_extensions(tag: str, *extensions: str, inner: str = "") -> str:
    """An element `a` with extensions."""
    return f'<{tag} id="a">{extended(*extensions)}{inner}</{tag}>'


def catch(on: str, attributes: str = "") -> str:
    return f'<intermediateCatchEvent id="a" {attributes}>{on}</intermediateCatchEvent>'


def throw(on: str) -> str:
    return f'<intermediateThrowEvent id="a">{on}</intermediateThrowEvent>'


def starting(on: str, attributes: str = "") -> bytes:
    return file(f'<startEvent id="a" {attributes}>{on}</startEvent>' + END + flows("a end"))


def ending(on: str) -> bytes:
    return file(START + f'<endEvent id="a">{on}</endEvent>' + flows("start a"))


def bounded(on: str, attributes: str = "", host: str = '<userTask id="h"/>') -> bytes:
    event = f'<boundaryEvent id="a" attachedToRef="h" {attributes}>{on}</boundaryEvent>'
    return file(START + host + event + END + script("b") + flows("start h end", "a b"))


def compensated(host: str = '<userTask id="h"/>', mark: str = 'isForCompensation="true"') -> bytes:
    event = f'<boundaryEvent id="a" attachedToRef="h">{ON["compensation"]}</boundaryEvent>'
    link = '<association id="as" sourceRef="a" targetRef="c"/>'
    handler = script("c", attributes=mark)
    return file(START + host + event + handler + link + END + flows("start h end"))


def triggered(on: str, attributes: str = "", inside: bool = False) -> bytes:
    event = (
        f'<subProcess id="e" triggeredByEvent="true"><startEvent id="a" {attributes}>{on}'
        "</startEvent></subProcess>"
    )
    if inside:
        return between(sub("s", event), name="s")
    return file(START + END + flows("start end") + event)
