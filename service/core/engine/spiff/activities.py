"""Activities: entered, carried out, completed."""

from collections.abc import Callable
from typing import Any

from service.core.feel.border import from_state, to_wire
from service.core.feel.values import Value

from ..extensions import Deadline, Text
from ..model import (
    AdHocSubProcess,
    BusinessRuleTask,
    CallActivity,
    EndEvent,
    EventBasedGateway,
    IntermediateThrowEvent,
    MultiInstance,
    ReceiveTask,
    ScriptTask,
    SendTask,
    ServiceTask,
    SubProcess,
    UserTask,
)
from ..port import CommandWanted, DecisionWanted, JobOpened, TaskOpened
from ..state import ElementInstance, Json
from . import ad_hoc, containers, events, throwing
from .compensation import remember, undo_next
from .evaluate import Fault
from .flow import end_token
from .mappings import give_out, local_inputs
from .move import Move, encoded

# Behind the steps of every scope.
LAST = 1_000


def activate(move: Move, number: int) -> None:
    """Input mappings, then what may interrupt the activity, then the work itself."""
    instance = move.state.instances[number]
    spec = move.spec(instance)
    for each in spec.element.data.properties:
        if each.variable not in instance.variables:
            move.scopes.set_local(number, each.variable, None)
    inputs = local_inputs(move, instance)
    # What is attached to a loop is attached to all its rounds together.
    boundaries = [] if instance.round else spec.boundaries
    waits = events.prepared(move, instance, boundaries, inputs)
    for name, value in inputs.items():
        move.scopes.set_local(number, name, value)
    events.install(move, waits)
    # Branches that run beside it come to their waits before a signal goes round: else the order
    # in which the flows are drawn would decide whether it is heard.
    move.push("execute", number, sooner=-LAST if throwing.sends_signal(move, spec) else 0)


def execute(move: Move, number: int) -> None:
    instance = move.state.instances[number]
    element = move.spec(instance).element
    if element.extensions.task_definition is not None and not isinstance(element, UserTask):
        _open_job(move, instance)
        return
    for kind, action in _ACTIONS:
        if isinstance(element, kind):
            action(move, instance)
            return
    move.push("complete", number, None)


def _counted_by(element: Any) -> set[str]:
    """What a loop keeps in each round for itself: no field of the command that is ordered there."""
    loop = element.loop
    own = {"loopCounter"} if loop is not None else set()
    if isinstance(loop, MultiInstance) and loop.input_element:
        own.add(loop.input_element)
    return own - {each.target.partition(".")[0] for each in element.extensions.io.inputs}


def _open_job(move: Move, instance: ElementInstance) -> None:
    spec = move.spec(instance)
    definition = spec.element.extensions.task_definition
    kind = move.text(definition.type, instance.id)
    if kind in move.compiled.commands:
        counted = _counted_by(spec.element)
        fields = {
            name: from_state(value)
            for name, value in instance.variables.items()
            if name not in counted
        }
        instance.phase = "command"
        move.effects.append(CommandWanted(instance.id, spec.element.id, kind, fields))
        return
    retries = 3 if definition.retries is None else _whole(move, definition.retries, instance.id)
    view = move.view(instance.id)
    instance.phase = "job"
    move.effects.append(
        JobOpened(
            instance.id,
            spec.element.id,
            spec.process,
            kind,
            retries,
            tuple(spec.element.extensions.headers),
            encoded(view),
        )
    )


def _whole(move: Move, text: Text, number: int) -> int:
    return move.compiled.expressions.whole(text, move.view(number), move.run())


def _user_task(move: Move, instance: ElementInstance) -> None:
    spec, number = move.spec(instance), instance.id
    extensions = spec.element.extensions
    assignment = extensions.assignment
    form = extensions.form
    separation = extensions.separation
    priority = extensions.priority
    opened = TaskOpened(
        number,
        spec.element.id,
        spec.process,
        spec.element.name,
        assignee=move.text(assignment.assignee, number),
        users=_names(move, assignment.candidate_users, number),
        groups=_names(move, assignment.candidate_groups, number),
        due=_moment(move, extensions.due_date, number),
        follow_up=_moment(move, extensions.follow_up_date, number),
        priority=50 if priority is None else _whole(move, priority, number),
        form=move.text(form.form_id or form.external_reference, number) if form else "",
        recused=_names(move, separation.recuse, number) if separation else (),
        deadline=deadline(move, extensions.deadline, number),
    )
    instance.phase = "task"
    move.effects.append(opened)


def _names(move: Move, text: Text | None, number: int) -> tuple[str, ...]:
    """Names separated by commas, or a list of texts."""
    if text is None:
        return ()
    value = move.value(text, number)
    parts = value.split(",") if isinstance(value, str) else value
    if value is None:
        return ()
    if isinstance(parts, list) and all(isinstance(each, str) for each in parts):
        return tuple(each.strip() for each in parts if each.strip())
    raise Fault(
        "expression",
        f"Expected names, but {text.text} is no list of texts ({text.element}).",
        f"此处应为名称列表：{text.text}（{text.element}）。",
    )


