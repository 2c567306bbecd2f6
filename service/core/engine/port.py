"""The engine as others see it: state and input in, state and effects out.

Nothing here has a table, a connection or a clock: the time is an argument. What the engine needs
from outside (a command, a decision, a person, a worker) it asks for by an effect and waits for
the input that answers it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from service.core.feel import WorkingCalendar

from .effects import (
    ChoiceClosed,
    ChoiceOpened,
    CommandWanted,
    DecisionWanted,
    Effect,
    Ended,
    Entered,
    EscalationUncaught,
    IncidentCleared,
    IncidentRaised,
    JobClosed,
    JobOpened,
    Left,
    MessageSent,
    SignalSent,
    Subscribed,
    TaskClosed,
    TaskOpened,
    TimerCleared,
    TimerSet,
    Took,
    Unsubscribed,
    VariableChanged,
)
from .inputs import (
    ActivateElements,
    BpmnErrorThrown,
    Cancel,
    CommandAnswer,
    CompleteTask,
    Continue,
    DecisionAnswer,
    Input,
    JobDone,
    JobFailed,
    Json,
    MessageArrived,
    Retry,
    SetVariables,
    SignalArrived,
    TimerDue,
    Variables,
)
from .model import Definitions
from .pages import Overlaid, whole

if TYPE_CHECKING:
    from .spiff.compile import Compiled

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


def may_catch_errors(
    compiled: "Compiled", state: Json, number: int, code: str | None = None
) -> bool:
    """Whether an error with this code, or any, thrown at an element instance, could be caught.

    A false answer is certain; a true one says that some event on the way out catches it, or that
    its code is told by an expression.
    """
    from .spiff.throwing import may_catch

    return may_catch(compiled, state, number, code)


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


__all__ = [
    "MOST_STEPS",
    "ActivateElements",
    "BpmnErrorThrown",
    "Cancel",
    "ChoiceClosed",
    "ChoiceOpened",
    "CommandAnswer",
    "CommandWanted",
    "CompleteTask",
    "Continue",
    "DecisionAnswer",
    "DecisionWanted",
    "Effect",
    "Ended",
    "Entered",
    "EscalationUncaught",
    "IncidentCleared",
    "IncidentRaised",
    "Input",
    "JobClosed",
    "JobDone",
    "JobFailed",
    "JobOpened",
    "Json",
    "Left",
    "MessageArrived",
    "MessageSent",
    "Outcome",
    "Refused",
    "Retry",
    "SetVariables",
    "SignalArrived",
    "SignalSent",
    "Subscribed",
    "TaskClosed",
    "TaskOpened",
    "TimerCleared",
    "TimerDue",
    "TimerSet",
    "Took",
    "Unsubscribed",
    "VariableChanged",
    "Variables",
    "compile",
    "is_waiting",
    "may_catch_errors",
    "resume",
    "start",
]
