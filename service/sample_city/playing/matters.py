"""Matters, played from the draft to their end by whoever has each step.

The diagrams say what comes next; here is only what a person fills in where nothing else is asked
for. So a changed diagram needs no change here, as long as its tasks keep their names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from service.sample_city.playing import evaluations
from service.sample_city.playing.people import People, Refused
from service.sample_city.playing.sittings import sit, waiting
from service.sample_city.playing.staff import Staff

#: Refusals after which somebody else is asked: the person must not do it, or may not.
_ANOTHER: Final = frozenset({"recused", "not_apart", "not_found", "not_allowed"})
_READER: Final = "office-06"
_MOST_STEPS: Final = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done at a task other than the usual."""

    action: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None


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
        made = _USUAL.get(element)
        return made(self) if made else Choice()

    @staticmethod
    def report(recommendation: str = "RECOMMEND") -> Choice:
        """The report of the appraisal, and what it proposes."""
        return Choice(None, {**_REPORT, "recommendation": recommendation})

    def day(self, days: int = 0) -> str:
        return (self.today() + timedelta(days=days)).isoformat()


ART16: Final = {
    "leadership": "有利于加强党的全面领导。",
    "conformity": "符合有关规定。",
    "need_and_means": "任务增加，财力可以保障。",
    "science": "已研究机构编制以外的办法。",
    "foresight": "可能的问题已有应对准备。",
}
_BASIS: Final = [
    {"title": "《中国共产党机构编制工作条例》", "level": "CENTRAL", "article": "第十四条"}
]
CHECKS: Final = ("content", "lawful", "procedure", "truthful", "form", "complete")
_REPORT: Final = {
    "legality": "合法合规。",
    "necessity": "已对照工作量和职责核实。",
    "feasibility": "可行。",
    "alternatives": "已研究其他办法。",
    "fiscal_effect": "财力可以保障。",
    "risk": "风险较低。",
    "opinions": "有关单位无不同意见。",
}
_EXPLAINED: Final = {
    "reasons": "依据不足，可以内部调剂解决。",
    "basis": _BASIS,
    "what_would_change": "取得相应依据，并说明内部调剂的情况。",
    "alternatives": "在核定编制内调剂使用。",
    "contact": "市委编办 000-00000000",
}


def _request(play: MatterPlay) -> Choice:
    asked = play.asked
    return Choice(
        "submit",
        {
            "title": asked["title"],
            "main_recipient": "中共青澜市委机构编制委员会",
            "reasons": "工作任务增加，现有力量不足。",
            "contents": [
                {"code": each, "text": "详见请示。"} for each in asked.get("contents", [])
            ],
            "deltas": [_filled(each) for each in asked["deltas"]],
            "basis": asked.get("basis") or _BASIS,
            "art16": ART16,
            "open_problems": "无未整改问题。",
            "materials": [
                {"code": each, "document_id": play.paper, "copies": 2, "is_original": True}
                for each in asked.get("materials", [])
            ],
            "contact_name": "经办人",
            "contact_phone": "000-00000000",
        },
    )


def _filled(delta: Mapping[str, Any]) -> dict[str, Any]:
    """A change as the form has it: what is not there is left out; new words stand in `after`."""
    shown = {"action": "CHANGE", "source": "INSIDE", "before": None, "after": None, **delta}
    if "text" in shown:
        shown["after"] = shown.pop("text")
    return {name: value for name, value in shown.items() if value is not None or name in _ASKED}


