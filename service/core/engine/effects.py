"""What a move comes to: what has happened, and what is wanted from outside."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from .inputs import Json, Variables


@dataclass(frozen=True, slots=True)
class Entered:
    """`scope` is the element instance around it, 0 for the process that was started."""

    instance: int
    element: str
    process: str
    scope: int


@dataclass(frozen=True, slots=True)
class Left:
    """`how` is `completed` or `terminated`."""

    instance: int
    element: str
    process: str
    how: str


@dataclass(frozen=True, slots=True)
class Took:
    """A sequence flow was taken."""

    flow: str
    process: str
    scope: int


@dataclass(frozen=True, slots=True)
class VariableChanged:
    scope: int
    name: str
    value: Json
    old: Json


@dataclass(frozen=True, slots=True)
class TaskOpened:
    """A user task waits for somebody.

    Attributes:
        assignee, users, groups: Who may do it; groups are duties.
        due, follow_up: ISO date times, "" for none.
        priority: 0 to 100, 50 where the diagram says nothing.
        form: Id of the form, "" for none.
        recused: Ids of persons whom the matter concerns.
        deadline: (working days, clock, start as ISO or ""), where one is declared.
    """

    instance: int
    element: str
    process: str
    name: str
    assignee: str = ""
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    due: str = ""
    follow_up: str = ""
    priority: int = 50
    form: str = ""
    recused: tuple[str, ...] = ()
    deadline: tuple[int, str, str] | None = None


@dataclass(frozen=True, slots=True)
class TaskClosed:
    instance: int
    how: str


@dataclass(frozen=True, slots=True)
class ChoiceOpened:
    """An ad-hoc sub-process waits for a person to choose activities, or to complete it."""

    instance: int
    element: str
    process: str
    choices: tuple[str, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoiceClosed:
    instance: int
    how: str


@dataclass(frozen=True, slots=True)
class JobOpened:
    """Work for an outside worker; `variables` is what the element sees, encoded as in states."""

    instance: int
    element: str
    process: str
    type: str
    retries: int
    headers: tuple[tuple[str, str], ...]
    variables: Json


@dataclass(frozen=True, slots=True)
class JobClosed:
    instance: int
    how: str


@dataclass(frozen=True, slots=True)
class CommandWanted:
    """Carry out a command in this transaction; its fields are the element's input mappings."""

    instance: int
    element: str
    type: str
    fields: Variables


@dataclass(frozen=True, slots=True)
class DecisionWanted:
    """Evaluate a decision; `variables` are those that the element sees."""

    instance: int
    element: str
    decision: str
    variables: Variables


@dataclass(frozen=True, slots=True)
class TimerSet:
    """`deadline` is declared in working days, and `due` then empty: the calendar gives it."""

    wait: int
    instance: int
    element: str
    due: datetime | None
    deadline: tuple[int, str, str] | None = None


@dataclass(frozen=True, slots=True)
class TimerCleared:
    wait: int


@dataclass(frozen=True, slots=True)
class Subscribed:
    """`kind` is `message` or `signal`; `key` is a message's correlation key, "" for none."""

    wait: int
    instance: int
    element: str
    kind: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Unsubscribed:
    wait: int


@dataclass(frozen=True, slots=True)
class MessageSent:
    """A message leaves: to a subscription or a start event, now or while it lives.

    Attributes:
        name, key: What it correlates by.
        message_id: De-duplication id, "" for none.
        time_to_live: ISO duration, "" for none.
    """

    instance: int
    element: str
    name: str
    key: str
    message_id: str
    time_to_live: str
    variables: Variables


@dataclass(frozen=True, slots=True)
class SignalSent:
    """A signal leaves for all other instances; this one has had it already."""

    instance: int
    element: str
    name: str
    variables: Variables


@dataclass(frozen=True, slots=True)
class EscalationUncaught:
    instance: int
    element: str
    code: str


@dataclass(frozen=True, slots=True)
class IncidentRaised:
    incident: int
    instance: int
    element: str
    code: str
    message: str
    message_zh: str
    attempts: int


@dataclass(frozen=True, slots=True)
class IncidentCleared:
    incident: int


@dataclass(frozen=True, slots=True)
class Ended:
    """`how` is `completed`, `terminated` or `cancelled`; the outermost variables, encoded."""

    how: str
    variables: Json


Effect: TypeAlias = (
    Entered
    | Left
    | Took
    | VariableChanged
    | TaskOpened
    | TaskClosed
    | ChoiceOpened
    | ChoiceClosed
    | JobOpened
    | JobClosed
    | CommandWanted
    | DecisionWanted
    | TimerSet
    | TimerCleared
    | Subscribed
    | Unsubscribed
    | MessageSent
    | SignalSent
    | EscalationUncaught
    | IncidentRaised
    | IncidentCleared
    | Ended
)
