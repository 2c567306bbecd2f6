"""A model becomes specs, once for each content; what runs reads these only."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from ..model import (
    Activity,
    Body,
    BoundaryEvent,
    DataObject,
    DataObjectReference,
    Definitions,
    Element,
    Error,
    Escalation,
    EventDefinition,
    EventSubProcess,
    GlobalTask,
    Message,
    Process,
    Signal,
    StartEvent,
    SubProcess,
)
from .evaluate import Expressions
from .specs import BodySpec, ElementSpec, begins_by_itself, is_compensation, is_link_target


@dataclass(eq=False)
class Compiled:
    """Diagrams that run together: one that is started, and those it may call.

    Attributes:
        digest: Hash of the content; states name it.
        specs: Every element by its key.
        processes: Every process and global task by its id.
        shared: Messages, signals, errors, escalations and shared event definitions by id.
        variables: The variable that a data object, its reference or a property stands for, by id.
        commands: The service task types that are commands of ours.
        expressions: Every expression, compiled when first evaluated.
        reach: What can be reached from where, filled as joins ask.
    """

    digest: str
    specs: dict[str, ElementSpec]
    processes: dict[str, ElementSpec]
    shared: dict[str, Element]
    variables: dict[str, str]
    commands: frozenset[str]
    expressions: Expressions = field(default_factory=Expressions)
    reach: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def walls(self) -> frozenset[str]:
        """The keys of the processes: no variable is looked up beyond one."""
        return frozenset(each.key for each in self.processes.values())

    def definition(self, event: EventDefinition) -> EventDefinition:
        """The event definition itself, where this one only refers to a shared one by its id."""
        shared = self.shared.get(event.id)
        return shared if isinstance(shared, EventDefinition) else event


def compile_models(
    models: Iterable[Definitions], commands: Iterable[str] = (), digest: str = ""
) -> Compiled:
    """Specs of all processes of these models.

    Args:
        models: The diagram to run first, then those that it may call.
        commands: The service task types that are carried out as commands.
        digest: Hash of the files; made from the models where none is given.

    Raises:
        ValueError: Two processes have one id, or a sequence flow leads nowhere.
    """
    models = tuple(models)
    digest = digest or hashlib.sha256(repr(models).encode()).hexdigest()[:32]
    compiled = Compiled(digest, {}, {}, {}, {}, frozenset(commands))
    for model in models:
        for shared in _shared(model):
            compiled.shared[shared.id] = shared
        for process in [*model.processes, *map(_around, model.global_tasks)]:
            _add_process(compiled, process)
    return compiled


def _shared(
    model: Definitions,
) -> Iterable[Message | Signal | Error | Escalation | EventDefinition]:
    yield from model.messages
    yield from model.signals
    yield from model.errors
    yield from model.escalations
    yield from model.event_definitions


def _around(task: GlobalTask) -> Process:
    """A global task, called, is a process that holds this task alone."""
    inner = task.task
    body = Body(nodes=(inner,))
    key = task.id if inner.id != task.id else f"{task.id}.process"
    return Process(id=key, name=task.name, line=task.line, body=body)


def _add_process(compiled: Compiled, process: Process) -> None:
    called = process.id.removesuffix(".process")
    if called in compiled.processes:
        raise ValueError(f"Expected one process {called!r}, but there are two.")
    around = BodySpec("")
    spec = ElementSpec(around, _key(compiled, process.id, called), process, called)
    compiled.specs[spec.key] = spec
    compiled.processes[called] = spec
    for item in process.data.properties:
        compiled.variables[item.id] = item.variable
    # A list, not recursion: nesting is as deep as the file says.
    open_bodies = [(spec, process.body)]
    while open_bodies:
        container, body = open_bodies.pop()
        container.inside = _body(compiled, container, body)
        open_bodies += [
            (each, each.element.body)
            for each in container.inside.specs()
            if isinstance(each.element, SubProcess)
        ]
    for each in _all_specs(spec):
        _note_data(compiled, each)
        if isinstance(each.element, EventSubProcess):
            start = next(s for s in each.body.specs() if isinstance(s.element, StartEvent))
            each.container.events.append((each, start))


def _all_specs(process: ElementSpec) -> Iterable[ElementSpec]:
    waiting = [process]
    while waiting:
        spec = waiting.pop()
        if spec.inside is not None:
            inside = list(spec.inside.specs())
            yield from inside
            waiting += inside


def _key(compiled: Compiled, id_: str, process: str) -> str:
    return id_ if id_ not in compiled.specs else f"{process}/{id_}"


def _body(compiled: Compiled, container: ElementSpec, body: Body) -> BodySpec:
    made = BodySpec(container.key)
    by_id: dict[str, ElementSpec] = {}
    for node in body.nodes:
        spec = ElementSpec(
            made, _key(compiled, node.id, container.process), node, container.process
        )
        by_id[node.id] = compiled.specs[spec.key] = spec
    for flow in body.flows:
        if flow.source not in by_id or flow.target not in by_id:
            raise ValueError(f"Expected flow {flow.id!r} to join two elements of one body.")
        by_id[flow.source].lead_to(flow, by_id[flow.target])
    _attach(body, by_id)
    for spec in made.specs():
        if is_link_target(spec):
            for each in spec.definitions:
                made.links[each.name] = spec
        elif begins_by_itself(spec):
            made.starts.append(spec)
    for item in body.data_objects:
        compiled.variables[item.id] = item.variable
    objects = {each.id: each for each in body.data_objects}
    for reference in body.data_references:
        if isinstance(reference, DataObjectReference):
            known: DataObject | None = objects.get(reference.data_object)
            fallback = compiled.variables.get(reference.data_object, reference.name or reference.id)
            compiled.variables[reference.id] = known.variable if known else fallback
    return made


def _attach(body: Body, by_id: dict[str, ElementSpec]) -> None:
    """Boundary events to their activities; compensation handlers by the association drawn."""
    handlers: dict[str, str] = {}
    for link in body.associations:
        handlers[link.source] = link.target
        handlers.setdefault(link.target, link.source)
    for spec in by_id.values():
        event = spec.element
        if not isinstance(event, BoundaryEvent) or event.attached_to not in by_id:
            continue
        host = by_id[event.attached_to]
        if not is_compensation(spec):
            host.boundaries.append(spec)
            continue
        handler = by_id.get(handlers.get(spec.element.id, ""))
        if handler is not None and isinstance(handler.element, Activity):
            host.handler = handler


def _note_data(compiled: Compiled, spec: ElementSpec) -> None:
    data = getattr(spec.element, "data", None)
    for item in [*data.inputs, *data.outputs, *data.properties] if data else ():
        compiled.variables[item.id] = item.variable
