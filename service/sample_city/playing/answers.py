"""What people fill in where nothing speaks against a matter: one answer for each task."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from service.sample_city.playing import evaluations

if TYPE_CHECKING:
    from service.sample_city.playing.matters import MatterPlay


@dataclass(frozen=True, slots=True)
class Choice:
    """What is done at a task other than the usual."""

    action: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    comment: str | None = None


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


def report(recommendation: str = "RECOMMEND") -> Choice:
    """The report of the appraisal, and what it proposes."""
    return Choice(None, {**_REPORT, "recommendation": recommendation})


def _request(play: "MatterPlay") -> Choice:
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
            "deltas": [filled(each) for each in asked["deltas"]],
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


def filled(delta: Mapping[str, Any]) -> dict[str, Any]:
    """A change as the form has it: what is not there is left out; new words stand in `after`."""
    shown = {"action": "CHANGE", "source": "INSIDE", "before": None, "after": None, **delta}
    if "text" in shown:
        shown["after"] = shown.pop("text")
    return {name: value for name, value in shown.items() if value is not None or name in _ASKED}


_ASKED: Final = ("before", "after")
USUAL: Final[Mapping[str, Callable[["MatterPlay"], Choice]]] = {
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
            "deltas": [filled(each) for each in play.asked["deltas"]],
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
    "appraisal_report": lambda play: report(),
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
            "adapted": [filled(each) for each in play.asked["deltas"]],
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
