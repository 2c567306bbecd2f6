"""Rounds of loops and multi-instance activities, as the oracle knows them."""

from typing import TYPE_CHECKING

from .blocks import REPEATS, Again, Many, Sub, Task
from .places import Place, Then, Value

if TYPE_CHECKING:
    from .oracle import Oracle


class AgainRounds:
    """A standard loop, begun."""

    def __init__(
        self, oracle: "Oracle", block: Task | Sub, loop: Again, body: Place, then: Then
    ) -> None:
        self.oracle, self.block, self.loop, self.body, self.then = oracle, block, loop, body, then
        self.begun = 0
        if loop.tests_before:
            self._test()
        else:
            self._begin()

    def _test(self) -> None:
        number = self.body.read(f"x_{self.loop.ask}")
        assert isinstance(number, int)
        if self.begun < self.loop.most and number % REPEATS == 0:
            self._begin()
        else:
            self.oracle.close(self.body, "completed")
            self.then()

    def _begin(self) -> None:
        self.begun += 1
        place = self.oracle.open(self.block.id, self.body)
        place.variables["loopCounter"] = self.begun
        place.done = lambda: self._end(place)
        self.oracle.begin(self.block, place)

    def _end(self, place: Place) -> None:
        self.oracle.give_out(self.block, place)
        self.oracle.close(place, "completed")
        self._test()


class ManyRounds:
    """A multi-instance activity, begun."""

    def __init__(
        self, oracle: "Oracle", block: Task | Sub, loop: Many, body: Place, then: Then
    ) -> None:
        self.oracle, self.block, self.loop, self.body, self.then = oracle, block, loop, body, then
        self.results: list[int | None] = [None] * len(loop.items)
        self.completed = 0
        if not loop.items:
            self._finish()
        for index in range(len(loop.items[:1] if loop.sequential else loop.items)):
            self._begin(index)

    def _begin(self, index: int) -> None:
        place = self.oracle.open(self.block.id, self.body)
        item = {f"item_{self.block.id}": self.loop.items[index]}
        place.variables |= {"loopCounter": index + 1, **item}
        place.done = lambda: self._end(index, place)
        self.oracle.begin(self.block, place)

    def _end(self, index: int, place: Place) -> None:
        self.oracle.give_out(self.block, place)
        self.results[index] = self._result(index, place)
        self.completed += 1
        self.oracle.close(place, "completed")
        total = len(self.loop.items)
        if self.completed in (self.loop.enough or total, total):
            self._finish()
        elif self.loop.sequential:
            self._begin(self.completed)

    def _result(self, index: int, place: Place) -> int:
        if isinstance(self.block, Task):
            found = place.read(f"x_{self.block.id}")
            assert isinstance(found, int)
            return found
        own: Value = place.read(self.block.local) if self.block.local else 0
        assert isinstance(own, int)
        return own * 10 + self.loop.items[index]

    def _finish(self) -> None:
        oracle, body = self.oracle, self.body
        oracle.is_open = oracle.is_open or (oracle.ringing is not None and bool(body.inside))
        for each in list(body.inside):
            oracle.kill(each)
        assert body.around is not None
        if self.loop.collects:
            oracle.give(body.around, f"list_{self.block.id}", self.results)
        oracle.close(body, "completed")
        self.then()
