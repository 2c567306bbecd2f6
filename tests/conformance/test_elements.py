"""Every construct runs as BPMN says, or is refused with its rule, element and line; none runs
differently without a message."""

import pytest

from service.core.engine import port
from service.core.engine.findings import ERROR
from service.core.engine.read_xml import read
from service.core.engine.validate import validate
from tests.core.engine.judged import is_whole

from .elements import AREAS
from .elements.probe import Probe
from .elements.walk import walked

ALL = {f"{area}: {probe.name}": probe for area, probes in AREAS.items() for probe in probes}
RUNS = [name for name, probe in ALL.items() if not probe.rule]
REFUSED = [name for name, probe in ALL.items() if probe.rule]


def test_the_tables_hold_every_construct_once():
    assert len(ALL) == sum(map(len, AREAS.values()))
    assert len(ALL) >= 238


@pytest.mark.parametrize("most", [port.MOST_STEPS, 1], ids=["whole moves", "stored every step"])
@pytest.mark.parametrize("name", RUNS)
def test_a_construct_runs_as_bpmn_says(name: str, most: int):
    probe = ALL[name]
    walked(probe, most).told(probe.comes)


@pytest.mark.parametrize("name", RUNS)
def test_what_differs_from_bpmn_is_told_when_it_is_deployed(name: str):
    probe = ALL[name]
    found = validate(read(probe.data))
    assert [each for each in found if each.severity == ERROR] == []
    warned = {word[1:] for word in probe.comes.split() if word[0] == "~"}
    assert {each.rule for each in found} == warned
    for each in found:
        is_whole(each, probe.data)


@pytest.mark.parametrize("name", REFUSED)
def test_a_construct_is_refused_at_its_element_and_line(name: str):
    probe: Probe = ALL[name]
    found = [each for each in validate(read(probe.data)) if each.severity == ERROR]
    assert (probe.rule, probe.element) in {(each.rule, each.element) for each in found}
    for each in found:
        is_whole(each, probe.data)
