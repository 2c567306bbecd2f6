"""Processes, sub-processes, calls, loops and multi-instance activities."""

from collections.abc import Mapping
from decimal import Decimal

from service.core.feel.border import from_state, to_state
from service.core.feel.values import Value

from ..model import DataObject, MultiInstance, StandardLoop
from ..pages import put_result, take_results
from ..port import Ended, Refused
from ..state import ElementInstance, Rounds
from . import events, throwing, voting
from .compensation import remember, remember_round
from .evaluate import Fault
from .move import Move, encoded
from .specs import ElementSpec

DEEPEST = 60


def begin_process(
    move: Move, spec: ElementSpec, parent: int, variables: Mapping[str, Value], at: str = ""
) -> ElementInstance:
    """Open a process, or a called one, and put its first tokens."""
    if parent and move.depth(parent) > DEEPEST:
        raise Fault(
            "call_depth",
            f"Expected calls to nest at most {DEEPEST} deep, but {spec.key!r} nests deeper.",
            f"调用嵌套超过 {DEEPEST} 层：{spec.key}。",
        )
    instance = move.open(spec, parent)
    for name, value in variables.items():
        move.scopes.set_local(instance.id, name, value)
    move.push("begin", instance.id, at, encoded(variables if at else {}))
    return instance


def begin(move: Move, number: int, at: str, variables: dict[str, object]) -> None:
    """The first tokens of a process: at its none starts, or where an event has started it."""
    instance = move.state.instances[number]
    if not at:
        enter_body(move, instance)
        return
    body = move.spec(instance).body
    start = next((each for each in body.specs() if each.element.id == at), None)
    if start is None:
        raise Refused(f"Expected a start event {at!r}, but there is none.", f"没有开始事件 {at}。")
    open_scope(move, instance)
    instance.tokens = 1
    first = move.open(start, number, phase="leaving")
    move.push("complete", first.id, variables)


def enter_body(move: Move, instance: ElementInstance) -> None:
    starts = move.spec(instance).body.starts
    open_scope(move, instance)
    instance.tokens = len(starts)
    for start in starts:
        move.push("arrive", instance.id, start.key, "")
    if not starts:
        move.push("complete", instance.id, None)


def open_scope(move: Move, instance: ElementInstance) -> None:
    """The scope's data objects, and what its event sub-processes wait for."""
    spec = move.spec(instance)
    waits = events.prepared(move, instance, [start for _, start in spec.body.events], {})
    element = spec.element
    body = element.body
    names = [each.variable for each in body.data_objects if isinstance(each, DataObject)]
    names += [each.variable for each in element.data.properties]
    for name in names:
        if name not in instance.variables:
            move.scopes.set_local(instance.id, name, None)
    instance.phase = "active"
    events.install(move, waits)


def call(move: Move, instance: ElementInstance) -> None:
    """A called process is a scope of its own in the caller's state."""
    element = move.spec(instance).element
    called = element.extensions.called_element
    name = move.text(called.process_id, instance.id) if called else element.called
    spec = move.compiled.processes.get(name)
    if spec is None:
        raise Fault(
            "called_process",
            f"Expected a process {name!r} to call, but there is none.",
            f"没有可调用的流程 {name}。",
        )
    everything = called is None or called.propagate_all_parent_variables
    visible = dict(move.view(instance.id)) if everything else _local(instance)
    begin_process(move, spec, instance.id, visible)
    instance.phase = "active"


def _local(instance: ElementInstance) -> dict[str, Value]:
    return {name: from_state(value) for name, value in instance.variables.items()}


def end_process(move: Move, instance: ElementInstance) -> None:
    """The last token of a process has gone: the instance ends, or its caller goes on."""
    if instance.parent:
        caller = move.state.instances[instance.parent]
        called = move.spec(caller).element.extensions.called_element
        everything = called is None or called.propagate_all_child_variables
        outputs = move.spec(caller).element.extensions.io.outputs
        given = dict(instance.variables) if everything or outputs else {}
        move.close(instance, "completed")
        move.push("complete", caller.id, given)
        return
    how = "terminated" if instance.phase == "terminated" else "completed"
    move.close(instance, "completed")
    move.state.ended = how
    move.state.agenda = []
    move.effects.append(Ended(how, instance.variables))


# -- loops and multi-instance activities


def begin_rounds(move: Move, number: int) -> None:
    """How many rounds there are, and the first of them."""
    body = move.state.instances[number]
    spec = move.spec(body)
    rounds, loop = Rounds(), spec.element.loop
    if isinstance(loop, MultiInstance):
        rounds = _planned(move, body, loop)
    elif isinstance(loop, StandardLoop) and (loop.maximum or 0) < 0:
        raise Fault(
            "loop_maximum",
            f"Expected a loop maximum of at least 0, but {body.node!r} has {loop.maximum}.",
            f"“{body.node}”的循环上限不能为负数。",
        )
    voting.plan(move, body, rounds)
    waits = events.prepared(move, body, spec.boundaries, {})
    body.rounds = rounds
    body.phase = "active"
    events.install(move, waits)
    if isinstance(loop, StandardLoop):
        move.push("test loop" if loop.tests_before else "next round", number)
    elif not rounds.total:
        move.push("end rounds", number)
    else:
        for _ in range(1 if loop.is_sequential else rounds.total):
            start_round(move, number)


