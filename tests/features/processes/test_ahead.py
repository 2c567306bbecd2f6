"""What may come after a step, as its diagram draws it: past gateways, rules and commands."""

from pathlib import Path

import pytest

from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.features.processes.ahead import steps_in

BPMN = Path(__file__).parents[3] / "bpmn"


@pytest.mark.parametrize(
    ("path", "element", "ahead"),
    [
        (
            "matters/violation_gate.bpmn",
            "decide_on_hold",
            [
                ("passed", "end", "放行"),
                ("gate_changed", "event", "中止"),
                ("suspended_too_long", "event", "中止"),
            ],
        ),
    ],
)
def test_gateways_are_passed_and_their_flows_say_when(
    path: str, element: str, ahead: list[tuple[str, str, str]]
) -> None:
    (process,) = normalise(read((BPMN / path).read_bytes())).processes
    found = [(each.element, each.kind, each.when) for each in steps_in(process.body, element)]
    assert found == ahead