def _moment(move: Move, text: Text | None, number: int) -> str:
    if text is None:
        return ""
    return str(to_wire(move.value(text, number)) or "")


def deadline(move: Move, declared: Deadline | None, number: int) -> tuple[int, str, str] | None:
    """A declared deadline, its days and start evaluated."""
    if declared is None:
        return None
    start = _moment(move, declared.start, number)
    return _whole(move, declared.days, number), declared.clock, start


def _script(move: Move, instance: ElementInstance) -> None:
    element = move.spec(instance).element
    script = element.extensions.script or element.script
    result: dict[str, Value] = {}
    if script is not None:
        value = move.compiled.expressions.value(
            script, move.view(instance.id), move.run(), always=True
        )
        name = element.extensions.result_variable
        if name:
            result = {name: value}
        elif isinstance(value, dict):
            result = value
    # Read and written in one step: a script beside it would else begin with what was before.
    complete(move, instance.id, encoded(result))


def _decision(move: Move, instance: ElementInstance) -> None:
    element = move.spec(instance).element
    called = element.extensions.called_decision
    if called is None:
        raise _nobody(element)
    decision = move.text(called.decision_id, instance.id)
    variables = dict(move.view(instance.id))
    instance.phase = "decision"
    move.effects.append(DecisionWanted(instance.id, element.id, decision, variables))


def _service(move: Move, instance: ElementInstance) -> None:
    raise _nobody(move.spec(instance).element)


def _nobody(element: Any) -> Fault:
    return Fault(
        "no_implementation",
        f"Expected {element.id!r} to say who does it, but it says nothing.",
        f"“{element.name or element.id}”没有说明由谁执行。",
    )


def _send(move: Move, instance: ElementInstance) -> None:
    throwing.send_message(move, instance, move.spec(instance).element.message)
    move.push("complete", instance.id, None)


def _wait(move: Move, instance: ElementInstance) -> None:
    spec = move.spec(instance)
    specs = [spec]
    if isinstance(spec.element, EventBasedGateway):
        specs = [target for _, target in spec.flows]
    waits = events.prepared(move, instance, specs, {})
    instance.phase = "active"
    events.install(move, waits)
    if not specs or not (waits or specs[0].definitions):
        move.push("complete", instance.id, None)


_Action = Callable[[Move, ElementInstance], None]


def _catch_kinds() -> tuple[type, ...]:
    from ..model import IntermediateCatchEvent

    return (ReceiveTask, IntermediateCatchEvent, EventBasedGateway)


_ACTIONS: list[tuple[type | tuple[type, ...], _Action]] = [
    (UserTask, _user_task),
    (ScriptTask, _script),
    (BusinessRuleTask, _decision),
    (SendTask, _send),
    (_catch_kinds(), _wait),
    (ServiceTask, _service),
    (AdHocSubProcess, ad_hoc.open_choice),
    (SubProcess, containers.enter_body),
    (CallActivity, containers.call),
    ((EndEvent, IntermediateThrowEvent), throwing.throw),
]


def complete(move: Move, number: int, result: Json, is_out: bool = False) -> None:
    """An element is done: its result goes out, and its token goes on.

    Args:
        result: The variables it has produced, encoded; None where there are none.
        is_out: Whether they have gone out already, and only what follows is tried again.
    """
    instance = move.state.instances[number]
    values = {name: from_state(value) for name, value in (result or {}).items()}
    if move.spec(instance).key in move.compiled.walls:
        containers.end_process(move, instance)
        return
    if instance.phase != "undoing" and not is_out:
        give_out(move, instance, values)
        ad_hoc.give_collected(move, instance)
    try:
        _end(move, instance, values)
    except Fault as fault:
        # Others may have changed meanwhile what went out: it must not go out a second time.
        fault.step = ["complete", number, result, True]
        raise


def _end(move: Move, instance: ElementInstance, values: dict[str, Value]) -> None:
    if instance.round:
        containers.end_round(move, instance, values)
        return
    ad_hoc.collect(move, instance)
    remember(move, instance)
    finish(move, instance)


def finish(move: Move, instance: ElementInstance) -> None:
    """Close a completed element; whoever waits for it goes on."""
    spec = move.spec(instance)
    move.close(instance, "completed")
    parent = move.state.instances[instance.parent]
    if instance.undoes:
        if instance.parent != instance.undoes:
            end_token(move, parent)
        undo_next(move, instance.undoes)
    else:
        move.push("leave", parent.id, spec.key)
    around = move.spec(parent).element
    if isinstance(around, AdHocSubProcess) and parent.phase == "choice":
        move.push("choose", parent.id)