_ASKED: Final = ("before", "after")
_USUAL: Final[Mapping[str, Callable[[MatterPlay], Choice]]] = {
    "admit_evaluation": lambda play: Choice("admit"),
    "declare_interest": lambda play: Choice(None, {"has_conflict": False}),
    "self_evaluation": lambda play: Choice(None, evaluations.self_evaluation(play.today().year)),
    "desk_and_field_review": lambda play: Choice("done", evaluations.REVIEW),
    "score_indicators": lambda play: Choice("done", {"scores": evaluations.scores()}),
    "discuss_scores": lambda play: Choice(None, {"discussion": "评分差异已说明。"}),
    "draft_report": lambda play: Choice(None, evaluations.REPORT),
    "comment_on_report": lambda play: Choice(),
    "answer_comments": lambda play: Choice(None, {"answer": "已按数据复核。"}),
    "confirm_report": lambda play: Choice("confirm"),
    "give_view": lambda play: Choice(None, {"view": "GO", "text": "可以申报。"}),
    "read_view": lambda play: Choice("go_on"),
    "write_request": _request,
    "party_group_decision": lambda play: Choice(
        "adopt",
        {
            "decided_on": play.day(),
            "minutes_document_id": play.paper,
            "present": 5,
            "opinion": "同意申报。",
        },
    ),
    "countersign": lambda play: Choice("countersign", {"opinion": "同意，请编办审核。"}),
    "intake_check": lambda play: Choice("admit", dict.fromkeys(CHECKS, "YES")),
    "supplement": lambda play: Choice(None, {"reply": "已补正。"}),
    "frame_matter": lambda play: Choice(
        "go",
        {
            "basis": play.asked.get("basis") or _BASIS,
            "deltas": [_filled(each) for each in play.asked["deltas"]],
            "art16": ART16,
        },
    ),
    "agree_to_give_up": lambda play: Choice("agree", {"opinion": "同意。"}),
    "decide_on_hold": lambda play: Choice("suspend", {"reason": "先整改。"}),
    "legality_review": lambda play: Choice(
        None,
        {
            "legality": "PASS",
            "basis": [
                {"document": "《中国共产党机构编制工作条例》", "level": "CENTRAL", "fits": True}
            ],
            "authority_check": "在审批权限以内。",
            "procedure_check": "程序完备。",
            "prohibition_check": "没有禁止情形。",
            "opinion": "合法合规。",
        },
    ),
    "field_study": lambda play: Choice(
        None,
        {
            "visits": [
                {
                    "date": play.day(),
                    "place": "申请单位",
                    "people": "单位负责人、经办人",
                    "facts": "核对了编制、实有和工作量。",
                }
            ],
            "vertical": "与上级设置相衔接。",
            "horizontal": "与同类单位相当。",
            "findings": "情况属实。",
        },
    ),
    "give_opinion": lambda play: Choice(None, {"opinion": "AGREE", "text": "无不同意见。"}),
    "give_opinion_as_leader": lambda play: Choice(
        None, {"opinion": "AGREE", "text": "无不同意见。"}
    ),
    "expert_panel": lambda play: Choice(
        None,
        {
            "opinions": [
                {"expert": "专家", "text": "方案可行。", "signed_document_id": play.paper}
            ],
            "risk_assessment": "风险较低。",
            "risk_level": "LOW",
            "conclusion": "同意方案。",
        },
    ),
    "go_on_without_experts": lambda play: Choice("go_on", {"reason": "时限已到。"}),
    "hear_applicant": lambda play: Choice(None, {"comments": "无意见。"}),
    "communicate": lambda play: Choice(
        None, {"with": "澜州市委编办", "date": play.day(), "view": "SUPPORTS"}
    ),
    "appraisal_report": lambda play: play.report(),
    "accept_changes": lambda play: Choice(
        "accept",
        {
            "statement": "同意调整。",
            "decided_on": play.day(),
            "minutes_document_id": play.paper,
        },
    ),
    "agenda_check": lambda play: Choice(
        "complete",
        {"statements": [{"number": n, "is_answered": True} for n in range(1, 6)]},
    ),
    "complete_art16": lambda play: Choice(None, {"art16": ART16}),
    "draft_upward_request": lambda play: Choice(
        None,
        {
            "title": play.asked["title"],
            "main_recipient": "中共澜州市委机构编制委员会办公室",
            "text": "经市委编委研究同意，现报请审批。",
        },
    ),
    "sign_upward_request": lambda play: Choice("sign"),
    "adapt_to_reply": lambda play: Choice(
        None,
        {
            "adapted": [_filled(each) for each in play.asked["deltas"]],
            "explanation": "按批复调整。",
        },
    ),
    "draft_document": lambda play: Choice(
        "submit",
        {
            "title": play.asked["title"].replace("请示", "批复"),
            "main_recipient": "申请单位",
            "text": "经审议，同意所请事项。",
            "effective_on": play.day(),
            "copies_to": [],
        },
    ),
    "check_text": lambda play: Choice(
        "right", {"agrees_with_decision": True, "agrees_with_ledger": True}
    ),
    "sign_document": lambda play: Choice("sign"),
    "sign_or_hold": lambda play: Choice("hold", {"reason": "待整改。"}, "待整改。"),
    "report_implementation": lambda play: Choice(
        None, {"details": "已落实。", "evidence": [play.paper]}
    ),
    "publication_check": lambda play: Choice(
        "publish",
        {
            "contains_secrets": False,
            "contains_personal_data": False,
            "summary": "机构编制事项已批复。",
        },
    ),
    "write_explanation": lambda play: Choice(None, dict(_EXPLAINED)),
    "sign_explanation": lambda play: Choice("sign"),
    "acknowledge_explanation": lambda play: Choice(),
    "decide_objection": lambda play: Choice(
        None, {"result": "DISMISSED", "reason": "维持原结论。"}
    ),
    "decide_objection_as_chair": lambda play: Choice(
        None, {"result": "DISMISSED", "reason": "维持原结论。"}
    ),
}
