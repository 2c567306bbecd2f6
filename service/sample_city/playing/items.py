"""Items of the rectification ledger, played from the finding to the close-out by their people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from service.sample_city.playing.people import People, Refused
from service.sample_city.playing.sittings import SECRETARY, sit

FINDER: Final = "office-09"
_DEPUTY: Final = "office-03"
_REVIEWERS: Final = ("office-08", "office-09")
_DIRECTOR: Final = "office-01"
#: Who does which task, in the order in which one is asked; nobody named: the body's officer.
_HOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "classify_item": _REVIEWERS,
    "confirm_item": (_DEPUTY,),
    "draft_notice": _REVIEWERS,
    "sign_notice": (_DEPUTY,),
    "file_plan": (),
    "review_plan": _REVIEWERS,
    "carry_out": (),
    "check_papers": ("office-06", "office-07"),
    "accept_item": ("office-06", "office-07"),
    "accept_again": ("office-07", "office-06"),
    "sign_close_out": (_DIRECTOR,),
    "supervision_order": _REVIEWERS,
    "sign_supervision_order": (_DEPUTY,),
}
_ACTIONS: Final = {
    "confirm_item": "confirm",
    "sign_notice": "sign",
    "review_plan": "approve",
    "check_papers": "complete",
    "sign_close_out": "sign",
    "sign_supervision_order": "sign",
}
#: Breaches whose weight the reviewer sets.
_BY_HAND: Final = ("POLICY_OVER_QUOTA", "OTHER")
_MOST_STEPS: Final = 60


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

    async def run(self, *until: str, due: date, today: date) -> str:
        """Do what is to be done until one of these tasks is open, or nothing is.

        Args:
            due: What the notice sets, and the end of the plan.

        Returns:
            Which task it is; `CLOSED` where the item came to its end.
        """
        for _ in range(_MOST_STEPS):
            held = {each["element"]: each for each in (await self.seen())["tasks"]}
            if reached := [each for each in until if each in held]:
                return reached[0]
            known = [each for each in held if each in _HOLDERS]
            if not known:
                return "CLOSED" if not held else next(iter(held))
            await self._do(held[known[0]], due, today)
        raise LookupError(f"Expected {self.id} to come to an end, but it goes on and on.")

    async def press(self, due: date, today: date) -> None:
        """The office presses what is overdue: the orders that are to be given are given."""
        for element in ("supervision_order", "sign_supervision_order"):
            for task in (await self.seen())["tasks"]:
                if task["element"] == element:
                    await self._do(task, due, today)

    async def _do(self, task: dict[str, Any], due: date, today: date) -> None:
        element = task["element"]
        action, data = await self._usual(element, due, today)
        for who in _HOLDERS[element] or (self.problem.owner,):
            try:
                await self.people.complete_task(who, task["task_id"], action, data)
            except Refused as refusal:
                if refusal.code != "recused":
                    raise
            else:
                return
        raise LookupError(f"Expected somebody for {element}, but everybody is recused.")

    async def _usual(
        self, element: str, due: date, today: date
    ) -> tuple[str | None, dict[str, Any]]:
        """What is done at a task where nothing is in dispute."""
        about = self.problem
        if element == "classify_item":
            names = ("breach", "cause", "problem", "facts")
            return "register", {name: getattr(about, name) for name in names} | (
                {"severity_by_hand": "MEDIUM", "severity_reason": "按情节确定。"}
                if about.breach in _BY_HAND
                else {}
            )
        if element == "draft_notice":
            return "submit", {
                "facts": about.facts,
                "article": about.article,
                "required_result": f"消除问题：{about.problem}。",
                "due": due.isoformat(),
            }
        if element == "file_plan":
            return "submit", await self._plan(due, today)
        if element == "carry_out":
            return "request_close", {
                "statement": f"已完成整改：{about.problem}。",
                "evidence": [about.paper],
                "minutes_document_id": about.paper,
            }
        if element in ("accept_item", "accept_again"):
            return None, {
                "method": "ON_SITE",
                "checked_on": today.isoformat(),
                "findings": "经现场核查，整改措施已落实。",
                "result": "PASS",
            }
        if element == "supervision_order":
            required = (today + timedelta(days=14)).isoformat()
            return "submit", {"text": "逾期未整改，限期完成。", "required_by": required}
        return _ACTIONS.get(element), {}

    async def _plan(self, due: date, today: date) -> dict[str, Any]:
        about = self.problem
        milestones = milestones_until(due, today)
        return {
            "measures": f"核查原因，逐项整改：{about.problem}。",
            "responsible_leader": about.leader,
            "responsible_person": await self.people.id_of(about.owner),
            "close_standard": "问题消除，有据可查。",
            "milestones": [{"name": name, "on": on.isoformat()} for name, on in milestones],
            "minutes_document_id": about.paper,
        }

    async def report(self, text: str, percent: int) -> None:
        """The unit tells how far it is."""
        told = {"text": text, "percent": percent}
        path = f"/rectifications/{self.id}/progress"
        await self.people.done(self.problem.owner, "POST", path, told)

    async def take_long(self, targets: Sequence[tuple[str, date]], today: date) -> None:
        """The commission agrees that yearly targets replace the deadline."""
        put = {
            "level": "COMMISSION",
            "subject_type": "rectification_item",
            "subject_id": self.id,
            "title": f"关于“{self.problem.problem}”列为长期整改的议题",
            "choices": ["agree", "not_agree"],
        }
        item = await self.people.done(SECRETARY, "POST", "/agenda-items", put)
        meeting = await sit(self.people, "COMMISSION", today, [(item, {"result": "agree"})])
        minutes = await self.people.done(SECRETARY, "GET", f"/meetings/{meeting}/minutes")
        given = {
            "minutes_document_id": minutes["document_id"],
            "reason": "政策原因形成，逐年消化。",
            "targets": [{"name": name, "on": on.isoformat()} for name, on in targets],
        }
        path = f"/rectifications/{self.id}/long-term"
        await self.people.done(SECRETARY, "POST", path, given)
        await self.people.settle()

    async def seen(self, who: str = FINDER) -> dict[str, Any]:
        return dict(await self.people.done(who, "GET", f"/rectifications/{self.id}"))


def milestones_until(due: date, from_on: date) -> list[tuple[str, date]]:
    """Two milestones on the way: the half of it, and its end."""
    half = from_on + timedelta(days=(due - from_on).days // 2)
    return [("启动整改", half), ("完成整改", due)]
