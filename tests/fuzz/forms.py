"""The ways in which an instance is kept between two moves; each must come to the same."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from service.core.engine import port
from service.core.engine.spiff.compile import Compiled
from service.core.engine.spiff.containers import begin_process
from service.core.engine.spiff.inputs import _INPUTS
from service.core.engine.spiff.move import Move
from service.core.engine.spiff.step import advance
from service.core.engine.state import State, dump

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Form(Protocol):
    """One instance of the process `main`."""

    def start(self, variables: port.Variables) -> Sequence[object]:
        """The effects of the first move, or what they read as."""

    def give(self, given: port.Input, now: datetime) -> Sequence[object]: ...

    @property
    def state(self) -> Any:
        """The whole state as JSON."""


class Whole:
    """The whole state as JSON text.

    Args:
        most: How many steps a move makes; 1 stores and reads the state after each.
    """

    def __init__(self, compiled: Compiled, most: int = port.MOST_STEPS) -> None:
        self.compiled = compiled
        self.most = most
        self.text = ""

    def start(self, variables: port.Variables) -> list[port.Effect]:
        return self._kept(
            port.start(self.compiled, "main", variables, MONDAY, most=self.most), MONDAY
        )

    def give(self, given: port.Input, now: datetime) -> list[port.Effect]:
        stored = json.loads(self.text)
        return self._kept(port.resume(self.compiled, stored, given, now, most=self.most), now)

    def _kept(self, outcome: port.Outcome, now: datetime) -> list[port.Effect]:
        self.text = json.dumps(outcome.state)
        effects = outcome.effects
        return effects + self.give(port.Continue(), now) if outcome.unfinished else effects

    @property
    def state(self) -> Any:
        return json.loads(self.text)


class _Pages(Mapping[str, Any]):
    """Pages as texts, each read when it is asked for."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def __getitem__(self, key: str) -> Any:
        return json.loads(self._texts[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


class Apart:
    """The head of the state and each of its pages as a text of its own."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.head = ""
        self.pages: dict[str, str] = {}

    def start(self, variables: port.Variables) -> list[port.Effect]:
        return self._kept(port.start(self.compiled, "main", variables, MONDAY))

    def give(self, given: port.Input, now: datetime) -> list[port.Effect]:
        stored = json.loads(self.head) | {"pages": _Pages(self.pages)}
        return self._kept(port.resume(self.compiled, stored, given, now))

    def _kept(self, outcome: port.Outcome) -> list[port.Effect]:
        self.head = json.dumps(outcome.head)
        for key, rows in outcome.changed.items():
            self.pages.pop(key, None)
            if rows is not None:
                self.pages[key] = json.dumps(rows)
        return outcome.effects

    @property
    def state(self) -> Any:
        return json.loads(self.head) | {"pages": dict(_Pages(self.pages))}


class Uninterrupted:
    """The state as the engine works with it, never written down: the same objects all the way."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.kept = State("main", compiled.digest)

    def start(self, variables: port.Variables) -> list[port.Effect]:
        move = Move(self.compiled, self.kept, MONDAY)
        begin_process(move, self.compiled.processes["main"], 0, variables)
        return self._moved(move)

    def give(self, given: port.Input, now: datetime) -> list[port.Effect]:
        self.kept.steps = 0
        move = Move(self.compiled, self.kept, now)
        _INPUTS[type(given)](move, given)
        return self._moved(move)

    def _moved(self, move: Move) -> list[port.Effect]:
        move.note_variables()
        advance(move, port.MOST_STEPS)
        return move.effects

    @property
    def state(self) -> Any:
        return json.loads(json.dumps(dump(self.kept)))
