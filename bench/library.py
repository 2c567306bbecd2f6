"""The engine alone, beside the bare library that it stands on: no HTTP, no database.

Ours: a state as JSON in, the completed task and the answered command, the state and effects as
JSON out. SpiffWorkflow: the same diagram with its own parser and Python's `eval`, its workflow
kept in memory; and once more with its state written and read, as storing it would need.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from statistics import median
from typing import Any

import orjson
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.task import TaskState

from bench.cases import DIAGRAM, PROCESS
from service.core.engine import port
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read

_NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
_TIMES = 300
_SPIFF = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:b">
<process id="bench" isExecutable="true"><startEvent id="start"/><manualTask id="first"/>
<exclusiveGateway id="way" default="f_back"/><scriptTask id="tell"><script>event = 'posts'
</script></scriptTask><manualTask id="second"/><manualTask id="third"/><endEvent id="end"/>
<sequenceFlow id="f_start" sourceRef="start" targetRef="first"/>
<sequenceFlow id="f_first" sourceRef="first" targetRef="way"/>
<sequenceFlow id="f_many" sourceRef="way" targetRef="third">
<conditionExpression>posts &gt; 100 and agreed</conditionExpression></sequenceFlow>
<sequenceFlow id="f_few" sourceRef="way" targetRef="tell">
<conditionExpression>posts &lt;= 100 and agreed</conditionExpression></sequenceFlow>
<sequenceFlow id="f_back" sourceRef="way" targetRef="first"/>
<sequenceFlow id="f_tell" sourceRef="tell" targetRef="second"/>
<sequenceFlow id="f_second" sourceRef="second" targetRef="end"/>
<sequenceFlow id="f_third" sourceRef="third" targetRef="end"/>
</process></definitions>
"""


def measured() -> dict[str, float]:
    """Medians in microseconds: start, and complete with the advance to the next task."""
    return {
        "engine_start_us": _ours(is_start=True),
        "engine_complete_us": _ours(is_start=False),
        "spiff_start_us": _theirs(is_start=True),
        "spiff_complete_us": _theirs(is_start=False),
        "spiff_complete_stored_us": _theirs(is_start=False, is_stored=True),
    }


def _microseconds(make: Callable[[], Any], run: Callable[[Any], None]) -> float:
    """The median time of `run` on what `make` gives, after a warm-up."""
    taken = []
    for turn in range(_TIMES + 30):
        given = make()
        began = time.perf_counter()
        run(given)
        if turn >= 30:
            taken.append(time.perf_counter() - began)
    return round(median(taken) * 1e6, 1)


def _ours(*, is_start: bool) -> float:
    compiled = port.compile([normalise(read(DIAGRAM.encode()))], ["events.announce_event"], "d")
    begun = port.start(compiled, PROCESS, {}, _NOW)
    stored = orjson.dumps(begun.state)
    task = next(each.instance for each in begun.effects if isinstance(each, port.TaskOpened))
    given = port.CompleteTask(task, {"agreed": True, "posts": Decimal(7)})

    def start(_: None) -> None:
        orjson.dumps(port.start(compiled, PROCESS, {}, _NOW).state)

    def complete(_: None) -> None:
        first = port.resume(compiled, orjson.loads(stored), given, _NOW)
        wanted = next(each for each in first.effects if isinstance(each, port.CommandWanted))
        answer = port.CommandAnswer(wanted.instance)
        after = port.resume(compiled, first.state, answer, _NOW)
        assert any(isinstance(each, port.TaskOpened) for each in after.effects)
        orjson.dumps(after.state)

    return _microseconds(lambda: None, start if is_start else complete)


def _theirs(*, is_start: bool, is_stored: bool = False) -> float:
    parser = BpmnParser()
    parser.add_bpmn_str(_SPIFF.encode())
    spec, inner = parser.get_spec("bench"), parser.get_subprocess_specs("bench")
    serializer = BpmnWorkflowSerializer()

    def begun() -> Any:
        workflow = BpmnWorkflow(spec, inner)
        workflow.do_engine_steps()
        return workflow

    def stored() -> str:
        text: str = serializer.serialize_json(begun())
        return text

    def complete(workflow: Any) -> Any:
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        task.data.update(agreed=True, posts=7)
        task.run()
        workflow.do_engine_steps()
        (task,) = workflow.get_tasks(state=TaskState.READY, manual=True)
        assert task.task_spec.name == "second"
        return workflow

    if is_start:
        return _microseconds(lambda: None, lambda _: begun())
    if is_stored:
        return _microseconds(
            stored,
            lambda text: serializer.serialize_json(complete(serializer.deserialize_json(text))),
        )
    return _microseconds(begun, complete)
