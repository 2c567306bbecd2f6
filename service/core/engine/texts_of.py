"""Every text of a diagram that may be an expression, and how it is to be compiled."""

from collections.abc import Iterator

from .expressions import Computed, formula, timer, value
from .extensions import Extensions, Text
from .model import (
    Activity,
    AdHocSubProcess,
    ComplexGateway,
    ConditionalEvent,
    Event,
    EventDefinition,
    FlowNode,
    MultiInstance,
    ScriptTask,
    StandardLoop,
    TimerEvent,
)

#: How a text is compiled: `value` (static, or FEEL behind `=`), `formula` (FEEL), or a timer.
Found = tuple[str, Text]


def texts_of(node: FlowNode) -> Iterator[Found]:
    """All texts of a flow node, what lies inside it apart."""
    yield from extension_texts(node.extensions)
    for flow in (*node.data.incoming, *node.data.outgoing):
        yield from _formulas(flow.transformation, *(source for source, _ in flow.assignments))
    if isinstance(node, Event):
        for definition in node.definitions:
            yield from definition_texts(definition)
    if isinstance(node, Activity) and node.loop is not None:
        yield from _loop_texts(node.loop)
    if isinstance(node, ScriptTask):
        yield from _formulas(node.script)
    if isinstance(node, ComplexGateway):
        yield from _formulas(node.activation_condition)
    if isinstance(node, AdHocSubProcess):
        yield from _formulas(node.completion_condition)


def compiled(how: str, text: Text) -> Computed:
    """A text as `texts_of` found it.

    Raises:
        ExpressionFault: It is none of the kind.
    """
    if how == "value":
        return value(text)
    return formula(text) if how == "formula" else timer(how, text)


def _formulas(*texts: Text | None) -> Iterator[Found]:
    for text in texts:
        if text is not None:
            yield "formula", text


def _values(*texts: Text | None, how: str = "value") -> Iterator[Found]:
    for text in texts:
        if text is not None:
            yield how, text


def definition_texts(definition: EventDefinition) -> Iterator[Found]:
    yield from extension_texts(definition.extensions)
    if isinstance(definition, ConditionalEvent):
        yield from _formulas(definition.condition)
    if isinstance(definition, TimerEvent):
        yield from _values(definition.value, how=definition.kind)


def _loop_texts(loop: StandardLoop | MultiInstance) -> Iterator[Found]:
    if isinstance(loop, StandardLoop):
        yield from _formulas(loop.condition)
        return
    yield from _formulas(
        loop.cardinality, loop.completion_condition, loop.input_collection, loop.output_element
    )
    for behavior in loop.complex_behaviors:
        yield from _formulas(behavior.condition)
        for definition in behavior.event.definitions if behavior.event else ():
            yield from definition_texts(definition)


def extension_texts(e: Extensions) -> Iterator[Found]:
    """All texts of an element's extensions; those of a loop are in its own fields."""
    yield from _values(*(x.source for x in (*e.io.inputs, *e.io.outputs)))
    if e.task_definition:
        yield from _values(e.task_definition.type, e.task_definition.retries)
    people = e.assignment
    yield from _values(people.assignee, people.candidate_groups, people.candidate_users)
    if e.form:
        yield from _values(e.form.form_id, e.form.external_reference)
    yield from _values(e.due_date, e.follow_up_date, how="date")
    yield from _values(e.priority)
    if e.called_decision:
        yield from _values(e.called_decision.decision_id)
    if e.called_element:
        yield from _values(e.called_element.process_id)
    yield from _values(e.correlation_key)
    yield from _formulas(e.script)
    if e.publish_message:
        yield from _values(e.publish_message.correlation_key, e.publish_message.message_id)
        yield from _values(e.publish_message.time_to_live, how="duration")
    if e.ad_hoc:
        yield from _formulas(e.ad_hoc.active_elements, e.ad_hoc.output_element)
    yield from _our_texts(e)


def _our_texts(e: Extensions) -> Iterator[Found]:
    if e.deadline:
        yield from _values(e.deadline.days)
        yield from _formulas(e.deadline.start)
    if e.countersign:
        yield from _values(e.countersign.ratio, e.countersign.quorum)
        yield from _formulas(e.countersign.weight)
    if e.separation:
        yield from _formulas(e.separation.recuse)
