"""Many parallel rounds: what a completion costs, and that no round is lost while it waits."""

import json
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest

from service.core.engine import port
from service.core.engine.state import load

from .running import MONDAY, Case, compiled, flow, user
from .test_flow import multi, rounds

BELL = '<signal id="sig" name="stop"/>'
EDGE = (
    '<boundaryEvent id="b" attachedToRef="t"><signalEventDefinition id="d" signalRef="sig"/>'
    "</boundaryEvent>" + user("handled") + flow("b > handled", "handled > e")
)


class Stored(Mapping[str, Any]):
    """Pages kept apart as JSON text, read one by one; it remembers which were read."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.read: list[str] = []

    def __getitem__(self, key: str) -> Any:
        text = self.texts[key]
        self.read.append(key)
        return json.loads(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)

    def keep(self, changed: Mapping[str, Any]) -> int:
        """Write changed pages; how many bytes that took."""
        size = 0
        for key, rows in changed.items():
            self.texts.pop(key, None)
            if rows is not None:
                self.texts[key] = json.dumps(rows)
                size += len(self.texts[key])
        return size


class Apart:
    """An instance whose head and pages are stored each for itself."""

    def __init__(self, count: int, body: str = "", shared: str = "") -> None:
        self.compiled = compiled(body or multi("false"), shared)
        takes_items = "=items" in (body or multi("false"))
        items: Any = [Decimal(each) for each in range(count)]
        given = {"items": items} if takes_items else {}
        outcome = port.start(self.compiled, "main", given, MONDAY, most=count * 5)
        self.ids = rounds(Case(self.compiled, state=json.dumps(outcome.state)))
        self.pages = Stored()
        self.keep(outcome)

    def keep(self, outcome: port.Outcome) -> int:
        self.effects = outcome.effects
        self.head = json.dumps(outcome.head)
        return len(self.head) + self.pages.keep(outcome.changed)

    def give(self, given: port.Input) -> int:
        """How many bytes the move has read and written."""
        self.pages.read = []
        before = len(self.head)
        stored = json.loads(self.head) | {"pages": self.pages}
        outcome = port.resume(self.compiled, stored, given, MONDAY)
        before += sum(len(self.pages.texts[key]) for key in set(self.pages.read))
        return before + self.keep(outcome)

    def complete(self, number: int, result: int = 1) -> int:
        return self.give(port.CompleteTask(number, {"result": Decimal(result)}))


def counted(count: int) -> Apart:
    """Rounds over computed items: a collection that is a variable lies in the head."""
    return Apart(count, multi("false").replace("=items", f"=for n in 1..{count} return n"))


def test_the_bytes_of_a_completion_do_not_grow_with_the_number_of_rounds():
    few, many = counted(500), counted(4000)
    small, large = (sum(case.complete(each) for each in case.ids[100:200]) for case in (few, many))
    assert large <= 1.2 * small
    assert large / 100 < 20_000


def test_rounds_stored_apart_give_their_results_in_order():
    case = Apart(300)
    ids = list(enumerate(case.ids))
    random.Random(7).shuffle(ids)
    for place, number in ids:
        case.complete(number, place * 10)
    stored = json.loads(case.head) | {"pages": case.pages}
    state = load(stored)
    assert state.instances[1].variables["results"] == _encoded([n * 10 for n in range(300)])
    assert [each.node for each in state.instances.values() if each.phase == "task"] == ["after"]
    assert case.pages.texts == {}


def _encoded(numbers: list[int]) -> Any:
    from service.core.feel.border import to_state

    return to_state([Decimal(each) for each in numbers])


def test_a_round_is_completed_once():
    case = Apart(3)
    case.complete(case.ids[1])
    with pytest.raises(port.Refused, match="it is gone"):
        case.complete(case.ids[1])


@pytest.mark.parametrize("given", [port.SignalArrived("stop"), port.Cancel()])
def test_what_ends_the_activity_closes_every_round_and_keeps_none(given):
    case = Apart(200, multi("false") + EDGE, BELL)
    case.complete(case.ids[5])
    case.give(given)
    closed = [each.instance for each in case.effects if isinstance(each, port.TaskClosed)]
    assert sorted(closed) == [each for each in case.ids if each != case.ids[5]]
    assert case.pages.texts == {}


def test_a_completion_condition_closes_the_rounds_that_wait():
    case = Apart(200, multi("false", "numberOfCompletedInstances = 2"))
    case.complete(case.ids[150])
    case.complete(case.ids[3])
    closed = [each for each in case.effects if isinstance(each, port.TaskClosed)]
    assert len(closed) == 199
    assert case.pages.texts == {}


PRINTS = (
    '<startEvent id="s"/><serviceTask id="t"><extensionElements><zeebe:taskDefinition'
    ' type="print"/></extensionElements><multiInstanceLoopCharacteristics><loopCardinality>100'
    '</loopCardinality></multiInstanceLoopCharacteristics></serviceTask><endEvent id="e"/>'
) + flow("s > t", "t > e")


def test_a_job_of_a_round_that_fails_is_tried_again_while_the_others_wait():
    case = Apart(100, PRINTS)
    case.give(port.JobFailed(case.ids[40], "no paper"))
    raised = [each for each in case.effects if isinstance(each, port.IncidentRaised)]
    case.give(port.JobDone(case.ids[41]))
    case.give(port.Retry(raised[0].incident))
    assert [e.instance for e in case.effects if isinstance(e, port.JobOpened)] == [case.ids[40]]
    for number in case.ids[:41] + case.ids[42:]:
        case.give(port.JobDone(number))
    assert [e.how for e in case.effects if isinstance(e, port.Ended)] == ["completed"]


def test_rounds_are_closed_in_their_order_wherever_they_have_been_kept():
    case = Apart(100, PRINTS + EDGE, BELL)
    # A round with an incident is not put aside as the others are.
    case.give(port.JobFailed(case.ids[40], "no paper"))
    case.give(port.SignalArrived("stop"))
    lefts = [e.instance for e in case.effects if isinstance(e, port.Left)]
    assert [each for each in lefts if each in case.ids] == case.ids[::-1]


def test_variables_of_a_round_that_waits_can_be_set():
    case = Apart(80)
    case.give(port.SetVariables({"note": "seen"}, case.ids[70], is_local=True))
    state = load(json.loads(case.head) | {"pages": case.pages})
    assert state.instances[case.ids[70]].variables["note"] == "seen"
    assert len([each for each in state.instances.values() if each.round]) == 80
