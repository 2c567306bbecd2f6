"""Every move of an instance in a process of the operating system that has never seen it.

`python -m tests.fuzz.elsewhere` waits for requests, one a line. It compiles the diagram of its file
and forks: the new process moves the instance from the stored state, answers, and is gone. What
it inherits has a compiled diagram and has never loaded a state.
"""

import json
import os
import subprocess
import sys
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from service.core.engine import port
from service.core.engine.normalise import normalise
from service.core.engine.read_xml import read
from service.core.engine.spiff.compile import Compiled
from service.core.feel.border import from_state, to_state

from .forms import MONDAY

INPUTS: dict[str, Any] = {
    each.__name__: each
    for each in (
        port.CompleteTask,
        port.JobDone,
        port.JobFailed,
        port.BpmnErrorThrown,
        port.TimerDue,
        port.MessageArrived,
        port.SignalArrived,
        port.Retry,
        port.Continue,
    )
}


class Elsewhere:
    """A form of keeping an instance: its state travels from process to process.

    Args:
        most: How many steps each process makes; 1 hands the state on after every step.
    """

    def __init__(
        self, file: bytes, digest: str, processes: "Processes", most: int = port.MOST_STEPS
    ) -> None:
        self._diagram = {"file": file.decode(), "digest": digest, "most": most}
        self._processes = processes
        self.state: Any = None

    def start(self, variables: port.Variables) -> list[str]:
        return self._step({"start": to_state(dict(variables))}, MONDAY)

    def give(self, given: port.Input, now: datetime) -> list[str]:
        values = {each.name: getattr(given, each.name) for each in fields(given)}
        request = {"input": type(given).__name__, "fields": to_state(_decimals(values))}
        return self._step({"state": self.state, **request}, now)

    def _step(self, request: dict[str, Any], now: datetime) -> list[str]:
        asked = {**self._diagram, **request, "now": now.isoformat()}
        answer = self._processes.ask(asked)
        self.state = answer["state"]
        effects: list[str] = answer["effects"]
        return effects + self.give(port.Continue(), now) if answer["unfinished"] else effects


def _decimals(values: dict[str, Any]) -> dict[str, Any]:
    return {k: Decimal(v) if type(v) is int else v for k, v in values.items()}


class Processes:
    """The process that forks the others."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.elsewhere"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.pids: set[int] = set()

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *args: object) -> None:
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.close()
        self._parent.wait()
        self._parent.stdout.close()

    def ask(self, request: dict[str, Any]) -> Any:
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write(json.dumps(request).encode() + b"\n")
        self._parent.stdin.flush()
        line = self._parent.stdout.readline()
        if not line:
            raise AssertionError("Expected an answer, but the process has failed.")
        answer = json.loads(line)
        self.pids.add(answer["pid"])
        return answer


# -- over there


def _compiled(request: dict[str, Any]) -> Compiled:
    model = normalise(read(request["file"].encode()))
    return port.compile(model, digest=request["digest"])


def _answer(compiled: Compiled, request: dict[str, Any]) -> dict[str, Any]:
    now, most = datetime.fromisoformat(request["now"]), request["most"]
    if "start" in request:
        given: Any = from_state(request["start"])
        outcome = port.start(compiled, "main", given, now, most=most)
    else:
        kind = INPUTS[request["input"]]
        told: Any = from_state(request["fields"])
        values = {k: _whole(kind, k, v) for k, v in told.items()}
        outcome = port.resume(compiled, request["state"], kind(**values), now, most=most)
    return {
        "state": outcome.state,
        "effects": [repr(each) for each in outcome.effects],
        "unfinished": outcome.unfinished,
        "pid": os.getpid(),
    }


def _whole(kind: Any, name: str, value: Any) -> Any:
    is_number = name in ("instance", "wait", "incident") and name in kind.__dataclass_fields__
    return int(value) if is_number else value


def main() -> None:
    file, compiled = "", None
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if compiled is None or request["file"] != file:
            file, compiled = request["file"], _compiled(request)
        child = os.fork()
        if not child:
            text = json.dumps(_answer(compiled, request)).encode() + b"\n"
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            break


if __name__ == "__main__":
    main()
