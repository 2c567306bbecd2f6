"""A BPMN file as typed, frozen records. What they mean is BPMN 2.0.2 (ISO/IEC 19510), clauses
10 (processes) and 13 (execution); names are those of the standard."""

from dataclasses import dataclass

from .extensions import Text
from .findings import Finding
from .model_parts import (
    NO_DATA,
    CancelEvent,
    CompensateEvent,
    ConditionalEvent,
    CorrelationKey,
    CorrelationProperty,
    Data,
    DataAssociation,
    DataItem,
    DataObject,
    DataObjectReference,
    DataStoreReference,
    Element,
    Error,
    ErrorEvent,
    Escalation,
    EscalationEvent,
    EventDefinition,
    LinkEvent,
    Message,
    MessageEvent,
    Property,
    Signal,
    SignalEvent,
    TerminateEvent,
    TimerEvent,
)

# -- flow nodes ----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SequenceFlow(Element):
    source: str
    target: str
    condition: Text | None = None


@dataclass(frozen=True, kw_only=True)
class FlowNode(Element):
    """`incoming` and `outgoing` are ids of sequence flows, by their own ends, in file order."""

    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    data: Data = NO_DATA
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StandardLoop(Element):
    condition: Text | None = None
    maximum: int | None = None
    tests_before: bool = False


@dataclass(frozen=True, kw_only=True)
class ComplexBehavior(Element):
    """Throws its event when the condition holds after one iteration has ended."""

    condition: Text | None = None
    event: "ThrowEvent | None" = None


