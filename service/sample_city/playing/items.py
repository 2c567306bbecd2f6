"""Items of the rectification ledger, played from the finding to the close-out by their people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from service.sample_city.playing.people import People

FINDER: Final = "office-09"
REVIEWER: Final = "office-08"
DEPUTY: Final = "office-03"
DIRECTOR: Final = "office-01"
OFFICER: Final = "office-06"
#: Who accepts: two of them what is grave.
ACCEPTANCE: Final = ("office-06", "office-07")


@dataclass(frozen=True, slots=True)
class Problem:
    """What was found at a body, and what the papers about it say.

    Attributes:
        owner: The subject of the body's officer who answers for it.
        leader: The name of the leader responsible.
        paper: Id of the paper on which the body's plan and close-out rest.
    """

    body_id: str
    owner: str
    leader: str
    breach: str
    problem: str
    facts: str
    found_on: date
    paper: str
    source_type: str = "INSPECTION"
    cause: str = "UNIT"
    article: str = "《中国共产党机构编制工作条例》第三十一条"


class ItemPlay:
    """Takes one item from step to step."""

    def __init__(self, people: People, problem: Problem) -> None:
        self.people, self.problem = people, problem
        self.id = ""

    async def find(self) -> str:
        """It is found; the id of its item."""
        about = self.problem
        given = {
            "source_type": about.source_type,
            "body_id": about.body_id,
            "breach": about.breach,
            "problem": about.problem,
            "facts": about.facts,
            "found_on": about.found_on.isoformat(),
        }
        self.id = str((await self.people.done(FINDER, "POST", "/findings", given))["id"])
        await self.people.settle()
        return self.id

    async def register(self) -> None:
        """It is classified and confirmed: it has its number."""
        about = self.problem
        classified = {
            "breach": about.breach,
            "cause": about.cause,
            "problem": about.problem,
            "facts": about.facts,
        }
        await self._do(REVIEWER, "classify_item", "register", classified)
        await self._do(DEPUTY, "confirm_item", "confirm")

    async def notify(self, due: date) -> None:
        """Its notice is out."""
        notice = {
            "facts": self.problem.facts,
            "article": self.problem.article,
            "required_result": f"消除问题：{self.problem.problem}。",
            "due": due.isoformat(),
        }
        await self._do(REVIEWER, "draft_notice", "submit", notice)
        await self._do(DEPUTY, "sign_notice", "sign")

    async def acknowledge(self) -> None:
        """The unit takes the notice on a minor problem as it is: the work begins without a plan."""
        path = f"/rectifications/{self.id}/acknowledge"
        await self.people.done(self.problem.owner, "POST", path)
        await self.people.settle()

    async def plan(self, milestones: Sequence[tuple[str, date]]) -> None:
        """The unit files its plan, and it is approved."""
        about = self.problem
        plan = {
            "measures": f"核查原因，逐项整改：{about.problem}。",
            "responsible_leader": about.leader,
            "responsible_person": await self.people.id_of(about.owner),
            "close_standard": "问题消除，有据可查。",
            "milestones": [{"name": name, "on": on.isoformat()} for name, on in milestones],
            "minutes_document_id": about.paper,
        }
        await self._do(about.owner, "file_plan", "submit", plan)
        await self._do(REVIEWER, "review_plan", "approve")

    async def request_close(self) -> None:
        """The unit says that it is done."""
        about = self.problem
        request = {
            "statement": f"已完成整改：{about.problem}。",
            "evidence": [about.paper],
            "minutes_document_id": about.paper,
        }
        await self._do(about.owner, "carry_out", "request_close", request)

    async def accept(self, on: date, result: str = "PASS", *, is_grave: bool) -> None:
        """Officers who did not find it look at it; of what is grave two."""
        await self._do(OFFICER, "check_papers", "complete")
        checked = {
            "method": "ON_SITE",
            "checked_on": on.isoformat(),
            "findings": "经现场核查，整改措施已落实。",
            "result": result,
        }
        await self._do(ACCEPTANCE[0], "accept_item", None, checked)
        if is_grave:
            await self._do(ACCEPTANCE[1], "accept_again", None, checked)

    async def close(self) -> None:
        """The director signs: it is closed, and the gate is told."""
        await self._do(DIRECTOR, "sign_close_out", "sign")

    async def seen(self, who: str = FINDER) -> Any:
        return await self.people.done(who, "GET", f"/rectifications/{self.id}")

    async def _do(
        self, who: str, element: str, action: str | None = None, data: Any = None
    ) -> None:
        await self.people.complete(who, self.id, element, action, data)


def milestones_until(due: date, from_on: date) -> list[tuple[str, date]]:
    """Two milestones on the way: the half of it, and its end."""
    half = from_on + timedelta(days=(due - from_on).days // 2)
    return [("启动整改", half), ("完成整改", due)]
