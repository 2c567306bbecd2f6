"""A host for betsy's runs: workers, messages, signals and a clock, all in memory."""

import json
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from service.core.engine import port
from service.core.engine.model import StartEvent
from service.core.engine.spiff.compile import Compiled
from service.core.engine.state import load

START = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass
class Running:
    """An instance as stored: JSON text between moves, nothing else."""

    state: str
    ended: bool = False


@dataclass
class Host:
    """Runs instances of one file.

    Attributes:
        most: How many steps a move may make; 1 stores and reads the state after each.
        trace: The log tokens.
        unhandled: Events that nobody caught.
    """

    compiled: Compiled
    most: int = port.MOST_STEPS
    now: datetime = START
    trace: list[str] = field(default_factory=list)
    unhandled: list[str] = field(default_factory=list)
    incidents: list[str] = field(default_factory=list)
    largest: int = 0
    _instances: list[Running] = field(default_factory=list)
    _inputs: deque[tuple[int, port.Input]] = field(default_factory=deque)
    _later: list[tuple[datetime, int, port.Input]] = field(default_factory=list)
    _messages: list[port.MessageSent] = field(default_factory=list)
    _starts: list[tuple[str, str, port.MessageSent]] = field(default_factory=list)
    _stamps: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)

    def start(self, process: str, variables: dict[str, Any], at: str = "") -> None:
        outcome = port.start(self.compiled, process, variables, self.now, at=at, most=self.most)
        self._instances.append(Running(""))
        self._keep(len(self._instances) - 1, outcome)

    def run_for(self, seconds: float) -> None:
        """Let virtual time pass, whatever is due on the way."""
        end = self.now + timedelta(seconds=seconds)
        self._settle()
        while (due := self._next_due()) is not None and due <= end:
            self.now = max(self.now, due)
            self._wake()
            self._settle()
        self.now = end
        self.unhandled += [f"message {each.name}" for each in self._messages]

    # -- moves

    def _settle(self) -> None:
        while self._inputs or self._starts:
            while self._starts:
                process, at, message = self._starts.pop(0)
                self.start(process, dict(message.variables), at)
            if not self._inputs:
                break
            index, given = self._inputs.popleft()
            running = self._instances[index]
            if running.ended:
                continue
            try:
                outcome = port.resume(
                    self.compiled, json.loads(running.state), given, self.now, most=self.most
                )
            except port.Refused:
                continue  # the place it was meant for has been left meanwhile
            self._keep(index, outcome)

    def _keep(self, index: int, outcome: port.Outcome) -> None:
        running = self._instances[index]
        running.state = json.dumps(outcome.state)
        running.ended = bool(outcome.state["ended"])
        self.largest = max(self.largest, len(running.state))
        if outcome.unfinished:
            self._inputs.append((index, port.Continue()))
        for effect in outcome.effects:
            self._react(index, effect)
        self._deliver()

    def _react(self, index: int, effect: port.Effect) -> None:
        if isinstance(effect, port.JobOpened):
            self._work(index, effect)
        elif isinstance(effect, port.MessageSent):
            self._messages.append(effect)
        elif isinstance(effect, port.SignalSent):
            others = [i for i in range(len(self._instances)) if i != index]
            signal = port.SignalArrived(effect.name, effect.variables)
            self._inputs += [(other, signal) for other in others]
        elif isinstance(effect, port.EscalationUncaught):
            self.unhandled.append(f"escalation {effect.code}")
        elif isinstance(effect, port.ChoiceOpened):
            chosen = port.ActivateElements(effect.instance, effect.choices)
            self._inputs.append((index, chosen))
        elif isinstance(effect, port.IncidentRaised):
            self._note(effect)

    def _note(self, incident: port.IncidentRaised) -> None:
        self.incidents.append(f"{incident.code}: {incident.message}")
        if incident.code == "uncaught_error":
            self.trace.append("ERROR_thrownErrorEvent")
        elif incident.code != "stuck":
            self.trace.append("ERROR_runtime")

    # -- what the scripts do

    def _work(self, index: int, job: port.JobOpened) -> None:
        done = port.JobDone(job.instance)
        script = job.type
        if script.startswith("SCRIPT_task"):
            self.trace.append(script)
        elif script == "CREATE_MARKER_FILE":
            self.trace.append("MARKER_exists")
        elif script.startswith("INCREMENT_INTEGER_VARIABLE"):
            number = Decimal(job.variables["integerVariable"]) + 1
            done = port.JobDone(job.instance, {"integerVariable": number})
            if script.endswith("AND_LOG"):
                self.trace.append("INCREMENT_correct")
        elif script == "SET_STRING_DATA":
            done = port.JobDone(job.instance, {"data": "String"})
        elif script == "LOG_DATA":
            is_kept = job.variables.get("data") == "String"
            self.trace.append("DATA_correct" if is_kept else "DATA_wrong")
        elif script == "THROW_ERROR":
            self._inputs.append((index, port.BpmnErrorThrown(job.instance, "ERR_CODE")))
            return
        elif script == "WAIT_TEN_SECONDS" or script.startswith("CREATE_TIMESTAMP_LOG_"):
            self._stamp(script)
            self._later.append((self.now + timedelta(seconds=10), index, done))
            return
        elif script not in ("CREATE_LOG_FILE", ""):
            raise ValueError(f"Expected a script of betsy's, but got {script!r}.")
        self._inputs.append((index, done))

    def _stamp(self, script: str) -> None:
        if script == "WAIT_TEN_SECONDS":
            return
        self._stamps[script] = (self.now, self.now + timedelta(seconds=10))
        if len(self._stamps) == 2:
            (a, b), (c, d) = self._stamps.values()
            if a < d and c < b:
                self.trace.append("EXECUTION_parallel")

    # -- time and messages

    def _next_due(self) -> datetime | None:
        dues = [when for when, _, _ in self._later]
        for running in self._instances:
            if not running.ended:
                waits = load(json.loads(running.state)).waits.values()
                dues += [datetime.fromisoformat(w.due) for w in waits if w.kind == "timer"]
        return min(dues, default=None)

    def _wake(self) -> None:
        for entry in [each for each in self._later if each[0] <= self.now]:
            self._later.remove(entry)
            self._inputs.append(entry[1:])
        for index, running in enumerate(self._instances):
            if running.ended:
                continue
            for wait in load(json.loads(running.state)).waits.values():
                if wait.kind == "timer" and datetime.fromisoformat(wait.due) <= self.now:
                    self._inputs.append((index, port.TimerDue(wait.id)))

    def _deliver(self) -> None:
        """Each message to one subscription, else to a start event, else it stays buffered."""
        for message in list(self._messages):
            if self._to_subscription(message) or self._to_start(message):
                self._messages.remove(message)

    def _to_subscription(self, message: port.MessageSent) -> bool:
        for index, running in enumerate(self._instances):
            if running.ended or not running.state:
                continue
            for wait in load(json.loads(running.state)).waits.values():
                arrived = port.MessageArrived(wait.id, message.variables)
                taken = (index, arrived) in self._inputs
                if wait.kind == "message" and wait.name == message.name and not taken:
                    self._inputs.append((index, arrived))
                    return True
        return False

    def _to_start(self, message: port.MessageSent) -> bool:
        for process in self.compiled.processes.values():
            for spec in process.body.specs():
                names = {
                    getattr(self.compiled.shared.get(getattr(d, "message", "")), "name", None)
                    for d in spec.definitions
                }
                if isinstance(spec.element, StartEvent) and message.name in names:
                    self._starts.append((process.process, spec.element.id, message))
                    return True
        return False
