"""What a diagram says beyond BPMN: the extensions of Camunda 8 (`zeebe:`) and those of our own
namespace. `bpmn/README.md` gives the default and the effect of each."""

from dataclasses import dataclass

ZEEBE = "http://camunda.org/schema/zeebe/1.0"
DINGBIAN = "urn:dingbian:bpmn:1"


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the file that may be an expression.

    Attributes:
        text: As written, stripped; with its leading `=` where it has one.
        element: The id of the element it belongs to.
        line: Its line in the file, from 1.
        language: The expression language it claims; "" where it claims none.
    """

    text: str
    element: str
    line: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One input or output of a `zeebe:ioMapping`: the value of `source` goes to `target`."""

    source: Text
    target: str
    line: int


@dataclass(frozen=True, slots=True)
class IoMapping:
    inputs: tuple[Mapping, ...] = ()
    outputs: tuple[Mapping, ...] = ()


@dataclass(frozen=True, slots=True)
class TaskDefinition:
    """Who does a service task: a command of ours (`quota.reserve_posts`) or outside workers."""

    type: Text
    retries: Text | None
    line: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who may do a user task. Groups are duties; several are separated by commas, or a list."""

    assignee: Text | None = None
    candidate_groups: Text | None = None
    candidate_users: Text | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """Which version of a resource is meant: `latest`, `deployment` or `versionTag`."""

    kind: str
    version_tag: str = ""
    is_explicit: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a user task or start event: an id of a file, or a reference of others."""

    form_id: Text | None
    external_reference: Text | None
    binding: Binding
    line: int


@dataclass(frozen=True, slots=True)
class CalledDecision:
    decision_id: Text
    result_variable: str
    binding: Binding
    line: int


@dataclass(frozen=True, slots=True)
class CalledElement:
    process_id: Text
    binding: Binding
    propagate_all_child_variables: bool
    propagate_all_parent_variables: bool
    line: int


@dataclass(frozen=True, slots=True)
class PublishMessage:
    """How a thrown message is addressed. `time_to_live` is an ISO duration."""

    correlation_key: Text | None
    message_id: Text | None
    time_to_live: Text | None


@dataclass(frozen=True, slots=True)
class AdHoc:
    """`active_elements`: the ids of the activities to start; without it a person chooses."""

    active_elements: Text | None
    output_collection: str
    output_element: Text | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that follows the calendar.

    Attributes:
        days: How many working days; a whole number of at least 1.
        clock: Which clock counts them; clocks are stopped, resumed and extended by name.
        start: A FEEL date or date and time to count from; None counts from the entry.
        remind: Reminders, in working days before the deadline.
    """

    days: Text
    clock: str
    start: Text | None
    remind: tuple[int, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Action:
    """One way to complete a user task, and what it demands."""

    id: str
    name: str
    needs_comment: bool
    skips_form: bool
    line: int


@dataclass(frozen=True, slots=True)
class Countersign:
    """How the votes of a multi-instance user task become one outcome.

    Attributes:
        rule: `all`, `any` or `ratio` of the weighted votes must be for it.
        ratio: For `ratio`: the least share, above 0 and at most 1.
        veto: Whether one vote against decides at once.
        quorum: The least number of votes cast, abstentions included, before it can pass; None
            for no such number.
        abstention: `counts` (as not for it), `ignored` (leaves the base), `refused` (no option).
        weight: The weight of a vote, evaluated for each voter; None is 1.
        result_variable: Takes `passed` or `rejected`.
    """

    rule: str
    ratio: Text | None
    veto: bool
    quorum: Text | None
    abstention: str
    weight: Text | None
    result_variable: str
    line: int


@dataclass(frozen=True, slots=True)
class Separation:
    """Who must not do a user task.

    Attributes:
        elements: Ids of user tasks; whoever did one of them for this instance is out.
        recuse: A FEEL list of the ids of persons whom the matter concerns (回避).
    """

    elements: tuple[str, ...]
    recuse: Text | None
    line: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """An extension that nothing here reads."""

    namespace: str
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Extensions:
    """All extensions of one element; what is not there is None or empty."""

    io: IoMapping = IoMapping()
    task_definition: TaskDefinition | None = None
    headers: tuple[tuple[str, str], ...] = ()
    assignment: Assignment = Assignment()
    form: Form | None = None
    due_date: Text | None = None
    follow_up_date: Text | None = None
    priority: Text | None = None
    called_decision: CalledDecision | None = None
    called_element: CalledElement | None = None
    correlation_key: Text | None = None
    publish_message: PublishMessage | None = None
    script: Text | None = None
    result_variable: str = ""
    version_tag: str = ""
    is_zeebe_user_task: bool = False
    condition_variables: tuple[str, ...] = ()
    ad_hoc: AdHoc | None = None
    properties: tuple[tuple[str, str], ...] = ()
    deadline: Deadline | None = None
    actions: tuple[Action, ...] = ()
    countersign: Countersign | None = None
    separation: Separation | None = None
    duty: str = ""
    input_collection: Text | None = None
    input_element: str = ""
    output_collection: str = ""
    output_element: Text | None = None
    unknown: tuple[Unknown, ...] = ()


NO_EXTENSIONS = Extensions()