def _planned(move: Move, body: ElementInstance, loop: MultiInstance) -> Rounds:
    rounds = Rounds()
    if loop.input_collection is not None:
        items = move.value(loop.input_collection, body.id)
        if not isinstance(items, list):
            raise Fault(
                "collection",
                f"Expected a list, but {loop.input_collection.text} is none ({body.node}).",
                f"此处应为列表：{loop.input_collection.text}（{body.node}）。",
            )
        rounds.total = len(items)
        if loop.input_element:
            rounds.items = [to_state(each) for each in reversed(items)]
    elif loop.cardinality is not None:
        expressions = move.compiled.expressions
        rounds.total = expressions.whole(loop.cardinality, move.view(body.id), move.run())
    rounds.collects = bool(loop.output_collection)
    return rounds


def start_round(move: Move, number: int) -> None:
    """One more round; its item and `loopCounter` are local to it."""
    body = move.state.instances[number]
    spec, rounds = move.spec(body), _rounds(body)
    loop = spec.element.loop
    rounds.started += 1
    rounds.active += 1
    inner = move.open(spec, number, round=rounds.started)
    move.scopes.set_local(inner.id, "loopCounter", Decimal(rounds.started))
    if rounds.items is not None and isinstance(loop, MultiInstance):
        move.scopes.set_local(inner.id, loop.input_element, from_state(rounds.items.pop()))
    voting.give_weight(move, body, inner)
    move.push("activate", inner.id)


def counters(body: ElementInstance) -> dict[str, Value]:
    """What conditions and iterations read of their multi-instance activity (table 10.30)."""
    rounds = _rounds(body)
    return {
        "numberOfInstances": Decimal(rounds.total),
        "numberOfActiveInstances": Decimal(rounds.active),
        "numberOfCompletedInstances": Decimal(rounds.completed),
        "numberOfTerminatedInstances": Decimal(rounds.ended),
    }


def _rounds(body: ElementInstance) -> Rounds:
    assert body.rounds is not None
    return body.rounds


def end_round(move: Move, inner: ElementInstance, values: dict[str, Value]) -> None:
    """A round is complete: its output is kept, and the next one or the end follows."""
    body = move.state.instances[inner.parent]
    rounds, loop = _rounds(body), move.spec(body).element.loop
    after = Rounds(rounds.total, rounds.started, rounds.active - 1, rounds.completed + 1)
    seen = counters(ElementInstance(0, "", 0, rounds=after))
    done, output = False, None
    if isinstance(loop, MultiInstance):
        if loop.output_element is not None:
            output = to_state(move.value(loop.output_element, inner.id, {**values, **seen}))
        if loop.completion_condition is not None:
            done = move.holds(loop.completion_condition, inner.id, {**values, **seen})
        throwing.throw_behavior(move, body, loop, inner.id, {**values, **seen})
        done |= voting.count(move, body, inner, values)
        if rounds.collects:
            put_result(move.state.pages, body.id, inner.round, output)
    rounds.active -= 1
    rounds.completed += 1
    remember_round(move, inner, body)
    move.close(inner, "completed")
    if isinstance(loop, StandardLoop):
        move.push("test loop", body.id)
    elif done or rounds.completed == rounds.total:
        rounds.ended = rounds.active
        move.push("end rounds", body.id)
    elif rounds.started < rounds.total and not rounds.active:
        move.push("next round", body.id)


def test_loop(move: Move, number: int) -> None:
    """Whether a standard loop goes round again."""
    body = move.state.instances[number]
    rounds, loop = _rounds(body), move.spec(body).element.loop
    full = loop.maximum is not None and rounds.started >= loop.maximum
    seen = {"loopCounter": Decimal(rounds.started)}
    if not full and (loop.condition is None or move.holds(loop.condition, number, seen)):
        start_round(move, number)
    else:
        move.push("end rounds", number)


def end_rounds(move: Move, number: int) -> None:
    """All rounds are over: the collected output goes out, the token goes on."""
    from .activities import finish
    from .ad_hoc import collect

    body = move.state.instances[number]
    rounds, element = _rounds(body), move.spec(body).element
    for inner in move.children(number):
        move.terminate(inner)
    if isinstance(element.loop, MultiInstance) and rounds.collects:
        results = take_results(move.state.pages, number, rounds.total)
        collected = [from_state(each) for each in results]
        move.scopes.merge(body.parent, {element.loop.output_collection: collected})
    voting.give_outcome(move, body)
    collect(move, body)
    remember(move, body)
    finish(move, body)
