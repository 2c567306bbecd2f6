"""What a scenario file of a process says: cases, each a row of steps.

process: consult
today: 2026-03-02
cases:
  - name: 征求意见后办结
    start: {matter: 用编申请}
    steps:
      - task: give_opinion
        by: office_case_officer
        data: {opinion: 同意}
      - time: 10 working days
    ends: closed
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Word = Annotated[str, Field(min_length=1, max_length=200)]
_Variables = dict[str, Any]
_OF_PROCESS = re.compile(r"^process\s*:", re.M)


def is_of_process(text: str) -> bool:
    """Whether a scenario file is about a process, and not about a decision."""
    return _OF_PROCESS.search(text) is not None


class Step(BaseModel):
    """One thing that happens to the case; its first key says which."""

    model_config = ConfigDict(extra="forbid")


class TaskStep(Step):
    """Somebody completes a user task that is open."""

    task: Word
    #: A duty, or the id of a person, to whom it must be offered.
    by: Word | None = None
    action: Word | None = None
    comment: Word | None = None
    data: _Variables = {}
    #: The last day of its deadline, where this is to be shown.
    last_day: date | None = None


class ChooseStep(Step):
    """Somebody starts activities of an ad-hoc sub-process."""

    choose: Word
    activities: Annotated[list[Word], Field(min_length=1, max_length=100)]


class MessageStep(Step):
    """A message arrives that the case waits for."""

    message: Word
    #: The correlation key under which the case must wait.
    key: Any = None
    variables: _Variables = {}


class SignalStep(Step):
    """A signal arrives that the case waits for."""

    signal: Word
    variables: _Variables = {}


class TimeStep(Step):
    """Time passes: `10 working days`, a duration (`P3D`, `PT5H`), or up to a day or instant."""

    time: Word


class CommandStep(Step):
    """The diagram orders a command, which answers or refuses."""

    command: Word
    #: Fields that the diagram must give it.
    given: _Variables = Field(default={}, alias="with")
    answer: _Variables = {}
    refuse: Word | None = None


class JobStep(Step):
    """Another system does a job, or throws a BPMN error."""

    job: Word
    given: _Variables = Field(default={}, alias="with")
    answer: _Variables = {}
    error: Word | None = None


class CallStep(Step):
    """A called process stands aside in this case; it ends with these variables or an error."""

    call: Word
    given: _Variables = Field(default={}, alias="with")
    outputs: _Variables = {}
    error: Word | None = None


KINDS = ("task", "choose", "message", "signal", "time", "command", "job", "call")


def _kind(step: Any) -> str | None:
    """The kind of a step as read, or as made."""
    if isinstance(step, dict):
        return next((kind for kind in KINDS if kind in step), None)
    return next((kind for kind in KINDS if hasattr(step, kind)), None)


AnyStep = Annotated[
    Annotated[TaskStep, Tag("task")]
    | Annotated[ChooseStep, Tag("choose")]
    | Annotated[MessageStep, Tag("message")]
    | Annotated[SignalStep, Tag("signal")]
    | Annotated[TimeStep, Tag("time")]
    | Annotated[CommandStep, Tag("command")]
    | Annotated[JobStep, Tag("job")]
    | Annotated[CallStep, Tag("call")],
    Discriminator(
        _kind,
        custom_error_type="step_kind",
        custom_error_message=f"a step is one of {', '.join(KINDS)}",
    ),
]


class Case(BaseModel):
    """One way through the process, from its start to its end."""

    model_config = ConfigDict(extra="forbid")

    name: Word
    today: date | None = None
    #: The start event that has happened; the none start where it is not said.
    start_at: str = ""
    start: _Variables = {}
    steps: Annotated[list[AnyStep], Field(max_length=500)] = []
    #: The end event that the process itself reaches last.
    ends: Word
    #: Variables that it must have in the end.
    variables: _Variables = {}

    @property
    def aside(self) -> frozenset[str]:
        """The called processes that do not run in this case."""
        return frozenset(step.call for step in self.steps if isinstance(step, CallStep))


class ProcessScenario(BaseModel):
    """The tests of one process."""

    model_config = ConfigDict(extra="forbid")

    process: Word
    today: date = date(2026, 1, 5)
    #: Commands that always answer this, wherever no step says otherwise.
    commands: dict[Word, _Variables] = {}
    cases: Annotated[list[Case], Field(min_length=1, max_length=500)]
