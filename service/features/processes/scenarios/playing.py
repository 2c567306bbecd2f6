"""A case as it is played: the engine's state in memory, and what the case waits for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from service.core.engine import port
from service.core.engine.model import EndEvent
from service.core.feel import FeelError
from service.core.feel.border import from_wire, to_wire
from service.features.decisions.evaluating import CityCalendar, run_at
from service.features.processes.scenarios.clocks import Clocks
from service.features.processes.scenarios.failed import Failed
from service.features.processes.scenarios.files import CommandStep
from service.features.processes.scenarios.given import Ready

#: Inputs that one case may need: more is a circle that nothing ends.
_MOST_MOVES = 5_000


@dataclass(slots=True)
class Playing:
    """A case between its start and its end.

    Attributes:
        now: What the clock says.
        until: Up to when time passes as soon as no command waits for its answer.
        commands: Those that answer the same wherever no step says otherwise, with their answers.
        wanted: Commands that wait for their answer, in order.
        tasks, choices, jobs: What is open, by element instance.
        waits: Subscriptions by their number.
        passed: (process, id) of all elements and sequence flows so far.
        ends: The end events of the outermost process in the order in which they were reached.
    """

    ready: Ready
    clocks: Clocks
    calendar: CityCalendar
    now: datetime
    until: datetime
    commands: dict[str, dict[str, Any]]
    process: str
    wanted: list[port.CommandWanted] = field(default_factory=list)
    tasks: dict[int, port.TaskOpened] = field(default_factory=dict)
    choices: dict[int, port.ChoiceOpened] = field(default_factory=dict)
    jobs: dict[int, port.JobOpened] = field(default_factory=dict)
    waits: dict[int, port.Subscribed] = field(default_factory=dict)
    passed: set[tuple[str, str]] = field(default_factory=set)
    ends: list[str] = field(default_factory=list)
    ended: port.Ended | None = None
    state: Any = None
    _asked: list[port.DecisionWanted] = field(default_factory=list)
    _outcome: port.Outcome | None = None
    _moves: int = 0

    def start(self, variables: dict[str, Any], at: str) -> None:
        """Start the case."""
        given = {name: from_wire(value) for name, value in variables.items()}
        self._move(
            lambda: port.start(
                self.ready.compiled, self.process, given, self.now, at=at, calendar=self.calendar
            )
        )

    def give(self, given: port.Input) -> None:
        """Give the case an input."""
        self._move(lambda: self._resumed(given))

    def settle(self, step: object = None) -> None:
        """Let tables decide, commands answer that always do, and time pass.

        Args:
            step: What comes next; a command that it answers itself is left to it.
        """
        own = step.command if isinstance(step, CommandStep) else None
        while self.ended is None:
            self._forget()
            always = [x for x in self.wanted if x.type in self.commands and x.type != own]
            if self._asked:
                self._decide(self._asked.pop(0))
            elif always:
                self.answer(always[0], self.commands[always[0].type])
            elif self.wanted or not self._timer_fires():
                return

    def answer(self, wanted: port.CommandWanted, answer: dict[str, Any]) -> None:
        """The result of a command."""
        self.wanted.remove(wanted)
        self.give(port.CommandAnswer(wanted.instance, _values(answer)))
        self.clocks.ordered(wanted.type, _told(wanted), self.now)

    def may_catch(self, instance: int, code: str) -> bool:
        """Whether the diagram could catch an error with this code at an element."""
        return port.may_catch_errors(self.ready.compiled, self.state, instance, code)

    def _timer_fires(self) -> bool:
        """The first timer that is due fires; where none is, it becomes as late as it should."""
        first = self.clocks.next_due()
        if first is None or first[0] > self.until:
            self.now = self.until
            return False
        self.now = max(self.now, first[0])
        self.clocks.clear_timer(first[1].wait)
        self.give(port.TimerDue(first[1].wait))
        return True

    def _resumed(self, given: port.Input) -> port.Outcome:
        compiled = self.ready.compiled
        return port.resume(compiled, self.state, given, self.now, calendar=self.calendar)

    def _move(self, go: Callable[[], port.Outcome]) -> None:
        while True:
            try:
                outcome = go()
            except port.Refused as refused:
                raise Failed(refused.message, refused.message_zh) from refused
            self._moves += 1
            if self._moves > _MOST_MOVES:
                raise Failed(
                    f"Expected an end after {_MOST_MOVES} moves, but it goes on.",
                    f"应当在{_MOST_MOVES}步内结束，但仍在继续。",
                )
            self.state, self._outcome = outcome.state, outcome
            for effect in outcome.effects:
                self._take(effect)
            if not outcome.unfinished:
                return
            go = self._continued

    def _continued(self) -> port.Outcome:
        return self._resumed(port.Continue())

    def _take(self, effect: port.Effect) -> None:  # one line a kind
        match effect:
            case port.Entered():
                self._entered(effect)
            case port.Took():
                self.passed.add((effect.process, effect.flow))
            case port.TaskOpened():
                self.tasks[effect.instance] = effect
                self.clocks.set(effect, self.now)
            case port.TaskClosed():
                self.tasks.pop(effect.instance, None)
                self.clocks.clear_task(effect.instance)
            case port.ChoiceOpened():
                self.choices[effect.instance] = effect
            case port.ChoiceClosed():
                self.choices.pop(effect.instance, None)
            case port.JobOpened():
                self.jobs[effect.instance] = effect
            case port.JobClosed():
                self.jobs.pop(effect.instance, None)
            case port.TimerSet():
                self.clocks.set(effect, self.now)
            case port.TimerCleared():
                self.clocks.clear_timer(effect.wait)
            case port.Subscribed():
                self.waits[effect.wait] = effect
            case port.Unsubscribed():
                self.waits.pop(effect.wait, None)
            case port.CommandWanted():
                self.wanted.append(effect)
            case port.DecisionWanted():
                self._asked.append(effect)
            case port.IncidentRaised():
                _stopped(effect.element, effect.message, effect.message_zh)
            case port.Ended():
                self.ended = effect

    def _entered(self, effect: port.Entered) -> None:
        self.passed.add((effect.process, effect.element))
        element = self.ready.element(effect.element, effect.process)
        if effect.process == self.process and isinstance(element, EndEvent):
            self.ends.append(effect.element)

    def _forget(self) -> None:
        """What asked for an answer may have been left meanwhile."""
        outcome = self._outcome
        assert outcome is not None, "the case was begun"
        self.wanted = [x for x in self.wanted if port.is_waiting(outcome, x.instance, "command")]
        self._asked = [x for x in self._asked if port.is_waiting(outcome, x.instance, "decision")]

    def _decide(self, asked: port.DecisionWanted) -> None:
        """The answer of a table; a fault of it would be an incident."""
        model = self.ready.decisions.get(asked.decision)
        if model is None:
            _stopped(
                asked.element,
                f"Expected a decision {asked.decision}, but there is none.",
                f"应当有决策{asked.decision}，但没有。",
            )
        names = {each.name for each in model.definitions.inputs}
        given = {name: to_wire(value) for name, value in asked.variables.items() if name in names}
        try:
            run = run_at(self.now, self.calendar)
            value = model.evaluate(asked.decision, model.decode(given), run)
        except FeelError as fault:
            _stopped(asked.element, fault.message, fault.message_zh)
        self.give(port.DecisionAnswer(asked.instance, value.outputs[asked.decision]))


def _stopped(element: str, message: str, message_zh: str) -> NoReturn:
    raise Failed(
        f"Expected {element} to be passed, but it becomes an incident: {message}",
        f"环节{element}应当通过，但出现异常：{message_zh}",
        element,
    )


def _values(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: from_wire(value) for name, value in answer.items()}


def _told(wanted: port.CommandWanted) -> dict[str, Any]:
    return {name: to_wire(value) for name, value in wanted.fields.items()}
