"""What an instance can be given: each input answers something that it waits for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from service.core.feel.values import Value

Json: TypeAlias = Any
Variables: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class CompleteTask:
    """A person is done with a user task, or ends an ad-hoc sub-process."""

    instance: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobDone:
    instance: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JobFailed:
    """A worker has given up for good: no retries are left."""

    instance: int
    message: str


@dataclass(frozen=True, slots=True)
class BpmnErrorThrown:
    """A job or an ordered command says that a BPMN error has occurred."""

    instance: int
    code: str
    message: str = ""
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionAnswer:
    instance: int
    value: Value


@dataclass(frozen=True, slots=True)
class CommandAnswer:
    """The result of a command; a refusal is `BpmnErrorThrown` with its code."""

    instance: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimerDue:
    """The instant of a timer has come; one that is not due by `now` is refused."""

    wait: int


@dataclass(frozen=True, slots=True)
class MessageArrived:
    """A message that correlates with a subscription."""

    wait: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignalArrived:
    """A signal from outside: to every place of the instance that waits for it."""

    name: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActivateElements:
    """A person starts activities of an ad-hoc sub-process, by their ids."""

    instance: int
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetVariables:
    """Variables set from outside, in the scope of an element instance (1 is the process).

    Attributes:
        is_local: In this very scope, hiding the names of outer ones.
        is_everywhere: Anew in every scope that has the name, those of called processes among
            them; a name that none has is set nowhere.
    """

    variables: Variables
    instance: int = 1
    is_local: bool = False
    is_everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again what became an incident."""

    incident: int


@dataclass(frozen=True, slots=True)
class Continue:
    """Go on with the steps that the last move had no room for."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """End the whole instance, without compensation."""


Input: TypeAlias = (
    CompleteTask
    | JobDone
    | JobFailed
    | BpmnErrorThrown
    | DecisionAnswer
    | CommandAnswer
    | TimerDue
    | MessageArrived
    | SignalArrived
    | ActivateElements
    | SetVariables
    | Retry
    | Continue
    | Cancel
)
