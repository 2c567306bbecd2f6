"""A path of a random diagram, walked by the engine and by the oracle side by side."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from service.core.engine import port
from service.core.engine.findings import ERROR
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.spiff.compile import Compiled
from service.core.engine.validate import validate
from service.core.feel.border import from_state

from .blocks import Diagram, Edge, Race, Stop, Sub, Task, Watch, parts
from .draw import drawn
from .forms import MONDAY, Form, Whole
from .oracle import Oracle
from .seen import Seen
from .steps import Choice, Steps
from .write import written

SHOWN = (Task, Sub, Edge, Race, Stop, Watch)
Move = tuple[port.Input, datetime]


class Differs(AssertionError):
    """The engine does not do what the oracle knows; the text says where."""


@dataclass(frozen=True)
class Subject:
    """A diagram, its file and what the engine makes of it.

    Attributes:
        signals: The ids of what a signal wakes.
    """

    diagram: Diagram
    file: bytes
    compiled: Compiled
    shown: frozenset[str]
    signals: frozenset[str]


def subject(seed: int) -> Subject:
    """The diagram of a number, ready to run.

    Raises:
        Differs: The engine refuses it, or says something of it.
    """
    diagram = drawn(seed)
    file = written(diagram)
    model = read(file)
    findings = [f"{each.rule} {each.element}" for each in validate(model) if each.severity == ERROR]
    if findings:
        raise Differs(f"refused: {findings}")
    blocks = [x for x in parts(diagram.body) if isinstance(x, SHOWN)]
    signals = frozenset(x.id for x in blocks if getattr(x, "kind", "") == "signal")
    more = [f"q_{x.id}" for x in blocks if isinstance(x, Sub)]
    more += [x.around for x in blocks if isinstance(x, Watch)]
    compiled = port.compile(normalise(model), digest=str(seed))
    return Subject(diagram, file, compiled, frozenset([*(x.id for x in blocks), *more]), signals)


@dataclass
class Walk:
    """One path.

    Attributes:
        moves: What the engine has been given, to be given again to another form.
        effects: What each move has come to.
    """

    subject: Subject
    seed: str
    form: Whole
    oracle: Oracle
    seen: Seen
    now: datetime = MONDAY
    moves: list[Move] = field(default_factory=list)
    effects: list[list[port.Effect]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def run(self) -> None:
        self._keep(self.form.start(variables(self.subject)))
        steps = Steps(self.seed)
        while not (self.oracle.ended or self.oracle.is_open):
            choice = steps.next(self.oracle)
            self.told.append(str(choice))
            self._engine(choice)
            self._oracle(choice)
            if not self.oracle.is_open:
                self._compare()
        if not self.oracle.is_open:
            self._compare_end()

    def _keep(self, effects: list[port.Effect]) -> None:
        self.effects.append(effects)
        self.seen.note(effects)
        if not self.moves:
            self._compare()

    def _give(self, given: port.Input) -> None:
        self.moves.append((given, self.now))
        self._keep(self.form.give(given, self.now))

    def _oracle(self, choice: Choice) -> None:
        if choice.error:
            self.oracle.throw(choice.point, choice.error)
        elif choice.point[2] in self.subject.signals and choice.point[0] == "event":
            self.oracle.ring(choice.point[2], choice.number)
        else:
            self.oracle.happen(choice.point, choice.number)

    def _engine(self, choice: Choice) -> None:
        kind, _, element = choice.point
        number = self.seen.points[choice.point]
        given = {f"x_{element}": Decimal(choice.number)}
        if kind == "event":
            self._event(number, element, given)
            return
        is_job = f'<serviceTask id="{element}"'.encode() in self.subject.file
        if is_job and choice.fails:
            self._give(port.JobFailed(number, "no paper"))
            self._give(port.Retry(max(self.seen.incidents)))
            number = self.seen.points[choice.point]
        if choice.error:
            self._give(port.BpmnErrorThrown(number, choice.error))
        elif is_job:
            self._give(port.JobDone(number, given))
        else:
            self._give(port.CompleteTask(number, given))

    def _event(self, wait: int, element: str, given: port.Variables) -> None:
        due = self.seen.dues[wait]
        if due is not None:
            self.now = max(self.now, due) + timedelta(seconds=1)
            self._give(port.TimerDue(wait))
        elif element in self.subject.signals:
            self._give(port.SignalArrived(element, given))
        else:
            self._give(port.MessageArrived(wait, given))

    # -- what must be equal

    def _compare(self) -> None:
        if self.seen.incidents:
            self._differ("an incident", list(self.seen.incidents.values()), [])
        self._equal("what can happen", sorted(self.seen.points), self.oracle.points())
        self._equal("what was left", sorted(self.seen.left), sorted(self.oracle.left))
        self.seen.left, self.oracle.left = [], []

    def _compare_end(self) -> None:
        ended = self.seen.ended
        if ended is None:
            self._differ("the end", "runs", self.oracle.ended)
            return
        self._equal("the end", ended.how, self.oracle.ended)
        found = {name: _plain(from_state(value)) for name, value in ended.variables.items()}
        self._equal("the variables", found, self.oracle.variables)

    def _equal(self, what: str, engine: Any, oracle: Any) -> None:
        if engine != oracle:
            self._differ(what, engine, oracle)

    def _differ(self, what: str, engine: Any, oracle: Any) -> None:
        path = "\n".join(self.told)
        raise Differs(f"{what}\nengine: {engine}\noracle: {oracle}\npath {self.seed}:\n{path}")


def variables(of: Subject) -> port.Variables:
    return {name: Decimal(value) for name, value in of.diagram.variables.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, Decimal) else value


def walked(of: Subject, path: int) -> Walk:
    """A path of the diagram, walked to its end.

    Raises:
        Differs: The engine does something else than the oracle.
    """
    seed = f"{of.diagram.seed}.{path}"
    seen, oracle = Seen(of.shown), Oracle(of.diagram)
    walk = Walk(of, seed, Whole(of.compiled), oracle, seen)
    walk.run()
    return walk


def repeat(walk: Walk, form: Form) -> None:
    """The same moves in another form: the same effects, and the same state at the end.

    Raises:
        Differs: Something is not the same.
    """
    name = type(form).__name__
    for number, expected in enumerate(walk.effects):
        if number:
            effects = form.give(*walk.moves[number - 1])
        else:
            effects = form.start(variables(walk.subject))
        if [*map(str, effects)] != [*map(str, expected)]:
            raise Differs(f"{name}, move {number}\n{effects}\nexpected\n{expected}")
    if form.state != walk.form.state:
        raise Differs(f"{name}, the state\n{form.state}\nexpected\n{walk.form.state}")
