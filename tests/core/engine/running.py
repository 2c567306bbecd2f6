"""A diagram run in a test: its state is JSON text between moves, as it is when stored."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from service.core.engine import port
from service.core.engine.findings import ERROR
from service.core.engine.known import Known
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.spiff.compile import Compiled
from service.core.engine.state import Wait, load
from service.core.engine.validate import validate
from service.core.feel.border import from_state

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
FRAME = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="file"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:test">
{shared}
<process id="main" isExecutable="true">{body}</process>
</definitions>"""


def flow(*ends: str) -> str:
    """Sequence flows written `a > b`, or `a > b : condition`."""
    made = []
    for text in ends:
        path, _, condition = text.partition(" : ")
        source, target = (each.strip() for each in path.split(">"))
        name = f"{source}_{target}"
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        made.append(
            f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inside}'
            "</sequenceFlow>"
        )
    return "".join(made)


def user(*ids: str) -> str:
    return "".join(f'<userTask id="{each}"/>' for each in ids)


def compiled(body: str, shared: str = "") -> Compiled:
    model = read(FRAME.format(body=body, shared=shared).encode())
    errors = [each for each in validate(model, Known()) if each.severity == ERROR]
    assert not errors, errors
    return port.compile(normalise(model))


@dataclass
class Case:
    """An instance of the process `main`.

    Attributes:
        most: How many steps a move makes; 1 stores the state after every step.
    """

    compiled: Compiled
    most: int = port.MOST_STEPS
    now: datetime = MONDAY
    state: str = ""
    effects: list[port.Effect] = field(default_factory=list)

    def start(self, at: str = "", **variables: Any) -> "Case":
        given = _values(variables)
        self._keep(port.start(self.compiled, "main", given, self.now, at=at, most=self.most))
        return self

    def give(self, given: port.Input) -> None:
        stored = json.loads(self.state)
        self._keep(port.resume(self.compiled, stored, given, self.now, most=self.most))

    def _keep(self, outcome: port.Outcome) -> None:
        self.state = json.dumps(outcome.state)
        self.effects += outcome.effects
        if outcome.unfinished:
            self.give(port.Continue())

    # -- what a person, a worker or the world does

    def complete(self, element: str, **variables: Any) -> None:
        self.give(port.CompleteTask(self.instance(element), _values(variables)))

    def throw(self, element: str, code: str) -> None:
        self.give(port.BpmnErrorThrown(self.instance(element), code))

    def wait_for(self, seconds: float) -> None:
        """Let time pass; timers fire when they are due."""
        end = self.now + timedelta(seconds=seconds)
        while True:
            due = [(w.due, w.id) for w in self.waits("timer") if w.due]
            if not due or datetime.fromisoformat(min(due)[0]) > end:
                break
            self.now = max(self.now, datetime.fromisoformat(min(due)[0]))
            self.give(port.TimerDue(min(due)[1]))
        self.now = end

    def signal(self, name: str, **variables: Any) -> None:
        self.give(port.SignalArrived(name, _values(variables)))

    def message(self, name: str, key: str = "", **variables: Any) -> None:
        found = [w for w in self.waits("message") if (w.name, w.key) == (name, key)]
        self.give(port.MessageArrived(found[0].id, _values(variables)))

    # -- what can be seen

    @property
    def open(self) -> list[str]:
        """The elements that wait for somebody, sorted."""
        phases = ("task", "job", "command", "decision", "choice")
        instances = load(json.loads(self.state)).instances.values()
        return sorted(each.node for each in instances if each.phase in phases)

    @property
    def ended(self) -> str:
        return load(json.loads(self.state)).ended

    @property
    def incidents(self) -> list[str]:
        return [each.code for each in load(json.loads(self.state)).incidents.values()]

    @property
    def completed(self) -> list[str]:
        """The tasks left in the order they were."""
        lefts = [e for e in self.effects if isinstance(e, port.Left) and e.how == "completed"]
        return [each.element for each in lefts]

    def variables(self) -> dict[str, Any]:
        """The outermost variables, now or at the end."""
        ends = [each for each in self.effects if isinstance(each, port.Ended)]
        state = load(json.loads(self.state))
        stored = ends[0].variables if ends else state.instances[1].variables
        return {name: _plain(from_state(value)) for name, value in stored.items()}

    def instance(self, element: str) -> int:
        found = [e for e in load(json.loads(self.state)).instances.values() if e.node == element]
        assert found, f"{element} is not there; open: {self.open}"
        return min(e.id for e in found if e.phase != "active") if len(found) > 1 else found[0].id

    def waits(self, kind: str) -> list[Wait]:
        return [w for w in load(json.loads(self.state)).waits.values() if w.kind == kind]


def _values(variables: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in variables.items()}


def _value(given: Any) -> Any:
    if isinstance(given, list):
        return [_value(each) for each in given]
    return Decimal(given) if type(given) is int else given


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return int(value) if isinstance(value, Decimal) else value
