"""What a situation is played on: the city's people, its day, and what was expected and seen."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final

from service.core.clock import CITY_ZONE
from service.sample_city.playing.people import People, Refused
from service.sample_city.playing.staff import Staff

CLOCK_KEEPER: Final = "system-admin"
READER: Final = "office-06"
_MORNING: Final = time(9)
_WAITS_S, _LOOKS_S = 90.0, 0.3

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a situation is to show: what was expected of it, and what was seen."""

    situation: str
    what: str
    expected: str
    seen: str

    @property
    def is_met(self) -> bool:
        return self.expected == self.seen


@dataclass(slots=True)
class Stage:
    """The city and its people, for all situations.

    Attributes:
        today: The day by the service's clock.
        paper: Id of a document on record, which stands for minutes and evidence.
    """

    people: People
    staff: Staff
    today: date
    paper: str

    @classmethod
    async def of(cls, people: People) -> "Stage":
        seen = await people.ask(READER, "GET", "/me")
        if seen.is_error:
            raise Refused(READER, "GET /me", seen)
        today = datetime.fromisoformat(seen.headers["dingbian-clock"]).date()
        papers = await people.done(READER, "GET", "/documents?limit=1")
        return cls(people, await Staff.of(people), today, str(papers["items"][0]["id"]))

    async def working_days(self, number: int) -> date:
        """The day after so many working days, by the service's calendar."""
        path = f"/calendar/working-days/add?day={self.today}&n={number}"
        return date.fromisoformat((await self.people.done(READER, "GET", path))["day"])

    async def wake(self, on: date) -> None:
        """Move the clock on to the morning of a day."""
        morning = datetime.combine(on, _MORNING, CITY_ZONE)
        given = {"now": morning.isoformat()}
        await self.people.done(CLOCK_KEEPER, "POST", "/clock/set", given)
        self.today = on

    async def line(self, no: str, kind: str = "ADMIN", funding: str = "FULL") -> dict[str, Any]:
        """The account of a body: authorised, actual, frozen and more."""
        path = f"/bodies/{self.staff.bodies[no]}/balances"
        found = (await self.people.done(READER, "GET", path))["balances"]
        return next(x for x in found if (x["kind"], x["funding"]) == (kind, funding))

    def change(
        self,
        no: str,
        before: int,
        after: int,
        *,
        kind: str = "ADMIN",
        funding: str = "FULL",
        source: str = "POOL",
        **more: Any,
    ) -> dict[str, Any]:
        """A change of the quota of a body, as a request asks for it."""
        return {
            "ledger": "QUOTA",
            "body_id": self.staff.bodies[no],
            "kind": kind,
            "funding": funding,
            "before": before,
            "after": after,
            "source": source,
            **more,
        }


@dataclass(slots=True)
class Scene:
    """One situation while it is played."""

    stage: Stage
    no: str
    title: str
    say: Say
    findings: list[Finding] = field(default_factory=list)

    def step(self, zh: str, en: str) -> None:
        self.say(f"  {zh} · {en}")

    def check(self, zh: str, en: str, expected: object, seen: object) -> None:
        """Note what was expected and what is seen."""
        found = Finding(self.title, f"{zh} {en}", shown(expected), shown(seen))
        self.findings.append(found)
        mark = "✓" if found.is_met else "✗"
        self.say(f"  {mark} {zh} · {en}: {found.seen}")

    async def until(self, zh: str, en: str, asked: Callable[[], Awaitable[object]]) -> None:
        """Wait until something is so that the worker brings about, and note whether it came."""
        deadline = asyncio.get_running_loop().time() + _WAITS_S
        while not (seen := bool(await asked())):
            if asyncio.get_running_loop().time() > deadline:
                break
            await asyncio.sleep(_LOOKS_S)
        self.check(zh, en, expected=True, seen=seen)


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation of the sample city, by the number of its body in the city's table."""

    no: str
    zh: str
    en: str
    play: Callable[[Scene], Awaitable[None]]

    @property
    def title(self) -> str:
        return f"{self.no} {self.zh} {self.en}"


def shown(value: object) -> str:
    """As the table shows it."""
    match value:
        case None:
            return "—"
        case bool():
            return "是 yes" if value else "否 no"
        case list() | tuple() | set():
            return "、".join(str(each) for each in value) or "—"
        case _:
            return str(value)
