"""A valid model with everything implicit made explicit, so that what compiles it knows one form.

In the result
 1. every process and sub-process but the ad-hoc ones begins with start events and ends with end
    events (BPMN 2.0.2, 13.3.1 and 13.5.6);
 2. only gateways have several flows, conditions or a default: an activity or event that splits
    (13.2.1) is followed by gateways, one where flows merge is preceded by one that lets each
    token pass;
 3. every flow out of an exclusive or inclusive gateway that splits has a condition or is the
    default; flows out of all others have none;
 4. links are flows; global tasks are processes; what instantiates is a start event; only
    executable processes are left;
 5. texts that can only be expressions begin with `=`;
 6. call activities have a called element; user tasks in a lane with a duty, and without an
    assignment, are offered to that duty, as are the choices of ad-hoc sub-processes; start
    events carry it for whoever asks who may start.

Ids that are drawn stay; added ones hold a `:`, behind the id of the drawn element that they
belong to (`editing.drawn_id`). A normalised model normalises to itself.
"""

from collections import deque
from dataclasses import replace

from .editing import MARK, Editing
from .extensions import Assignment, Binding, CalledElement, Text
from .model import (
    AdHocSubProcess,
    Body,
    CallActivity,
    Definitions,
    EndEvent,
    FlowNode,
    GlobalTask,
    Process,
    SequenceFlow,
    StartEvent,
    SubProcess,
    UserTask,
)
from .normalise_flows import ends, gateways, merges, splits
from .normalise_starts import instantiators, links, starts
from .normalise_texts import signed, signed_definition, signed_node
from .scopes_of import Scope, scopes


def normalise(definitions: Definitions) -> Definitions:
    """The explicit form of a model that `validate` finds no error in."""
    processes = tuple(x for x in definitions.processes if x.is_executable is not False)
    processes += tuple(_process_of(x) for x in definitions.global_tasks)
    events = tuple(signed_definition(x) for x in definitions.event_definitions)
    whole = replace(definitions, processes=processes, global_tasks=(), event_definitions=events)
    done: dict[str, Process | SubProcess] = {}
    for scope in reversed(scopes(whole)):
        done[_key(scope.container)] = replace(scope.container, body=_explicit(scope, done))
    made = tuple(done[_key(x)] for x in processes)
    return replace(whole, processes=tuple(x for x in made if isinstance(x, Process)))


def _key(container: Process | SubProcess) -> str:
    """A sub-process may have the id that a global task gave to a process."""
    return f"{type(container).__name__} {container.id}"


def _process_of(task: GlobalTask) -> Process:
    """A process that does one task. Its id is the task's, whose own is marked as added."""
    start, inside, end = (f"{task.id}{MARK}{x}" for x in ("start", "task", "end"))
    body = Body(
        nodes=(StartEvent(id=start), replace(task.task, id=inside), EndEvent(id=end)),
        flows=(
            SequenceFlow(id=f"{task.id}{MARK}in", source=start, target=inside),
            SequenceFlow(id=f"{task.id}{MARK}out", source=inside, target=end),
        ),
    )
    return Process(id=task.id, name=task.name, line=task.line, is_executable=True, body=body)


def _explicit(scope: Scope, done: dict[str, Process | SubProcess]) -> Body:
    duties = _duties(scope)
    nodes: list[FlowNode] = []
    for node in scope.body.nodes:
        inner = done[_key(node)] if isinstance(node, SubProcess) else node
        assert isinstance(inner, FlowNode)
        is_inner_start = isinstance(node, StartEvent) and scope.parent is not None
        duty = "" if is_inner_start else _duty(scope, node, duties)
        nodes.append(signed_node(_filled(inner, duty)))
    flows = tuple(replace(x, condition=signed(x.condition)) for x in scope.body.flows)
    editing = Editing(replace(scope.body, flows=flows), tuple(nodes))
    links(editing)
    instantiators(editing)
    is_ad_hoc = isinstance(scope.container, AdHocSubProcess)
    if not is_ad_hoc:
        starts(editing, scope.container.id)
    splits(editing)
    gateways(editing)
    merges(editing)
    if not is_ad_hoc:
        ends(editing)
    return editing.result()


# -- what a node says by its place or in BPMN's own attributes -----------------------------------


def _duties(scope: Scope) -> dict[str, str]:
    """The duty of the innermost lane that each drawn id lies in."""
    found: dict[str, str] = {}
    for around in scope.around():
        waiting = deque((x, "") for x in around.body.lanes)
        while waiting:
            lane, outer = waiting.popleft()
            duty = lane.duty or outer
            waiting.extend((x, duty) for x in lane.lanes)
            found.update((name, duty) for name in lane.nodes if duty)
    return found


def _duty(scope: Scope, node: FlowNode, duties: dict[str, str]) -> str:
    """A node in no lane of its own lies in the lane of its sub-process."""
    names = [node.id, *(x.container.id for x in scope.around())]
    return next((duties[x] for x in names if x in duties), "")


def _filled(node: FlowNode, duty: str) -> FlowNode:
    e = node.extensions
    if isinstance(node, CallActivity) and e.called_element is None:
        target = Text(node.called, node.id, node.line)
        binding = Binding("latest", is_explicit=False)
        called = CalledElement(target, binding, True, True, node.line)
        return replace(node, extensions=replace(e, called_element=called))
    if isinstance(node, UserTask) and e.assignment == Assignment() and duty:
        groups = Text(duty, node.id, node.line)
        assignment = Assignment(candidate_groups=groups)
        return replace(node, extensions=replace(e, assignment=assignment))
    if isinstance(node, AdHocSubProcess | StartEvent) and duty:
        return replace(node, extensions=replace(e, duty=duty))
    return node
