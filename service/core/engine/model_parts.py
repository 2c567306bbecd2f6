"""What the nodes of a diagram are made of: what its processes share, event definitions, data."""

from dataclasses import dataclass

from .extensions import NO_EXTENSIONS, Extensions, Text


@dataclass(frozen=True, kw_only=True)
class Element:
    """Anything with an id. `line` is its line in the file, from 1; 0 where it was added."""

    id: str
    name: str = ""
    line: int = 0
    documentation: str = ""
    extensions: Extensions = NO_EXTENSIONS


# -- what diagrams share -------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Message(Element):
    """Messages meet by `title` (static, or an expression) and correlation key, never by id."""

    title: Text | None = None
    item: str = ""


@dataclass(frozen=True, kw_only=True)
class Signal(Element):
    title: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Error(Element):
    """`code` None is an error without a code."""

    code: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Escalation(Element):
    code: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CorrelationProperty(Element):
    """Which part of which message makes the key: (message id, expression on its payload)."""

    retrievals: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, kw_only=True)
class CorrelationKey(Element):
    properties: tuple[str, ...] = ()


# -- event definitions ---------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class EventDefinition(Element):
    pass


@dataclass(frozen=True, kw_only=True)
class MessageEvent(EventDefinition):
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class SignalEvent(EventDefinition):
    signal: str = ""


@dataclass(frozen=True, kw_only=True)
class ErrorEvent(EventDefinition):
    """Without `error` it catches every error."""

    error: str = ""


@dataclass(frozen=True, kw_only=True)
class EscalationEvent(EventDefinition):
    """Without `escalation` it catches every escalation."""

    escalation: str = ""


@dataclass(frozen=True, kw_only=True)
class TimerEvent(EventDefinition):
    """`kind` is `date`, `duration`, `cycle`; "" where none is given (then a deadline must be)."""

    kind: str = ""
    value: Text | None = None


@dataclass(frozen=True, kw_only=True)
class ConditionalEvent(EventDefinition):
    condition: Text | None = None


@dataclass(frozen=True, kw_only=True)
class LinkEvent(EventDefinition):
    """`name` is the name of the link."""


@dataclass(frozen=True, kw_only=True)
class TerminateEvent(EventDefinition):
    pass


@dataclass(frozen=True, kw_only=True)
class CancelEvent(EventDefinition):
    pass


@dataclass(frozen=True, kw_only=True)
class CompensateEvent(EventDefinition):
    """`activity` "" compensates everything of the scope, last first."""

    activity: str = ""
    waits: bool = True


# -- data ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DataObject(Element):
    """A variable of its scope; called by its name, or its id where it has none."""

    is_collection: bool = False

    @property
    def variable(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, kw_only=True)
class DataObjectReference(Element):
    data_object: str = ""


@dataclass(frozen=True, kw_only=True)
class DataStoreReference(Element):
    """Drawn only: what flows to or from a store is not read."""

    data_store: str = ""


@dataclass(frozen=True, kw_only=True)
class Property(Element):
    """A variable of its process, activity or event."""

    @property
    def variable(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, kw_only=True)
class DataItem(Element):
    """A `dataInput` or `dataOutput`."""

    @property
    def variable(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, kw_only=True)
class DataAssociation(Element):
    """Data into or out of an activity or event; assignments are (from, to)."""

    sources: tuple[str, ...] = ()
    target: str = ""
    transformation: Text | None = None
    assignments: tuple[tuple[Text, Text], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Data:
    """What an activity, event or process says about its data."""

    inputs: tuple[DataItem, ...] = ()
    outputs: tuple[DataItem, ...] = ()
    properties: tuple[Property, ...] = ()
    incoming: tuple[DataAssociation, ...] = ()
    outgoing: tuple[DataAssociation, ...] = ()


NO_DATA = Data()