@dataclass(frozen=True, kw_only=True)
class MultiInstance(Element):
    """As often as `cardinality` says, or once for each item of `input_collection`.

    Attributes:
        input_element, output_element: The name of the iteration's item; the value it gives.
        behavior: `All` (no event), `None` (an event each time), `One` (the first time), `Complex`.
        behavior_event: The id of the event definition that `None` and `One` throw.
    """

    is_sequential: bool = False
    cardinality: Text | None = None
    completion_condition: Text | None = None
    input_collection: Text | None = None
    input_element: str = ""
    output_collection: str = ""
    output_element: Text | None = None
    behavior: str = "All"
    behavior_event: str = ""
    complex_behaviors: tuple[ComplexBehavior, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Activity(FlowNode):
    """`default` is the id of a flow; quantities are tokens awaited and tokens given."""

    default: str = ""
    loop: StandardLoop | MultiInstance | None = None
    is_for_compensation: bool = False
    start_quantity: int = 1
    completion_quantity: int = 1


@dataclass(frozen=True, kw_only=True)
class Task(Activity):
    """A task of no kind: it passes at once."""


@dataclass(frozen=True, kw_only=True)
class UserTask(Task):
    pass


@dataclass(frozen=True, kw_only=True)
class ManualTask(Task):
    """Work the engine knows nothing of: it passes at once, as in Camunda 8."""


@dataclass(frozen=True, kw_only=True)
class ScriptTask(Task):
    """Its FEEL is `extensions.script`, or `script` (BPMN's own element) in `script_format`."""

    script: Text | None = None
    script_format: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceTask(Task):
    pass


@dataclass(frozen=True, kw_only=True)
class SendTask(Task):
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiveTask(Task):
    message: str = ""
    instantiate: bool = False


@dataclass(frozen=True, kw_only=True)
class BusinessRuleTask(Task):
    pass


@dataclass(frozen=True, kw_only=True)
class CallActivity(Activity):
    """What it calls is `extensions.called_element`, or `called` (BPMN's attribute)."""

    called: str = ""


@dataclass(frozen=True, kw_only=True)
class SubProcess(Activity):
    body: "Body"


@dataclass(frozen=True, kw_only=True)
class EventSubProcess(SubProcess):
    """`triggeredByEvent`: has no flows; its one start event says what triggers it."""


@dataclass(frozen=True, kw_only=True)
class Transaction(SubProcess):
    pass


@dataclass(frozen=True, kw_only=True)
class AdHocSubProcess(SubProcess):
    completion_condition: Text | None = None
    is_sequential: bool = False
    cancels_remaining: bool = True


@dataclass(frozen=True, kw_only=True)
class Gateway(FlowNode):
    """`direction` is drawn by some editors: Unspecified, Converging, Diverging or Mixed."""

    direction: str = ""


@dataclass(frozen=True, kw_only=True)
class ExclusiveGateway(Gateway):
    default: str = ""


@dataclass(frozen=True, kw_only=True)
class InclusiveGateway(Gateway):
    default: str = ""


@dataclass(frozen=True, kw_only=True)
class ParallelGateway(Gateway):
    pass


@dataclass(frozen=True, kw_only=True)
class ComplexGateway(Gateway):
    default: str = ""
    activation_condition: Text | None = None


@dataclass(frozen=True, kw_only=True)
class EventBasedGateway(Gateway):
    """`kind` is Exclusive, or Parallel: only where it starts instances."""

    instantiate: bool = False
    kind: str = "Exclusive"


@dataclass(frozen=True, kw_only=True)
class Event(FlowNode):
    """No definition makes a none event, several a multiple one."""

    definitions: tuple[EventDefinition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CatchEvent(Event):
    is_parallel_multiple: bool = False


@dataclass(frozen=True, kw_only=True)
class ThrowEvent(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class StartEvent(CatchEvent):
    """`is_interrupting` counts in event sub-processes only."""

    is_interrupting: bool = True


@dataclass(frozen=True, kw_only=True)
class IntermediateCatchEvent(CatchEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class BoundaryEvent(CatchEvent):
    attached_to: str = ""
    cancels_activity: bool = True


@dataclass(frozen=True, kw_only=True)
class IntermediateThrowEvent(ThrowEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class EndEvent(ThrowEvent):
    pass


# -- containers ----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Association(Element):
    source: str = ""
    target: str = ""


@dataclass(frozen=True, kw_only=True)
class Lane(Element):
    """`nodes` are the ids drawn in it; `duty` is the duty its user tasks ask for ("" for none)."""

    nodes: tuple[str, ...] = ()
    lanes: tuple["Lane", ...] = ()
    duty: str = ""


@dataclass(frozen=True, kw_only=True)
class Body:
    """What lies directly in a process or sub-process, in file order."""

    nodes: tuple[FlowNode, ...] = ()
    flows: tuple[SequenceFlow, ...] = ()
    data_objects: tuple[DataObject, ...] = ()
    data_references: tuple[DataObjectReference | DataStoreReference, ...] = ()
    associations: tuple[Association, ...] = ()
    lanes: tuple[Lane, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Process(Element):
    """`is_executable` None: the file does not say."""

    body: Body
    is_executable: bool | None = None
    data: Data = NO_DATA
    correlation: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, kw_only=True)
class GlobalTask(Element):
    """A task that call activities call by its id."""

    task: Task


@dataclass(frozen=True, kw_only=True)
class Participant(Element):
    process: str = ""


@dataclass(frozen=True, kw_only=True)
class MessageFlow(Element):
    source: str = ""
    target: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Definitions(Element):
    """One file. `findings` say what could not be read: parts that mean something and that the
    model has no place for, and values that are none."""

    namespace: str = ""
    expression_language: str = ""
    exporter: str = ""
    processes: tuple[Process, ...] = ()
    global_tasks: tuple[GlobalTask, ...] = ()
    messages: tuple[Message, ...] = ()
    signals: tuple[Signal, ...] = ()
    errors: tuple[Error, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    event_definitions: tuple[EventDefinition, ...] = ()
    correlation_properties: tuple[CorrelationProperty, ...] = ()
    correlation_keys: tuple[CorrelationKey, ...] = ()
    participants: tuple[Participant, ...] = ()
    message_flows: tuple[MessageFlow, ...] = ()
    findings: tuple[Finding, ...] = ()


__all__ = [
    "NO_DATA",
    "Activity",
    "AdHocSubProcess",
    "Association",
    "Body",
    "BoundaryEvent",
    "BusinessRuleTask",
    "CallActivity",
    "CancelEvent",
    "CatchEvent",
    "CompensateEvent",
    "ComplexBehavior",
    "ComplexGateway",
    "ConditionalEvent",
    "CorrelationKey",
    "CorrelationProperty",
    "Data",
    "DataAssociation",
    "DataItem",
    "DataObject",
    "DataObjectReference",
    "DataStoreReference",
    "Definitions",
    "Element",
    "EndEvent",
    "Error",
    "ErrorEvent",
    "Escalation",
    "EscalationEvent",
    "Event",
    "EventBasedGateway",
    "EventDefinition",
    "EventSubProcess",
    "ExclusiveGateway",
    "FlowNode",
    "Gateway",
    "GlobalTask",
    "InclusiveGateway",
    "IntermediateCatchEvent",
    "IntermediateThrowEvent",
    "Lane",
    "LinkEvent",
    "ManualTask",
    "Message",
    "MessageEvent",
    "MessageFlow",
    "MultiInstance",
    "ParallelGateway",
    "Participant",
    "Process",
    "Property",
    "ReceiveTask",
    "ScriptTask",
    "SendTask",
    "SequenceFlow",
    "ServiceTask",
    "Signal",
    "SignalEvent",
    "StandardLoop",
    "StartEvent",
    "SubProcess",
    "Task",
    "TerminateEvent",
    "ThrowEvent",
    "TimerEvent",
    "Transaction",
    "UserTask",
]
