"""The sample city's people at their cases over HTTP, many at once, with meetings over many."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from typing import Any, ClassVar, Final

import httpx

from bench.city_mix import Asked, Mix
from service.sample_city.city import REFERENCE_DATE
from service.sample_city.playing.items import ItemPlay, Problem
from service.sample_city.playing.matters import MatterPlay
from service.sample_city.playing.people import People
from service.sample_city.playing.sittings import SECRETARY, sit
from service.sample_city.playing.staff import Staff

AT_ONCE: Final = 16
"""How many people work at the same moment; none of them pauses to think."""
_AGENDA: Final = 25
"""Items of one meeting at most."""
_PAUSE_S: Final = 1.0
_LEVELS: Final = ("OFFICE", "COMMISSION")
_DUE: Final = REFERENCE_DATE + timedelta(days=90)
_FOUND_AT: Final = ("12", "15", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31")
#: A minor problem, one that needs a plan, and one that two must see removed.
_BREACHES: Final = (_MINOR := "LATE_REPORT", "MIXED_USE", "OVER_QUOTA")


@dataclass(frozen=True, slots=True)
class City:
    """The people of the city, and what is asked of them."""

    #: Matters and items that are played before anything is measured: every kind once.
    WARM_UP: ClassVar = (10, 3)

    people: People
    mix: Mix
    staff: Staff
    lanes: asyncio.Semaphore

    async def play(self, matters: int, items: int) -> None:
        """One round: all of its cases begin at once, and meetings decide what waits for them."""
        asked = await self.mix.round(matters)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._decide(asked))
            for body, breach in islice(zip(cycle(_FOUND_AT), _breaches(), strict=False), items):
                group.create_task(self._in_lane(self._item(body, breach)))

    async def _in_lane(self, work: Coroutine[Any, Any, Any]) -> Any:
        async with self.lanes:
            return await work

    async def _decide(self, asked: Sequence[Asked]) -> None:
        """Take all matters to a meeting, hold it, and so on until all are closed."""
        while asked:
            reached = await asyncio.gather(*(self._in_lane(_go_on(each)) for each in asked))
            asked = [each for each, end in zip(asked, reached, strict=True) if end != "CLOSED"]
            if not await self._meet(asked) and "WAITING" in reached:
                stuck = [each.play.id for each, end in zip(asked, reached, strict=True)]
                raise LookupError(f"Expected {stuck} to go on, but nobody can do anything.")

    async def _meet(self, asked: Sequence[Asked]) -> bool:
        """Hold meetings over everything that waits; whether anything did."""
        plays = {each.play.id: each.play for each in asked}
        is_held = False
        for level in _LEVELS:
            path = f"/agenda-items?level={level}&state=PENDING&limit=200"
            waiting = (await self.people.done(SECRETARY, "GET", path))["items"]
            for first in range(0, len(waiting), _AGENDA):
                agenda = waiting[first : first + _AGENDA]
                results = [(item, _result(item, plays)) for item in agenda]
                await sit(self.people, level, REFERENCE_DATE, results)
                is_held = True
        return is_held

    async def _item(self, body: str, breach: str) -> None:
        """An item from the finding to its close-out."""
        problem = Problem(
            body_id=self.staff.bodies[body],
            owner=f"unit-{body}",
            leader="分管领导",
            breach=breach,
            problem="检查发现的问题",
            facts="检查组核实的事实。",
            found_on=REFERENCE_DATE,
            paper=self.mix.paper,
        )
        play = ItemPlay(self.people, problem)
        await play.find()
        is_to_acknowledge = breach == _MINOR  # what is minor goes on without a plan
        while (state := (await play.seen())["state"]) != "CLOSED":
            if state == "NOTICE_ISSUED" and is_to_acknowledge:
                path = f"/rectifications/{play.id}/acknowledge"
                await self.people.done(problem.owner, "POST", path)
                is_to_acknowledge = False
            await play.run(due=_DUE, today=REFERENCE_DATE)
            await self.people.settle()


def _result(item: dict[str, Any], plays: Mapping[str, MatterPlay]) -> dict[str, Any]:
    """What a meeting comes to; of what is only reported to it, it takes note."""
    play = plays.get(item["subject_id"])
    return play.result_of(item) if play else {"result": "noted"}


class _Patient(httpx.AsyncHTTPTransport):
    """Asks again where somebody else was at it, or the service was too busy, as people do."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        while True:
            answer = await super().handle_async_request(request)
            is_held = answer.status_code == 409 and b'"lock_timeout"' in await answer.aread()
            if not is_held and answer.status_code != 503:
                return answer
            await asyncio.sleep(_PAUSE_S)


def _breaches() -> "cycle[str]":
    """Another one at each body, every time its turn comes."""
    return cycle([*_BREACHES * 4, _BREACHES[-1]])


async def _go_on(asked: Asked) -> str:
    """Play a matter until a meeting is needed, or its end."""
    play = asked.play
    if not play.id:
        await (play.start(asked.unit) if asked.unit else play.initiate())
    if not asked.is_withdrawn:
        return await play.run(holds_meetings=False)
    assert asked.unit is not None
    await play.run("legality_review")
    given = {"statement": "已在内部解决。", "minutes_document_id": play.paper}
    await play.people.done(asked.unit, "POST", f"/matters/{play.id}/withdraw", given)
    while (state := (await play.seen())["state"]) != "CLOSED":  # the worker ends its tasks
        await play.people.settle()
    return str(state)


@asynccontextmanager
async def at_work(port: int, token: Callable[[str], str]) -> AsyncIterator[City]:
    """The city's people in front of an API at a port of this machine."""

    async def tokens(subject: str) -> str:
        return token(subject)

    base = f"http://127.0.0.1:{port}/api/v1"
    async with httpx.AsyncClient(base_url=base, timeout=60, transport=_Patient()) as client:
        people = People(client, tokens)
        staff = await Staff.of(people)
        papers = await people.done("office-06", "GET", "/documents?limit=1")
        mix = Mix(people, staff, str(papers["items"][0]["id"]))
        yield City(people, mix, staff, asyncio.Semaphore(AT_ONCE))
