"""What the validator says of a file."""

from service.core.engine.findings import ERROR, Finding
from service.core.engine.known import Known
from service.core.engine.read_xml import read
from service.core.engine.validate import is_sound, validate


def errors(data: bytes, known: Known | None = None) -> dict[str, str]:
    """The broken rules and the element of the first; each finding is whole."""
    found = [x for x in validate(read(data), known) if x.severity == ERROR]
    for finding in found:
        is_whole(finding, data)
    first: dict[str, str] = {}
    for finding in found:
        first.setdefault(finding.rule, finding.element)
    return first


def warnings(data: bytes) -> set[str]:
    found = validate(read(data))
    assert is_sound(found), found
    return {x.rule for x in found}


def is_whole(finding: Finding, data: bytes) -> None:
    """A rule, the element, its line and a sentence in both languages."""
    assert finding.rule
    assert finding.element
    assert finding.element.encode() in data
    assert 1 <= finding.line <= data.count(b"\n") + 1
    assert finding.message.endswith(".")
    assert any("\u4e00" <= c <= "\u9fff" for c in finding.message_zh)
