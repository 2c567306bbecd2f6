"""Data into and out of an element: `zeebe:ioMapping`, and BPMN's data associations."""

from collections.abc import Iterable

from service.core.feel.values import Value

from ..extensions import Mapping as IoLine
from ..model import DataAssociation
from ..state import ElementInstance
from .move import Move


def mapped(
    move: Move, number: int, lines: Iterable[IoLine], seen: dict[str, Value]
) -> dict[str, Value]:
    """What the mappings give, line by line; a later line sees what an earlier one gave.

    Args:
        number: Where the sources are read.
        seen: Values that hide the variables of that place.

    Raises:
        Fault: A source has no value.
    """
    result: dict[str, Value] = {}
    for line in lines:
        value = move.value(line.source, number, {**seen, **result})
        root, *path = line.target.split(".")
        if path:
            view = move.view(number, {**seen, **result})
            value = _placed(view.get(root), path, value)
        result[root] = value
    return result


def _placed(around: Value, path: list[str], value: Value) -> Value:
    """The context with the value at a path inside it."""
    context: dict[str, Value] = dict(around) if isinstance(around, dict) else {}
    name, *rest = path
    context[name] = _placed(context.get(name), rest, value) if rest else value
    return context


def local_inputs(move: Move, instance: ElementInstance) -> dict[str, Value]:
    """The element's local variables from its input mappings and data inputs."""
    element = move.spec(instance).element
    inputs = associated(move, instance.id, element.data.incoming, {})
    return inputs | mapped(move, instance.id, element.extensions.io.inputs, inputs)


def associated(
    move: Move, number: int, lines: Iterable[DataAssociation], seen: dict[str, Value]
) -> dict[str, Value]:
    """What data associations carry. A source that has no value yet carries none."""
    names = move.compiled.variables
    result: dict[str, Value] = {}
    for line in lines:
        view = move.view(number, {**seen, **result})
        target = names.get(line.target, line.target)
        sources = [names.get(each, each) for each in line.sources]
        if line.transformation is not None:
            result[target] = move.value(line.transformation, number, {**seen, **result})
        elif len(sources) == 1 and sources[0] in view:
            result[target] = view[sources[0]]
        for source, to in line.assignments:
            place = names.get(to.text.removeprefix("="), to.text.removeprefix("="))
            result[place] = move.value(source, number, {**seen, **result})
    return result


def give_out(move: Move, instance: ElementInstance, values: dict[str, Value]) -> None:
    """Merge an element's result into its surroundings.

    With output mappings only they go out; without, each variable goes to the nearest scope that
    has the name. Everything is evaluated before anything is written.

    Raises:
        Fault: A source has no value.
    """
    element = move.spec(instance).element
    outputs = element.extensions.io.outputs
    out = mapped(move, instance.id, outputs, dict(values)) if outputs else {}
    data = associated(move, instance.id, element.data.outgoing, dict(values))
    if not outputs:
        move.scopes.merge(instance.id, values)
    move.scopes.merge(instance.parent, out | data)
