"""Matters, played from the draft to their end by whoever has each step.

The diagrams say what comes next; here is only what a person fills in where nothing else is asked
for. So a changed diagram needs no change here, as long as its tasks keep their names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from service.sample_city.playing import evaluations
from service.sample_city.playing.answers import USUAL, Choice
from service.sample_city.playing.people import People, Refused
from service.sample_city.playing.sittings import sit, waiting
from service.sample_city.playing.staff import Staff

#: Refusals after which somebody else is asked: the person must not do it, or may not.
_ANOTHER: Final = frozenset({"recused", "not_apart", "not_found", "not_allowed"})
_READER: Final = "office-06"
_MOST_STEPS: Final = 200


@dataclass(slots=True)
class MatterPlay:
    """Takes one matter from step to step.

    Attributes:
        asked: What the draft says, as `POST /matters` takes it.
        paper: Id of a document on record on which the unit rests: minutes, evidence.
        today: Tells the day by the service's clock.
        choices: What is done at a task, by its element, other than the usual; each once.
        results: What a meeting comes to, by its level; `approve` where nothing is said.
        patience: How often one looks again where nobody can do anything.
    """

    people: People
    staff: Staff
    asked: dict[str, Any]
    paper: str
    today: Callable[[], date]
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    results: dict[str, dict[str, Any]] = field(default_factory=dict)
    patience: int = 40
    id: str = ""

    async def start(self, who: str) -> str:
        """The unit's draft; the id of the matter."""
        made = await self.people.done(who, "POST", "/matters", self.asked)
        self.id = str(made["id"])
        return self.id

    async def initiate(self, who: str = "office-01") -> str:
        """The office, or the superior by its order, sets it going; the id of the matter."""
        made = await self.people.done(who, "POST", "/matters/initiate", self.asked)
        self.id = str(made["id"])
        return self.id

    async def seen(self, who: str = _READER) -> dict[str, Any]:
        return dict(await self.people.done(who, "GET", f"/matters/{self.id}"))

    async def run(self, *until: str, holds_meetings: bool = True) -> str:
        """Do what is to be done until one of these tasks is open.

        Returns:
            Which it is; `CLOSED` where the matter came to its end; `MEETING` where it waits for
            one that is not to be held here; `WAITING` where nobody can do anything now: something
            else must happen first.
        """
        idle = 0
        for _ in range(_MOST_STEPS):
            seen = await self.seen()
            if seen["state"] == "CLOSED":
                return "CLOSED"
            open_tasks = {each["element"]: each for each in seen["tasks"]}
            if reached := [each for each in until if each in open_tasks]:
                return reached[0]
            if seen["tasks"]:
                await self._do(seen["tasks"][0])
                idle = 0
            elif items := await waiting(self.people, self.id):
                if not holds_meetings:
                    return "MEETING"
                await self._meet(items)
                idle = 0
            elif idle >= self.patience:
                return "WAITING"
            else:
                idle += 1
                await self.people.settle()
        raise LookupError(f"Expected {self.id} to come to an end, but it goes on and on.")

    async def _meet(self, items: list[dict[str, Any]]) -> None:
        for item in items:
            await sit(self.people, item["level"], self.today(), [(item, self.result_of(item))])

    def result_of(self, item: Mapping[str, Any]) -> dict[str, Any]:
        """What a meeting comes to about it, with what belongs to that."""
        usual = "approve" if "approve" in item["choices"] else item["choices"][0]
        return self.results.get(item["level"], {"result": usual})

    async def _do(self, task: dict[str, Any]) -> None:
        """Have somebody who may do a task do it."""
        element = task["element"]
        queue = self.choices.get(element, [])
        choice = queue.pop(0) if queue else await self.usual(element)
        refusals: list[Refused] = []
        for who in await self._able(task):
            try:
                await self.people.complete_task(
                    who, task["task_id"], choice.action, choice.data, choice.comment
                )
            except Refused as refusal:
                if refusal.code not in _ANOTHER:
                    raise
                refusals.append(refusal)
            else:
                return
        raise LookupError(f"Expected somebody for {element}, but {refusals or 'nobody may do it'}.")

    async def _able(self, task: dict[str, Any]) -> list[str]:
        if task["assignee_name"]:
            return [self.staff.named(task["assignee_name"])]
        able: list[str] = []
        for group in task["groups"]:
            duty, _, body = group.partition("@")
            able += self.staff.holders(duty, body or None)
        return list(dict.fromkeys(able))

    async def usual(self, element: str) -> Choice:
        """What a person does at a task where nothing speaks against the matter."""
        if element == "plan_evaluation":
            return Choice(None, await evaluations.planned(self.people))
        made = USUAL.get(element)
        return made(self) if made else Choice()

    def day(self, days: int = 0) -> str:
        return (self.today() + timedelta(days=days)).isoformat()
