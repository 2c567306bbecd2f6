"""The engine as others see it: state and input in, state and effects out.

Nothing here has a table, a connection or a clock: the time is an argument. What the engine needs
from outside (a command, a decision, a person, a worker) it asks for by an effect and waits for
the input that answers it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

from service.core.feel import WorkingCalendar
from service.core.feel.values import Value

from .model import Definitions
from .pages import Overlaid, whole

if TYPE_CHECKING:
    from .spiff.compile import Compiled

Json: TypeAlias = Any
Variables: TypeAlias = Mapping[str, Value]

# About five steps for each element passed.
MOST_STEPS = 2_500


class Refused(Exception):
    """An input that does not fit where the instance stands: a lost race, a closed task.

    Attributes:
        message, message_zh: What was expected and what is there.
    """

    def __init__(self, message: str, message_zh: str) -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh


# -- inputs


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
    """Variables set from outside, in the scope of an element instance (1 is the process)."""

    variables: Variables
    instance: int = 1
    is_local: bool = False


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


# -- effects


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a move has come to.

    The state may be stored as a whole, or its pages each for itself: then a completion among
    many parallel tasks writes the head and the changed pages alone, and the next move is given
    the head with, under `pages`, a mapping that reads a page when it is asked for.

    Attributes:
        head: The new state without its pages, as JSON.
        effects: What has happened and what is wanted, in order.
        unfinished: Whether steps are left for `Continue`.
        stored: The pages as they were given.
        changed: The pages that are other ones now; None for those that are gone.
    """

    head: Json
    effects: list[Effect]
    unfinished: bool
    stored: Mapping[str, list[Json]]
    changed: Mapping[str, list[Json] | None]

    @property
    def state(self) -> Json:
        """The new state as a whole, as JSON; it reads every page."""
        return self.head | {"pages": whole(self.stored, self.changed)}


def is_waiting(outcome: Outcome, number: int, phase: str) -> bool:
    """Whether an element instance still waits as `phase` after a move.

    An effect that wants something may be followed, in the same move or in the answer to another
    one, by the end of the element that wanted it.
    """
    from .state import holds

    return holds(outcome.head, Overlaid(outcome.stored, outcome.changed), number, phase)


def may_catch_errors(compiled: "Compiled", state: Json, number: int) -> bool:
    """Whether an error thrown at an element instance could be caught in the diagram.

    A false answer is certain; a true one says that some event on the way out catches errors.
    """
    from .spiff.throwing import may_catch

    return may_catch(compiled, state, number)


def compile(
    models: Definitions | Iterable[Definitions],
    commands: Iterable[str] = (),
    digest: str = "",
) -> "Compiled":
    """Diagrams made ready to run together; to be kept, once per content.

    Args:
        models: The diagram to run, followed by those that it may call.
        commands: Service task types that are commands of this house; others are outside jobs.
        digest: Hash of the files; made from the models where none is given.

    Raises:
        ValueError: Two processes have one id, or a sequence flow leads nowhere.
    """
    from .spiff.compile import compile_models

    given = (models,) if isinstance(models, Definitions) else models
    return compile_models(given, commands, digest)


def start(
    compiled: "Compiled",
    process_id: str,
    variables: Variables,
    now: datetime,
    *,
    at: str = "",
    most: int = MOST_STEPS,
    calendar: WorkingCalendar | None = None,
) -> Outcome:
    """A new instance of a process, moved until it waits.

    Args:
        variables: What it starts with; for a start by an event, what came with it.
        now: The time, aware of its zone.
        at: The start event (or what takes its place) that has happened; "" for the none start.
        most: How many steps to make; the rest waits for `Continue`.
        calendar: What expressions count working days by.

    Raises:
        Refused: There is no such process or start event.
    """
    from .spiff.inputs import start_instance

    return start_instance(compiled, process_id, variables, now, at, most, calendar)


def resume(
    compiled: "Compiled",
    state: Json,
    given: Input,
    now: datetime,
    *,
    most: int = MOST_STEPS,
    calendar: WorkingCalendar | None = None,
) -> Outcome:
    """The instance after this input, moved until it waits.

    Raises:
        Refused: The input does not fit where the instance stands.
        UnknownVersion: The state is of another version.
    """
    from .spiff.inputs import take

    return take(compiled, state, given, now, most, calendar)
