"""The data of the report as a paper (domain §6.3): words first, then numbers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from service.features.pre_evaluation.tables import (
    Evaluation,
    EvaluationExpertOpinion,
    EvaluationMember,
    EvaluationScore,
)

METHODS = {
    "DESK": "资料审查",
    "FIELD": "实地调研",
    "INTERVIEW": "访谈",
    "COMPARISON": "比较分析",
}
#: What stands behind the result: the central rule, and the defaults of this office.
BASIS = (
    {"level": "CENTRAL", "title": "机构编制管理评估办法（试行）"},
    {"level": "INTERNAL", "title": "事前评估指标和否决项"},
)
_FIGURES = (
    ("registry", "vacancies", "同类空编（扣除预占、冻结）"),
    ("registry", "vacancy_rate", "同类空编率"),
    ("measures", "workload_growth", "工作量增长"),
    ("measures", "comparison", "同级比较"),
    ("measures", "fiscal_opinion", "财政意见"),
    ("measures", "has_room", "限额有余量"),
    ("measures", "use_rate", "编制使用率"),
    ("measures", "mixed_share", "混编与不在岗比例"),
    ("measures", "nonquota_share", "编外比例"),
)
_WORDS = {True: "是", False: "否", "FULL": "全额保障", "PART": "部分保障", "NONE": "不予保障"}
#: What cannot be computed gives no points and this remark.
_UNKNOWN = "无法计算，得0分"


def report_data(
    evaluation: Evaluation,
    body_name: str,
    team: Sequence[EvaluationMember],
    scores: Sequence[EvaluationScore],
    experts: Sequence[EvaluationExpertOpinion],
    indicators: Mapping[str, Mapping[str, Any]],
    *,
    planner: str,
    ended_on: date,
    valid_until: date,
) -> dict[str, Any]:
    """What stands on the paper, by the names of its kind."""
    names = {each.person_id: each.person_name for each in team}
    report = evaluation.report
    return {
        "subject": body_name,
        "request": evaluation.title,
        "team": [_member(each) for each in team] or [_drafter(planner)],
        "method": _method(evaluation, experts),
        "begun_on": evaluation.opened_on,
        "ended_on": ended_on,
        "figures": _figures(evaluation),
        "vetoes": [f"第{each['number']}项：{each['text']}" for each in evaluation.hits or []],
        "indicators": [
            {
                "indicator": f"{indicators[each.indicator]['name']}（{names[each.person_id]}）",
                "judgement": each.text,
                "points": each.score,
            }
            for each in scores
            if each.person_id in names
        ],
        "alternatives": report["alternatives"],
        "comments": evaluation.comments or "申请单位未提意见。",
        "answer": evaluation.answer or "",
        "total": evaluation.total,
        "result": evaluation.result,
        "conclusion": f"{report['summary']}\n{report['conclusion']}"[:4000],
        "valid_until": valid_until,
    }


def _member(member: EvaluationMember) -> dict[str, str]:
    said = "声明无利害关系" if member.has_conflict is False else "未声明"
    return {"name": member.person_name, "role": member.role.zh, "declaration": said}


def _drafter(name: str) -> dict[str, str]:
    """A short report has no team: whoever drafted it stands in its place."""
    return {"name": name, "role": "经办人", "declaration": "简要报告，依台账数据直接得出"}


def _method(evaluation: Evaluation, experts: Sequence[EvaluationExpertOpinion]) -> str:
    if evaluation.is_short or not evaluation.plan:
        return "依据台账数据的提前否决（简要报告）"
    words = "、".join(METHODS.get(each, each) for each in evaluation.plan["methods"])
    third = f"；第三方机构：{evaluation.third_party}" if evaluation.third_party else ""
    people = "、".join(each.expert_name for each in experts)
    return f"{words}{third}" + (f"；专家：{people}" if people else "")


def _figures(evaluation: Evaluation) -> list[dict[str, str]]:
    groups = {"registry": evaluation.ledger, "measures": evaluation.measures}
    return [
        {"item": title, "value": _told(groups[group].get(name))} for group, name, title in _FIGURES
    ]


def _told(value: Any) -> str:
    if value is None:
        return _UNKNOWN
    if isinstance(value, bool | str):
        return _WORDS.get(value, str(value))
    return f"{value:g}"
