"""Ad-hoc sub-processes: activities that people or an expression choose, and what they give."""

from service.core.feel.border import from_state
from service.core.feel.values import Value

from ..model import Activity
from ..port import ChoiceOpened, Refused
from ..state import ElementInstance
from .containers import open_scope
from .evaluate import Fault
from .move import Move
from .specs import ElementSpec


def open_choice(move: Move, instance: ElementInstance) -> None:
    """Activities start as the diagram says, or as a person chooses (13.3.5)."""
    spec = move.spec(instance)
    declared = spec.element.extensions.ad_hoc
    chosen: Value = None
    if declared is not None and declared.active_elements is not None:
        chosen = move.value(declared.active_elements, instance.id)
        if not isinstance(chosen, list):
            raise Fault(
                "active_elements",
                f"Expected a list of activities, but {spec.key!r} has none.",
                f"临时子流程“{spec.key}”没有活动列表。",
            )
        unfit = _unfit(instance, spec, [str(each) for each in chosen])
        if unfit:
            raise Fault("active_elements", *unfit)
    open_scope(move, instance)
    if declared is not None and declared.output_collection:
        move.scopes.set_local(instance.id, declared.output_collection, [])
    instance.phase = "choice"
    choices = tuple(each.element.id for each in spec.body.starts)
    duty = spec.element.extensions.duty
    move.effects.append(
        ChoiceOpened(instance.id, spec.element.id, spec.process, choices, (duty,) if duty else ())
    )
    if isinstance(chosen, list):
        activate_elements(move, instance, [str(each) for each in chosen])
        if not chosen:
            move.push("complete", instance.id, None)


def activate_elements(move: Move, instance: ElementInstance, elements: list[str]) -> None:
    """Start activities.

    Raises:
        Refused: They are none of this sub-process, or more at a time than it takes.
    """
    spec = move.spec(instance)
    unfit = _unfit(instance, spec, elements)
    if unfit:
        raise Refused(*unfit)
    known = {each.element.id: each for each in spec.body.starts}
    for each in elements:
        instance.tokens += 1
        move.push("arrive", instance.id, known[each].key, "")


def _unfit(
    instance: ElementInstance, spec: ElementSpec, elements: list[str]
) -> tuple[str, str] | None:
    """Why these activities cannot be started, in English and Chinese."""
    unknown = sorted(set(elements) - {each.element.id for each in spec.body.starts})
    if unknown:
        names = ", ".join(unknown)
        return f"Expected activities of {spec.key!r}, but got {names}.", f"没有活动 {names}。"
    if spec.element.is_sequential and len(elements) + instance.tokens > 1:
        return (
            f"Expected one activity of {spec.key!r} at a time, but there are more.",
            f"“{spec.key}”中的活动应逐个进行。",
        )
    return None


def choose(move: Move, number: int) -> None:
    """After each activity of an ad-hoc sub-process: is that all?"""
    instance = move.state.instances[number]
    element = move.spec(instance).element
    condition, declared = element.completion_condition, element.extensions.ad_hoc
    if instance.phase != "choice":
        return
    if condition is not None:
        if move.holds(condition, number):
            _end_choice(move, instance, cancels=element.cancels_remaining)
    elif declared is not None and declared.active_elements is not None and not instance.tokens:
        move.push("complete", number, None)


def collect(move: Move, activity: ElementInstance) -> None:
    """Keep what an activity of an ad-hoc sub-process has come to, where nothing follows it.

    Raises:
        Fault: The output element has no value.
    """
    spec, around = move.spec(activity), move.state.instances[activity.parent]
    declared = move.spec(around).element.extensions.ad_hoc
    if declared is None or not declared.output_collection:
        return
    if spec.flows or activity.undoes or not isinstance(spec.element, Activity):
        return
    name = declared.output_collection
    value: Value = None
    if declared.output_element is not None:
        value = move.value(declared.output_element, activity.id)
    so_far = from_state(around.variables.get(name))
    kept = so_far if isinstance(so_far, list) else []
    move.scopes.set_local(around.id, name, [*kept, value])


def give_collected(move: Move, instance: ElementInstance) -> None:
    """What an ad-hoc sub-process has collected goes out as it completes."""
    declared = move.spec(instance).element.extensions.ad_hoc
    name = declared.output_collection if declared is not None else ""
    if name and name in instance.variables:
        collected = from_state(instance.variables[name])
        move.scopes.merge(instance.parent, {name: collected})


def _end_choice(move: Move, instance: ElementInstance, *, cancels: bool) -> None:
    if cancels:
        move.terminate_inside(instance)
        instance.tokens = 0
    if instance.tokens:
        # No more choices; the last activity that is still running ends it.
        instance.phase = "active"
    else:
        move.push("complete", instance.id, None)
